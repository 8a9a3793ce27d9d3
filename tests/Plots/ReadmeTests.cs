using FaLW.Tests.Figures;

namespace FaLW.Tests.Plots;

/// <summary>What the READMEs show of the main study and of the reproduction is what the records that travel with the repository say. FALW_ACCEPT=1 writes it there.</summary>
public sealed class ReadmeTests
{
    private const int Seeds = 5;

    private static bool Accepts => Environment.GetEnvironmentVariable("FALW_ACCEPT") == "1";

    [Fact]
    public void The_table_is_the_one_of_the_records() =>
        HoldsBetween("results", "README.md", RowsOf(ResultsTable.Of(Recorded(Study.Main, Scale.Small, Seeds))));

    [Fact]
    public void The_table_of_the_method_space_is_the_one_of_the_records() =>
        HoldsBetween("grid", "notebooks/README.md", RowsOf(ResultsTable.Of(Recorded(Study.Grid, Scale.Class, seeds: 3))));

    [Fact]
    public void The_picture_is_the_one_of_the_records() => HoldsPicture("main-deviation.png", DeviationPlot.Of(Recorded(Study.Main, Scale.Small, Seeds)));

    [Fact]
    public void The_reproduction_is_the_one_of_the_records() => HoldsBetween("reproduction", "notebooks/README.md", Page(Reproduction.Of(Shelf.Find)));

    [Fact]
    public void The_picture_of_the_reproduction_is_the_one_of_the_records() => HoldsPicture("reproduction.png", ReproductionPlot.Of(Reproduction.Of(Shelf.Find)));

    private static void HoldsBetween(string marks, string name, string expected)
    {
        var (start, end, file) = ($"<!-- {marks} -->\n", $"\n<!-- /{marks} -->", Path.Combine(Repository.Root, name));
        var readme = File.ReadAllText(file);
        var (from, to) = (readme.IndexOf(start, StringComparison.Ordinal) + start.Length, readme.IndexOf(end, StringComparison.Ordinal));
        if (Accepts) File.WriteAllText(file, readme[..from] + expected + readme[to..]);
        else Assert.Equal(expected, readme[from..to]);
    }

    private static void HoldsPicture(string name, Figure figure)
    {
        var (file, picture) = (Path.Combine(Repository.Root, "notebooks", "images", name), Png.Of(figure));
        if (Accepts) File.WriteAllBytes(file, picture);
        // Another processor may round the shade of an edge otherwise.
        else Assert.InRange(new PngReader(picture).Differing(new PngReader(File.ReadAllBytes(file))), 0, 0.001);
    }

    private static string Page(Reproduction found) => string.Join('\n',
    [
        .. ReproductionTable.Findings(found).Select(sentence => $"- {sentence}"), "",
        "![What the paper prints, and what we find](images/reproduction.png)", "", ReproductionContent.Caption, "",
        (ReproductionTable.Statements(found) with { Title = "" }).ToMarkdown(), (ReproductionTable.Differences(found) with { Title = "" }).ToMarkdown(),
        "<details><summary>Single numbers</summary>\n", (ReproductionTable.Numbers(found) with { Title = "" }).ToMarkdown(), ReproductionTable.Remarks().ToMarkdown(), "</details>",
    ]);

    private static RecordShelf<RunResult> Shelf { get; } = RecordShelf.Of(Path.Combine(Repository.Root, "data", "results"));

    private static string RowsOf(Table table) =>
        string.Join('\n', (table.Without("Time", "Peak memory") with { Title = "" }).ToMarkdown().Split('\n').TakeWhile(line => line.StartsWith('|')));

    private static IReadOnlyList<RunResult> Recorded(Study study, Scale scale, int seeds) => [.. study.At(scale, seeds, _ => true, _ => true).Select(spec =>
        Shelf.Find(spec) ?? throw new InvalidOperationException(
            $"No record of {spec.Title}, seed {spec.Seeds.Unlearning}: falw run {study.Name} --scale {scale.Name} --seeds {seeds} --keep writes it."))];
}
