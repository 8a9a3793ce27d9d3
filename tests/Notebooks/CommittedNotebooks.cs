using FaLW.Tests.Cli;
using FaLW.Tests.House;

namespace FaLW.Tests.Notebooks;

/// <summary>
/// Every notebook of this repository, each time in a process of its own with one thread and one instruction set: what its
/// committed outputs show is what its cells give now, from the records of this repository, and at smoke scale, where everything is
/// computed, it reads as accepted.
/// </summary>
public sealed class CommittedNotebooks : IDisposable
{
    private const string Ending = ".verified.txt";
    private const string Smoke = "# scale=Scale.Smoke";

    private static readonly string Folder = Path.Combine(Repository.Root, "notebooks");
    private readonly TemporaryFolder home = new();

    // A folder without notebooks is one row without a name: a theory without rows would fail.
    public static TheoryData<string> Names => [.. Files("*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).DefaultIfEmpty("")];

    public void Dispose() => home.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_outputs_are_what_its_cells_give(string name) => Holds(name, "--outputs-only");

    [Theory]
    [MemberData(nameof(Names))]
    public void At_smoke_scale_it_reads_as_accepted_and_the_solutions_of_its_exercises_run(string name)
    {
        if (name.Length == 0) return;
        Holds(name, "--snapshot-only");
        // In the same home: what the notebook computed is in its cache.
        var (path, hasScale) = Solutions.Pasted(Path.Combine(Folder, $"{name}.ipynb"), home);
        Succeeds(["notebook", "run", path, "--steady", "--timeout", "180", .. hasScale ? new[] { "--set", "scale=Scale.Smoke" } : []]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_accepted_is_its_run_at_smoke_scale(string name)
    {
        if (name.Length > 0 && File.ReadAllText(Path.Combine(Folder, $"{name}.ipynb")).Contains("var scale = Scale.", StringComparison.Ordinal))
            Assert.Equal(Smoke, File.ReadLines(Path.Combine(Folder, name + Ending)).First());
    }

    [Fact]
    public void No_accepted_transcript_is_left_of_a_notebook_that_is_gone() =>
        Assert.Empty(Files($"*{Ending}").Select(file => Path.GetFileName(file)[..^Ending.Length]).Except(Names.Select(row => row.Data), StringComparer.Ordinal));

    private static string[] Files(string pattern) => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, pattern).Order(StringComparer.Ordinal)] : [];

    private void Holds(string name, string what)
    {
        if (name.Length > 0) Succeeds(["notebook", "verify", Path.Combine(Folder, $"{name}.ipynb"), what, "--timeout", "180"]);
    }

    private void Succeeds(string[] command)
    {
        string[] withTheseRecords = ["env", "-u", FaLW.Experiments.RecordShelf.Variable];
        using var falw = Falw.Start(home, withTheseRecords, command);
        Assert.True(falw.End().ExitCode == 0, string.Join('\n', falw.Lines));
    }
}
