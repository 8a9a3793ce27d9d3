namespace FaLW.Tests.Experiments;

/// <summary>The records in this repository: every one sound, from a kit that names its commit, and few megabytes in all.</summary>
public sealed class CommittedRecordsTests
{
    private const long Room = 16_000_000;

    private static readonly RecordShelf<RunResult> Shelf = RecordShelf.Of(Path.Combine(Repository.Root, "data", "results"));

    private static readonly RecordShelf<RunResult> Pilots = RecordShelf.Of(Path.Combine(Shelf.Folder, "pilots"));

    [Fact]
    public void Every_one_is_as_a_run_of_this_protocol_wrote_it()
    {
        var damages = Shelf.Files.Concat(Pilots.Files).Select(file => Shelf.Read(file, out var damage) is null ? damage : "").Where(damage => damage.Length > 0);
        Assert.Empty(damages);
    }

    [Fact]
    public void So_is_every_one_of_audits_and_it_names_its_commits() => Assert.All(AuditResult.Shelf(Shelf.Folder).Files, file =>
    {
        var record = AuditResult.Shelf(Shelf.Folder).Read(file, out var damage);
        Assert.Equal("", damage);
        Assert.True(record!.NamesCommits, $"{record.Key}: {record.Origin}");
    });

    [Fact]
    public void Every_one_names_the_commit_it_was_computed_by() =>
        Assert.All(Shelf.Files.Select(file => Shelf.Read(file, out _)!).Concat(Pilots.Files.Select(file => Pilots.Read(file, out _)!)), record => Assert.True(record.NamesCommits, $"{record.Title}, {record.Key}: {record.Provenance.Kit}"));

    [Fact]
    public void They_take_a_few_megabytes_in_all() => Assert.InRange(Shelf.Files.Concat(AuditResult.Shelf(Shelf.Folder).Files).Sum(file => new FileInfo(file).Length), 0, Room);

    [Fact]
    public void Nothing_else_lies_among_them()
    {
        string[] names = Directory.Exists(Shelf.Folder) ? [.. Directory.GetFiles(Shelf.Folder).Select(file => Path.GetFileName(file))] : [];
        Assert.Equal(Shelf.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal), names.Where(name => name != "README.md").Order(StringComparer.Ordinal));
    }
}
