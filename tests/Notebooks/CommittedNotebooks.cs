using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Snapshots;

namespace FaLW.Tests.Notebooks;

/// <summary>
/// Every notebook of this repository, each time in a process of its own with one thread and one instruction set: what its
/// committed outputs show is what its cells give now, from the records of this repository, and at smoke scale, where everything is
/// computed, it reads as accepted.
/// </summary>
[Collection<NotebookHome>]
public sealed class CommittedNotebooks(NotebookHome home)
{
    private const string Ending = ".verified.txt";
    private const string Smoke = "# scale=Scale.Smoke";

    private static readonly string Folder = Path.Combine(Repository.Root, "notebooks");

    // A folder without notebooks is one row without a name: a theory without rows would fail.
    public static TheoryData<string> Names => [.. Files("*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_outputs_are_what_its_cells_give(string name)
    {
        if (name.Length > 0) Succeeds(["notebook", "verify", Path.Combine(Folder, $"{name}.ipynb"), "--outputs-only", "--timeout", "180"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void At_smoke_scale_it_reads_as_accepted_and_the_solutions_of_its_exercises_run(string name)
    {
        if (name.Length == 0) return;
        var expected = Transcript.Parse(File.ReadAllText(Path.Combine(Folder, name + Ending)));
        var (path, hasScale) = Solutions.Pasted(Path.Combine(Folder, $"{name}.ipynb"), home.Place);
        var place = home.Place["executed"];
        Succeeds(["notebook", "run", path, "--out", place, "--steady", "--timeout", "180", .. hasScale ? new[] { "--set", "scale=Scale.Smoke" } : []]);
        var executed = Solutions.Without(Notebook.Load(Path.Combine(place, Path.GetFileName(path))));
        Assert.Empty(TranscriptComparison.Differences(expected, Transcript.Of(executed, expected.Settings)));
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

    private void Succeeds(string[] command)
    {
        string[] withTheseRecords = ["env", "-u", RecordShelf.Variable];
        var (code, _, said) = Falw.Run(home.Place, withTheseRecords, command);
        Assert.True(code == 0, string.Join('\n', said));
    }
}
