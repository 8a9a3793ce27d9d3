using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
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
        ProvenanceClock.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), splitsHash);

    /// <summary>What marks a cache entry of a process that is held to fewer instructions than its processor has, as notebooks are where they are verified:
    /// its sums are others. Empty where nothing holds it, and on a GPU.</summary>
    /// <param name="device">The device that computes.</param>
    /// <param name="variable">The variables of the environment; null for this process's.</param>
    internal static string HeldTo(Device device, Func<string, string?>? variable = null)
    {
        var held = new[] { "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY" }.Select(variable ?? Environment.GetEnvironmentVariable).Where(value => value is { Length: > 0 });
        var mark = NameOf(device) == "cpu" ? string.Join('-', held).ToLowerInvariant() : "";
        return mark.Length == 0 ? "" : "-held-to-" + string.Concat(mark.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }

    /// <summary>"cpu" or "cuda".</summary>
    /// <param name="device">A device.</param>
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
