using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FaLW.Models;

/// <summary>
/// In a notebook engine each package lies in a folder of its own, where TorchSharp's native part finds neither libtorch nor, on Debian 12, the copy of
/// itself that loads there (WeakVersion.cs). Loaded once by their paths, all are found by name from then on.
/// </summary>
internal static class PackagedNatives
{
#pragma warning disable CA2255 // Not for libraries: this one may be all that a cell refers to.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Load()
    {
        if (Path.GetDirectoryName(typeof(PackagedNatives).Assembly.Location) is { Length: > 0 } here) Load(here, RuntimeInformation.RuntimeIdentifier);
    }

    /// <summary>Nothing is done where the library lies in no package folder.</summary>
    /// <param name="here">The folder of this assembly: packages/falw/version/lib/framework in a package folder.</param>
    /// <param name="platform">Such as linux-x64.</param>
    /// <returns>What was loaded.</returns>
    internal static IReadOnlyList<string> Load(string here, string platform)
    {
        var own = Path.GetFullPath(Path.Combine(here, "..", "..", "runtimes", platform, "native", "libLibTorchSharp.so"));
        var torch = Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", $"libtorch-cpu-{platform}"));
        if (!File.Exists(own) || !Directory.Exists(torch) || Newest(Directory.GetDirectories(torch)) is not { } version) return [];
        string[] files = [Path.Combine(version, "runtimes", platform, "native", "libtorch.so"), own];
        return [.. files.Where(file => NativeLibrary.TryLoad(file, out _))];
    }

    /// <summary>The folder with the highest version for a name, 2.10.0 above 2.7.1.0; one of a preview only where there is no other.</summary>
    internal static string? Newest(IEnumerable<string> folders) => folders.MaxBy(folder => Version.TryParse(Path.GetFileName(folder), out var number) ? number : null);
}
