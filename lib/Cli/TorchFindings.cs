using FaLW.Experiments;
using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Cli;

/// <summary>libtorch, the matrix library it calls, and the GPU.</summary>
internal static class TorchFindings
{
    public static IEnumerable<Finding> All()
    {
        var libtorch = Libtorch();
        return libtorch.Blocks ? [libtorch] : [libtorch, Blas(), Gpu()];
    }

    private static Finding Libtorch()
    {
        try
        {
            using var one = ones(1);
            return new Finding("libtorch", $"{torch.__version__} in {FolderOf("libtorch_cpu") ?? "a place the system does not tell"}");
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            return new Finding(
                "libtorch", "cannot be loaded",
                "Run 'bash environment/setup.sh' (Debian's libtorch-dev), or set FALW_LIBTORCH to a libtorch folder or to the torch folder of a Python, then run this again.",
                Blocks: true);
        }
    }

    // Debian's libtorch takes whatever libblas the system offers; the reference one is ten times slower.
    private static Finding Blas()
    {
        using var square = ones(64, 64);
        using var product = square.matmul(square);
        var path = Loaded().FirstOrDefault(p => Path.GetFileName(p) is var name
            && (name.Contains("blas", StringComparison.OrdinalIgnoreCase) || name.Contains("mkl_", StringComparison.Ordinal)));
        if (path is null) return new Finding("matrix library", "inside libtorch");
        var isReference = Path.GetFileName(path).StartsWith("libblas", StringComparison.Ordinal)
            && !path.Contains("openblas", StringComparison.Ordinal) && !path.Contains("atlas", StringComparison.Ordinal) && !path.Contains("blis", StringComparison.Ordinal);
        return isReference
            ? new Finding("matrix library", $"the slow reference one, {path}", "Run 'bash environment/setup.sh', or 'apt-get install libopenblas0-pthread' as root: large products get ten times faster.")
            : new Finding("matrix library", path);
    }

    private static Finding Gpu() => cuda.is_available()
        ? new Finding("GPU", FormattableString.Invariant($"{cuda.device_count()} CUDA device(s), driver {DriverVersion()}"))
        : new Finding("GPU", $"none used: {Machine.WhyNoCuda()}");

    private static string DriverVersion()
    {
        const string Source = "/proc/driver/nvidia/version";
        if (!File.Exists(Source)) return "unknown";
        return File.ReadLines(Source).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word.Length > 2 && char.IsDigit(word[0]) && word.Contains('.', StringComparison.Ordinal)) ?? "unknown";
    }

    private static string? FolderOf(string library) =>
        Loaded().FirstOrDefault(path => Path.GetFileName(path).Contains(library, StringComparison.Ordinal)) is { } path ? Path.GetDirectoryName(path) : null;

    private static IEnumerable<string> Loaded() => !File.Exists("/proc/self/maps") ? [] :
        File.ReadLines("/proc/self/maps").Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : "")
            .Where(path => path.Length > 0).Distinct(StringComparer.Ordinal);
}
