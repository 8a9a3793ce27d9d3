using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Tests.House;

namespace FaLW.Tests.Figures;

/// <summary>What the README shows of the main study is what the records that travel with the repository say.</summary>
public sealed class ReadmeTests
{
    private const int Seeds = 3;

    private static string Root => Repository.Root;

    private static IReadOnlyList<RunResult> Recorded()
    {
        var shelf = new RecordShelf(Path.Combine(Root, "data", "results"));
        return [.. Study.Main.Specs(Scale.Small, Seeds).Select(spec =>
            shelf.Find(Scale.Small.Rewrite(spec, _ => true)) ?? throw new InvalidOperationException(
                $"No record of {spec.Title}, seed {spec.Seeds.Unlearning}: falw run main --scale small --seeds {Seeds} --keep writes it."))];
    }

    [Fact]
    public void The_table_is_the_one_of_the_records()
    {
        var table = (ResultsTable.Of(Recorded()) with { Title = "" }).ToMarkdown().TrimEnd().Split('\n').TakeWhile(line => line.StartsWith('|'));
        Assert.Contains(string.Join('\n', table), File.ReadAllText(Path.Combine(Root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_is_the_one_of_the_records() => Assert.Equal(
        Svg.Of(DeviationPlot.Of(Recorded())), File.ReadAllText(Path.Combine(Root, "data", "results", "main-small-deviation.svg")));
}
