using System.Reflection;
using FaLW.Build;
using FaLW.Experiments;
using FaLW.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Cli;

/// <summary>The engine, the C++ library below it, its threads, and what it may compute on.</summary>
internal static class TorchFindings
{
    public static IEnumerable<Finding> All()
    {
        var engine = Engine();
        return engine.Blocks ? [engine] : [engine, CppLibrary(), Threads(), BFloat16(), Gpu()];
    }

    private static Finding Engine()
    {
        try
        {
            using var one = ones(1);
            var folder = Path.GetDirectoryName(Loaded("libtorch_cpu")) ?? "a place the system does not tell";
            return new Finding("engine", $"TorchSharp {VersionOf(typeof(torch).Assembly)}, libtorch {torch.__version__} in {folder}");
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException or NotSupportedException)
        {
            return new Finding("engine", "TorchSharp or libtorch cannot be loaded", "Delete the folder .build and run this again: the kit is then built anew, for this machine. FALW_DEBUG=1 environment/falw study shows what the loader says.", Blocks: true);
        }
    }

    private static Finding CppLibrary() => new("C++ library", Loaded("LibTorchSharp") is { } path && WeakVersion.IsWeak(File.ReadAllBytes(path))
        ? $"old; TorchSharp's need of {WeakVersion.Version}, which nothing uses, was marked weak by the build"
        : "has all that TorchSharp needs");

    private static Finding Threads()
    {
        var policy = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "not set";
        var found = FormattableString.Invariant($"{get_num_threads()} of {Environment.ProcessorCount}; OMP_WAIT_POLICY {policy}");
        return string.Equals(policy, "passive", StringComparison.OrdinalIgnoreCase)
            ? new Finding("threads", found)
            : new Finding("threads", found, "Start through environment/falw, or set OMP_WAIT_POLICY=passive: waiting threads otherwise burn a shared processor.");
    }

    private static Finding BFloat16() => new("bfloat16", BFloat16Support.WhyNot(CPU) is { } reason
        ? $"refused on the CPU, a step would take seconds: {reason}"
        : "worth using: the processor has units for it");

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

    private static string VersionOf(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version").Split('+')[0];

    private static string? Loaded(string library) => !File.Exists("/proc/self/maps") ? null :
        File.ReadLines("/proc/self/maps").Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : "")
            .FirstOrDefault(path => Path.GetFileName(path).Contains(library, StringComparison.Ordinal));
}
