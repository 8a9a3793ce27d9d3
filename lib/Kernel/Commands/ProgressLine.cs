using FaLW.Kernel.Running;

namespace FaLW.Kernel.Commands;

/// <summary>Cell k of n, its name and its seconds, on a terminal; nothing where nobody watches.</summary>
internal sealed class ProgressLine(TextWriter log, string notebook, bool watched) : IProgress<CellProgress>
{
    public void Report(CellProgress value)
    {
        if (!watched) return;
        var line = FormattableString.Invariant($"{notebook}: cell {value.Number} of {value.Of}  {value.Name}");
        log.Write(value.Elapsed is { } took ? FormattableString.Invariant($"\r\x1b[K{line}  {took.TotalSeconds:0.0} s\n") : $"\r\x1b[K{line} …");
        log.Flush();
    }
}
