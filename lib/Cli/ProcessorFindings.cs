using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>The processor, its instruction sets, the threads this process may use.</summary>
internal static class ProcessorFindings
{
    private static readonly string[] Wanted = ["avx2", "avx512f", "avx512_bf16", "amx_bf16"];

    public static IEnumerable<Finding> All()
    {
        var flags = Machine.ProcessorFlags();
        yield return new Finding("processor", $"{Machine.ProcessorName()}; {string.Join(", ", Wanted.Select(flag => flags.Contains(flag) ? flag : $"no {flag}"))}");
        yield return Threads();
    }

    private static Finding Threads()
    {
        var policy = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "not set";
        var found = FormattableString.Invariant($"{Environment.ProcessorCount}; OMP_WAIT_POLICY {policy}");
        return string.Equals(policy, "passive", StringComparison.OrdinalIgnoreCase)
            ? new Finding("threads", found)
            : new Finding("threads", found, "Start through environment/falw, or set OMP_WAIT_POLICY=passive: waiting threads otherwise burn a shared processor.");
    }
}
