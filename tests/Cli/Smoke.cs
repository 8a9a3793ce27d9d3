namespace FaLW.Tests.Cli;

/// <summary>The main study at smoke scale as a process, and what its runs left.</summary>
internal static class Smoke
{
    private static readonly string[] Arguments = ["run", "main", "--scale", "smoke", "--device", "cpu"];

    public static Falw Start(TemporaryFolder home, params string[] more) => Falw.Start(home, [.. Arguments, .. more]);

    public static Falw StartOn(SmallDisk disk, TemporaryFolder home, params string[] more) => Falw.Start(home, disk.Behind, [.. Arguments, .. more]);

    /// <summary>Runs it to its end and returns what it said.</summary>
    public static IReadOnlyList<string> Finish(TemporaryFolder home, params string[] more)
    {
        using var falw = Start(home, more);
        var (code, _) = falw.End();
        Assert.True(code == 0, string.Join('\n', falw.Lines));
        return falw.Lines;
    }

    /// <summary>Names of the stages whose line says so ("started", "done", "kept").</summary>
    public static IEnumerable<string> Stages(IEnumerable<string> lines, string state) =>
        from line in lines
        where line.StartsWith('[') && line.Contains($": {state}", StringComparison.Ordinal)
        select line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..line.LastIndexOf($": {state}", StringComparison.Ordinal)];

    /// <summary>The results in a home, without when and where they were computed: what must be equal.</summary>
    public static IReadOnlyList<string> Numbers(string state) =>
        [.. Directory.GetFiles(state, "*.run.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Bare(ResultJson.FromJson<RunResult>(File.ReadAllText(file))))];

    private static string Bare(RunResult result) => (result with
    {
        Times = [],
        Control = result.Control is null ? null : result.Control with { Time = new StageTime("", 0) },
        Provenance = result.Provenance with { When = "" },
        Log = result.Log with { Elapsed = TimeSpan.Zero },
    }).ToJson();
}
