namespace FaLW.Experiments;

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

    /// <summary>What decides how sums are rounded, in words; equal grounds compute equal numbers.</summary>
    public string Ground => FormattableString.Invariant($"{Device} ({Processor}, {Threads} thread{(Threads == 1 ? "" : "s")}, libtorch {Libtorch})");

    /// <summary>
    /// What must agree for two computations to stand on one ground: kind of device, on a processor the threads of one operation, and the
    /// engine, as a name for files: "cpu-1-thread-libtorch-2.10.0". Where it differs, sums are rounded differently, and a training ends in points
    /// of accuracy somewhere else. It is no part of any key: the key is the question, and a record must answer it on every machine. So that two
    /// grounds are not mixed unnoticed either, the cache keeps the entries of each ground apart, a job that would mix them says so, and tables name
    /// the grounds of their rows.
    /// </summary>
    public string Footing
    {
        get
        {
            var threads = Device == "cpu" ? FormattableString.Invariant($"-{Threads}-thread{(Threads == 1 ? "" : "s")}") : "";
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
}
