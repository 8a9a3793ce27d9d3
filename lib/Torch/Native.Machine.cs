using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Threads, devices, versions.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial nint falw_version();
    [LibraryImport(Shim)]
    internal static partial int falw_num_threads();
    [LibraryImport(Shim)]
    internal static partial int falw_set_num_threads(int count);
    [LibraryImport(Shim)]
    internal static partial int falw_num_interop_threads();
    [LibraryImport(Shim)]
    internal static partial int falw_set_num_interop_threads(int count);
    [LibraryImport(Shim)]
    internal static partial int falw_cuda_is_available();
    [LibraryImport(Shim)]
    internal static partial int falw_cudnn_is_available();
    [LibraryImport(Shim)]
    internal static partial int falw_cuda_device_count();
    [LibraryImport(Shim)]
    internal static partial int falw_cuda_manual_seed(long seed, Flag all);
    [LibraryImport(Shim)]
    internal static partial int falw_cuda_synchronize(long index);
    [LibraryImport(Shim)]
    internal static partial int falw_cuda_is_built();
    [LibraryImport(Shim)]
    internal static partial int falw_own_stream(int device, int index);
    [LibraryImport(Shim)]
    internal static partial int falw_allow_tf32_matmul();
    [LibraryImport(Shim)]
    internal static partial int falw_set_allow_tf32_matmul(Flag value);
    [LibraryImport(Shim)]
    internal static partial int falw_allow_tf32_cudnn();
    [LibraryImport(Shim)]
    internal static partial int falw_set_allow_tf32_cudnn(Flag value);
}
