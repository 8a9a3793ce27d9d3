using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FaLW.Experiments;

/// <summary>What this machine computes with.</summary>
public static class Machine
{
    /// <summary>Version of this kit and, when built from a git checkout, the commit.</summary>
    public static string KitVersion { get; } =
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The provenance of what is computed here and now.</summary>
    /// <param name="device">The device that computes.</param>
    /// <param name="splitsHash">Hash of the splits in use; empty where none is.</param>
    public static Provenance Provenance(Device device, string splitsHash = "") => new(
        KitVersion, torch.__version__, NameOf(device), ProcessorName(), get_num_threads(),
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}", RuntimeInformation.FrameworkDescription,
#pragma warning disable RS0030 // The only wall clock of the library; what it says goes into provenance and nowhere else.
        DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), splitsHash);
#pragma warning restore RS0030

    /// <summary>The provenance of what was computed just now: with how that rounds, which takes a moment the first time.</summary>
    /// <param name="device">The device that computed.</param>
    /// <param name="splitsHash">As in <see cref="Provenance(Device, string)"/>.</param>
    internal static Provenance Made(Device device, string splitsHash) => Provenance(device, splitsHash) with { Arithmetic = Arithmetic(device) };

    /// <summary>
    /// How the processor rounds: the first digits of a hash over the bits of six gradients. Where they differ, so do the digits of a training; where they agree, most likely not. A name does not
    /// tell: libtorch cuts its sums by the caches of a processor, for one, which a virtual machine may hide. Null on a GPU, whose sums are added in no fixed order.
    /// </summary>
    /// <param name="device">The device that computes.</param>
    internal static string? Arithmetic(Device device) => NameOf(device) == "cpu" ? Roundings.GetOrAdd(get_num_threads(), _ => Rounding()) : null;

    private static readonly ConcurrentDictionary<int, string> Roundings = [];

    // Images and channels of the scales: of the turned digits, and of CIFAR.
    internal static string Rounding()
    {
        using var scope = NewDisposeScope();
        using var taped = enable_grad();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (width, side) in new[] { (16, 8), (32, 32) })
        {
            Tensor Waves(params long[] shape) => arange(shape.Aggregate(1L, (all, each) => all * each), float32, CPU).mul_(0.7f).sin_().reshape(shape);
            Tensor[] all = [Waves(32, side, side, width), Waves(2 * width, width, 3, 3), Waves(10, 2 * width)];
            foreach (var one in all) one.requires_grad_();
            var maps = nn.functional.conv2d(all[0].permute(0, 3, 1, 2), all[1], padding: [1, 1]);
            maps = nn.functional.batch_norm(maps, zeros([2 * width], float32, CPU), ones([2 * width], float32, CPU), training: true);
            nn.functional.cross_entropy(maps.relu().mean([2, 3]).mm(all[2].t()), arange(32, int64, CPU).remainder(10)).backward();
            foreach (var sums in all) hash.AppendData(sums.grad!.contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>What marks a cache entry of a process that is held to fewer instructions than its processor has, as notebooks are where they are verified:
    /// its sums are others. Empty where nothing holds it, and on a GPU.</summary>
    internal static string HeldTo(Device device, Func<string, string?>? variable = null)
    {
        var held = new[] { "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY" }.Select(variable ?? Environment.GetEnvironmentVariable).Where(value => value is { Length: > 0 });
        var mark = NameOf(device) == "cpu" ? string.Join('-', held).ToLowerInvariant() : "";
        return mark.Length == 0 ? "" : "-held-to-" + string.Concat(mark.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }

    /// <summary>"cpu" or "cuda".</summary>
    public static string NameOf(Device device) => device.type == DeviceType.CUDA ? "cuda" : "cpu";

    /// <summary>The device of that name.</summary>
    /// <param name="name">"auto" (a GPU where there is one), "cpu" or "cuda".</param>
    /// <exception cref="Fault">CUDA is asked for and cannot be used, or the name is another one.</exception>
    public static Device DeviceNamed(string name) => name.ToLowerInvariant() switch
    {
        "auto" => cuda.is_available() ? CUDA : CPU,
        "cpu" => CPU,
        "cuda" => cuda.is_available() ? CUDA : throw new Fault(
            $"The device cuda was asked for, but {WhyNoCuda()} Use --device cpu, or build with CUDA: dotnet build lib/Cli -c Release -p:Torch=cuda."),
        _ => throw new Fault($"There is no device \"{name}\"; known are auto, cpu and cuda."),
    };

    /// <summary>Why no GPU is used, as a sentence to be continued.</summary>
    public static string WhyNoCuda() => File.Exists("/proc/driver/nvidia/version")
        ? $"libtorch {torch.__version__} cannot use the NVIDIA driver here (built without CUDA, or the driver is too old)."
        : "no NVIDIA driver is loaded on this machine.";

    /// <summary>The processor's own name, or the architecture where the system does not tell.</summary>
    public static string ProcessorName() => Processor.Name ?? RuntimeInformation.ProcessArchitecture.ToString();
}

/// <summary>Where and with what a number was computed. It never enters a key.</summary>
/// <param name="Kit">Version of this kit and, when built from a git checkout, the commit: "0.1.0+4f2c..."; ".changed" at its end means that the checkout held more than the commit.</param>
/// <param name="Libtorch">Version of libtorch.</param>
/// <param name="Device">"cpu" or "cuda".</param>
/// <param name="Processor">Name of the processor.</param>
/// <param name="Threads">Threads libtorch uses for one operation.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="When">Universal time of the computation, ISO 8601, to the second.</param>
/// <param name="SplitsHash">Hash of the four index lists; empty where no split was involved.</param>
public sealed record Provenance(
    string Kit, string Libtorch, string Device, string Processor, int Threads, string System, string Runtime, string When,
    string SplitsHash = "")
{
    private const string Changed = ".changed";
    private const int CommitDigits = 12;

    /// <summary>How sums are rounded there, as twelve hexadecimal digits; null on a GPU, of what earlier kits computed, and where nothing was computed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Arithmetic { get; init; }

    /// <summary>What decides how sums are rounded, in words; on equal grounds of equal <see cref="Arithmetic"/> numbers are equal.</summary>
    public string Ground => Invariant($"{Device} ({Processor}, {Threads} thread{(Threads == 1 ? "" : "s")}, libtorch {Libtorch})");

    /// <summary>
    /// What must agree for two computations to stand on one ground: kind of device, on a processor the threads of one operation, and the
    /// engine, as a name for files: "cpu-1-thread-libtorch-2.10.0". Where it differs, sums are rounded differently, and a training ends in points
    /// of accuracy somewhere else. It is no part of any key: the key is the question, and a record must answer it on every machine. So that two
    /// grounds are not mixed unnoticed either, the cache keeps the entries of each ground apart, a job that would mix them says so, and tables name
    /// the grounds of their rows. The processor is no part of it: machines of several kinds may share a cache, and what each made says where.
    /// </summary>
    public string Footing
    {
        get
        {
            var threads = Device == "cpu" ? Invariant($"-{Threads}-thread{(Threads == 1 ? "" : "s")}") : "";
            return string.Concat($"{Device}{threads}-libtorch-{Libtorch.Replace('-', '_')}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' ? c : '_'));
        }
    }

    /// <summary>The kit with a commit of twelve digits, which is enough to find it.</summary>
    public string ShortKit => Kit.IndexOf('+', StringComparison.Ordinal) is var plus and >= 0 && Kit.Length > plus + CommitDigits
        ? Kit[..(plus + 1 + CommitDigits)] + (Kit.EndsWith(Changed, StringComparison.Ordinal) ? Changed : "")
        : Kit;

    /// <summary>Whether the kit names the commit it was built from, and nothing was changed since.</summary>
    public bool NamesCommit => Kit.Contains('+', StringComparison.Ordinal) && !Kit.EndsWith(Changed, StringComparison.Ordinal);

    /// <summary>The days of several computations: "2026-01-01" or "2026-01-01 to 2026-01-03".</summary>
    /// <param name="all">At least one.</param>
    public static string Span(IEnumerable<Provenance> all)
    {
        string[] days = [.. all.Select(one => one.When.Split('T')[0]).Order(StringComparer.Ordinal)];
        return days[0] == days[^1] ? days[0] : $"{days[0]} to {days[^1]}";
    }

    /// <summary>When, by which kit and on what several computations of one kind were made: "computed 2026-01-01 by kit 0.1.0+4f2c on cpu (...)".</summary>
    /// <param name="all">At least one; kit and ground are the last one's.</param>
    public static string Words(IReadOnlyCollection<Provenance> all) => $"computed {Span(all)} by kit {all.Last().ShortKit} on {all.Last().Ground}";
}
