using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The shim's functions, one declaration each, and what turns their failures into exceptions.</summary>
internal static partial class Native
{
    private const string Shim = "falwtorch";

#pragma warning disable CA2255 // The resolver must be there before the first call, whoever makes it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void FindShim() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    [LibraryImport(Shim)]
    private static partial nint falw_error();

    /// <summary>The tensor behind a fresh handle, registered in the current dispose scope; a null handle becomes the exception.</summary>
    internal static torch.Tensor Wrap(TensorHandle handle) => handle.IsInvalid ? throw Failure() : new torch.Tensor(handle);

    /// <summary>Turns a non-zero status into the exception.</summary>
    internal static void Check(int status)
    {
        if (status != 0) throw Failure();
    }

    /// <summary>Reads a yes or no whose failure value is below zero.</summary>
    internal static bool Answer(int status) => status < 0 ? throw Failure() : status != 0;

    /// <summary>Reads a count whose failure value is below zero.</summary>
    internal static long Count(long count) => count < 0 ? throw Failure() : count;

    /// <summary>The tensors of a native list, each registered in the current dispose scope.</summary>
    internal static torch.Tensor[] WrapAll(TensorListHandle list) => WrapList(list)!;

    /// <summary>As <see cref="WrapAll"/>; undefined entries become null.</summary>
    internal static torch.Tensor?[] WrapList(TensorListHandle list)
    {
        if (list.IsInvalid) throw Failure();
        using (list)
        {
            var tensors = new torch.Tensor?[falw_list_count(list)];
            for (var i = 0; i < tensors.Length; i++)
            {
                var item = falw_list_item(list, i);
                tensors[i] = item.IsInvalid ? null : new torch.Tensor(item);
            }
            return tensors;
        }
    }

    /// <summary>TorchSharp throws this type for libtorch's errors, and so do we: code that catches it works with both.</summary>
#pragma warning disable CA2201, MA0012
    internal static ExternalException Failure() => new(Marshal.PtrToStringUTF8(falw_error()) ?? "libtorch failed without saying why");
#pragma warning restore CA2201, MA0012

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (!string.Equals(name, Shim, StringComparison.Ordinal)) return 0;
        try
        {
            return NativeLibrary.Load(Beside(AppContext.BaseDirectory) ?? Beside(Folder(assembly)) ?? "libfalwtorch.so");
        }
        catch (DllNotFoundException reason)
        {
            throw new DllNotFoundException(
                $"The bridge to libtorch could not be loaded: {reason.Message.TrimEnd().Split('\n')[^1].Trim()}. " +
                "Run `bash environment/setup.sh`, which installs libtorch, and build again, which builds the bridge for it.",
                reason);
        }
    }

    private static string? Beside(string? folder) =>
        folder is { Length: > 0 } && Path.Combine(folder, "libfalwtorch.so") is var path && File.Exists(path) ? path : null;

    /// <summary>A notebook host loads this assembly from elsewhere than its own folder; a single-file program has no such place.</summary>
#pragma warning disable IL3000
    private static string? Folder(Assembly assembly) => Path.GetDirectoryName(assembly.Location);
#pragma warning restore IL3000
}
