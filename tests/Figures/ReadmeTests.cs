using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Tests.House;
using Scale = FaLW.Experiments.Scale;

namespace FaLW.Tests.Figures;

/// <summary>What the README shows of the main study is what the records that travel with the repository say. FALW_ACCEPT=1 writes it there.</summary>
public sealed class ReadmeTests
{
    private const int Seeds = 5;
    private const string Start = "<!-- results -->\n", End = "\n<!-- /results -->";

    private static bool Accepts => Environment.GetEnvironmentVariable("FALW_ACCEPT") == "1";

    [Fact]
    public void The_table_is_the_one_of_the_records()
    {
        var file = Path.Combine(Repository.Root, "README.md");
        var readme = File.ReadAllText(file);
        var (from, to) = (readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length, readme.IndexOf(End, StringComparison.Ordinal));
        var lines = (ResultsTable.Of(Recorded()).Without("Time", "Peak memory") with { Title = "" }).ToMarkdown().Split('\n');
        var table = string.Join('\n', lines.TakeWhile(line => line.StartsWith('|')));
        if (Accepts) File.WriteAllText(file, readme[..from] + table + readme[to..]);
        else Assert.Equal(table, readme[from..to]);
    }

    [Fact]
    public void The_picture_is_the_one_of_the_records()
    {
        var file = Path.Combine(Repository.Root, "notebooks", "images", "main-class-deviation.svg");
        var picture = Svg.Of(DeviationPlot.Of(Recorded()));
        if (Accepts) File.WriteAllText(file, picture);
        else Assert.Equal(picture, File.ReadAllText(file));
    }

    private static IReadOnlyList<RunResult> Recorded()
    {
        var shelf = new RecordShelf(Path.Combine(Repository.Root, "data", "results"));
        return [.. Study.Main.Specs(Scale.Class, Seeds).Select(spec =>
            shelf.Find(Scale.Class.Rewrite(spec, _ => true)) ?? throw new InvalidOperationException(
                $"No record of {spec.Title}, seed {spec.Seeds.Unlearning}: falw run main --scale class --seeds {Seeds} --keep writes it."))];
    }
}
