using FaLW.Figures;
using FaLW.Tests.Snapshots;

namespace FaLW.Tests.Figures;

/// <summary>Each figure kind through the back ends that give text; the PNG has tests of its own.</summary>
public sealed class BackEnds
{
    public static TheoryData<string> Kinds => [.. Gallery.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Svg_looks_as_accepted(string kind) => Snapshot.Match(Svg.Of(Gallery.All[kind]), kind, "svg");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_summary_reads_as_accepted(string kind) => Snapshot.Match(Gallery.All[kind].Summary, kind);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_back_end_gives_the_same_bytes_twice(string kind)
    {
        var figure = Gallery.All[kind];
        Assert.Equal(Svg.Of(figure), Svg.Of(figure));
        Assert.Equal(PlotlyJson.Of(figure), PlotlyJson.Of(figure));
        Assert.Equal(Png.Of(figure), Png.Of(figure));
    }
}
