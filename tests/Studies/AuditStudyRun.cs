namespace FaLW.Tests.Studies;

/// <summary>The study of audits at smoke scale as a reader runs it, once for all tests: interrupted on the way, finished by the same command, kept as a record.</summary>
public sealed partial class AuditStudyRun : IDisposable
{
    public AuditStudyRun()
    {
        using (var cut = Start())
        {
            cut.ReadTo("] Margins of Retrain");
            cut.Interrupt();
            (Interrupted, _) = cut.End();
            Before = [.. Done(cut.Lines)];
        }

        using var falw = Start("--keep");
        (Finished, Output) = falw.End();
        Lines = falw.Lines;
        Result = ResultJson.FromJson<AuditResult>(File.ReadAllText(Home["out/audits.json"]));
    }

    public TemporaryFolder Home { get; } = new();

    public int Interrupted { get; }

    public int Finished { get; }

    public string Output { get; }

    /// <summary>Stages that were done before the interruption.</summary>
    public IReadOnlyList<string> Before { get; }

    public IReadOnlyList<string> Lines { get; }

    public AuditResult Result { get; }

    internal Falw Start(params string[] more) =>
        Falw.Start(Home, ["run", "audits", "--scale", "smoke", "--device", "cpu", "--out", Home["out"], .. more]);

    /// <summary>The places of the stages that lines tell to be done: "[3/9]".</summary>
    public static IEnumerable<string> Done(IEnumerable<string> lines) =>
        lines.Where(line => line.Contains(": done in ", StringComparison.Ordinal)).Select(line => Place().Match(line).Value);

    public void Dispose() => Home.Dispose();

    [GeneratedRegex(@"^\[\d+/\d+\]", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Place();
}
