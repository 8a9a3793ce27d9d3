using System.Runtime.InteropServices;
using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>libtorch's version as it tells it itself. TorchSharp's property tells the version its package was made for.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(falw_version()) ?? "";

    public static int get_num_threads() => (int)Count(falw_num_threads());

    public static void set_num_threads(int num) => Check(falw_set_num_threads(num));

    public static int get_num_interop_threads() => (int)Count(falw_num_interop_threads());

    public static void set_num_interop_threads(int num) => Check(falw_set_num_interop_threads(num));

    /// <summary>Errors are thrown where they happen, so there is never one waiting; kept because TorchSharp has it.</summary>
    public static void CheckForErrors() { }
}
