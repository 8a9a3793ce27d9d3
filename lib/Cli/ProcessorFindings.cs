using FaLW.Experiments;
using FaLW.Models;

namespace FaLW.Cli;

/// <summary>The processor and its instruction sets.</summary>
internal static class ProcessorFindings
{
    private static readonly string[] Wanted = ["avx2", "avx512f", "avx512_bf16", "amx_bf16"];

    public static IEnumerable<Finding> All() =>
        [new("processor", $"{Machine.ProcessorName()}; {string.Join(", ", Wanted.Select(flag => Processor.Flags.Contains(flag) ? flag : $"no {flag}"))}")];
}
