using System.CommandLine;
using System.Reflection;
using FaLW.Build;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Interactive;
using FaLW.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Cli;

/// <summary><c>falw doctor</c>: what is here, what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var full = new Option<bool>("--full") { Description = "Check image sets that are folders of pictures too (minutes)." };
        var command = new Command("doctor", "What this machine has, what it lacks, and how to get it.") { full };
        command.SetAction(parsed =>
        {
            IReadOnlyList<Finding> findings =
            [
                .. TorchFindings.All(), Processor(), .. DataFindings.All(parsed.GetValue(full)), .. PlaceFindings.All(),
            ];
            Write(findings, terminal);
            return findings.Any(finding => finding.Blocks) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static Finding Processor() => new("processor", $"{Machine.ProcessorName()}; {string.Join(", ", new[] { "avx2", "avx512f", "avx512_bf16", "amx_bf16" }.Select(flag => Models.Processor.Flags.Contains(flag) ? flag : $"no {flag}"))}");

    private static void Write(IReadOnlyList<Finding> findings, Terminal terminal)
    {
        var width = findings.Max(finding => finding.Name.Length);
        foreach (var finding in findings)
        {
            terminal.Output.WriteLine($"{finding.Verdict,-8}{finding.Name.PadRight(width)}  {finding.Found}");
            if (finding.Remedy is { } remedy) terminal.Output.WriteLine($"{"",8}{"".PadRight(width)}  -> {remedy}");
        }

        if (findings.FirstOrDefault(finding => finding.Blocks) is { } blocking)
            terminal.Error.WriteLine($"The main job cannot run here yet: {blocking.Name}: {blocking.Found}. {blocking.Remedy}");
        else
            terminal.Output.WriteLine($"The main job can run: {(Checkout.IsTool ? "falw run main" : "bash environment/reproduce.sh")}");
    }
}

/// <summary>One line of <c>falw doctor</c>: what was looked at, what is there, how to get what is missing, and whether that blocks the main job.</summary>
internal sealed record Finding(string Name, string Found, string? Remedy = null, bool Blocks = false)
{
    /// <summary>"ok", "missing" (the main job cannot run) or "could be better".</summary>
    public string Verdict => this switch { { Remedy: null } => "ok", { Blocks: true } => "missing", _ => "note" };
}

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
            return new Finding("engine", "TorchSharp or libtorch cannot be loaded", "Delete the folder .build and run this again: the kit is then built anew, for this machine. FALW_DEBUG=1 before the command shows what the loader says.", Blocks: true);
        }
    }

    private static Finding CppLibrary() => new("C++ library", Loaded("LibTorchSharp") is { } path && WeakVersion.IsWeak(File.ReadAllBytes(path))
        ? $"old; TorchSharp's need of {WeakVersion.Version}, which nothing uses, was marked weak by the build"
        : "has all that TorchSharp needs");

    private static Finding Threads()
    {
        static string Set(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : "not set";
        var (policy, glances) = (Set("OMP_WAIT_POLICY"), Set("GOMP_SPINCOUNT"));
        var found = FormattableString.Invariant($"{get_num_threads()} of {Environment.ProcessorCount}; OMP_WAIT_POLICY {policy}, GOMP_SPINCOUNT {glances}");
        return glances != "not set" || string.Equals(policy, "passive", StringComparison.OrdinalIgnoreCase)
            ? new Finding("threads", found)
            : new Finding("threads", found, "Start through environment/falw in a checkout, or set GOMP_SPINCOUNT=10000: waiting threads otherwise burn a shared processor.");
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

/// <summary>The image sets: found where, and whether they are what they should be.</summary>
internal static class DataFindings
{
    public static IEnumerable<Finding> All(bool full)
    {
        var shelf = DataShelf.Default();
        return Benchmark.All.Where(benchmark => benchmark != Benchmark.Synthetic).Select(benchmark => Of(shelf, benchmark, full));
    }

    private static Finding Of(DataShelf shelf, Benchmark benchmark, bool full)
    {
        if (shelf.Find(benchmark) is not { } place) return new Finding(benchmark.Name, "not found", Remedy(benchmark));
        var where = place.Folder.Length == 0 ? "travels with the kit" : place.Folder;
        // Files are hashed in a second; a folder of pictures would have to be read whole.
        if (!full && place.Form.Files.Count == 0 && place.Folder.Length > 0)
            return new Finding(benchmark.Name, $"{where}, not checked (falw doctor --full does)");
        return shelf.Verify(benchmark, read: full).FirstOrDefault(check => !check.Holds) is { } broken
            ? new Finding(benchmark.Name, where, broken.Finding, Blocks: benchmark == Benchmark.Cifar100)
            : new Finding(benchmark.Name, $"{where}, size and checksum hold");
    }

    private static string Remedy(Benchmark benchmark)
    {
        var isMain = benchmark == Benchmark.Cifar100 ? " The main study uses turned digits, which travel with the kit, until then." : "";
        return DataShelf.Remedy(benchmark).Replace("`falw", $"`{Checkout.Command}", StringComparison.Ordinal) + isMain;
    }
}

/// <summary>The notebook kernel, the cache and the space it has.</summary>
internal static class PlaceFindings
{
    private const long Plenty = 2L << 30;
    private const long Least = 200L << 20;

    public static IEnumerable<Finding> All() => [Kernel(), OtherEngine(), Cache()];

    private static Finding Kernel() => Installed(".net-csharp") is { } found
        ? new Finding("notebook kernel", found)
        : new Finding("notebook kernel", "not installed", $"Run '{Checkout.Command} kernel install' to open the notebooks in Jupyter or VS Code; nothing else needs it.");

    // Nobody needs it, so it is no note that it is missing.
    private static Finding OtherEngine() => new(".NET Interactive", Installed(InteractiveTool.KernelName) ?? $"not installed, not needed; '{Checkout.Command} kernel install --engine interactive' brings it");

    private static string? Installed(string name) => KernelFolders().Select(folder => Path.Combine(folder, "kernels", name, "kernel.json")).FirstOrDefault(File.Exists);

    private static IEnumerable<string> KernelFolders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        string?[] folders =
        [
            .. Environment.GetEnvironmentVariable("JUPYTER_PATH")?.Split(Path.PathSeparator) ?? [],
            Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR"),
            Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter"),
            Environment.GetEnvironmentVariable("VIRTUAL_ENV") is { } python ? Path.Combine(python, "share", "jupyter") : null,
            "/usr/local/share/jupyter", "/usr/share/jupyter",
        ];
        return folders.Where(folder => !string.IsNullOrEmpty(folder))!;
    }

    private static Finding Cache()
    {
        var root = Path.GetFullPath(ExperimentCache.DefaultRoot);
        var place = Existing(root);
        if (!IsWritable(place)) return new Finding("cache", $"{root} cannot be written", "Set FALW_CACHE to a folder you can write.", Blocks: true);
        var free = new DriveInfo(place).AvailableFreeSpace;
        var found = FormattableString.Invariant($"{root}, {free / (double)(1 << 30):0.0} GB free");
        return free switch
        {
            < Least => new Finding("cache", found, "Free 200 MB or more, or set FALW_CACHE to a folder on another disk.", Blocks: true),
            < Plenty => new Finding("cache", found, "The main study at small scale fits; larger ones want 2 GB. FALW_CACHE names another folder."),
            _ => new Finding("cache", found),
        };
    }

    private static string Existing(string path)
    {
        while (!Path.Exists(path)) path = Path.GetDirectoryName(path)!;
        return path;
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
