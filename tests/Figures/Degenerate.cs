namespace FaLW.Tests.Figures;

/// <summary>Data nobody hopes for still give a picture, and settings that cannot be drawn give a sentence.</summary>
public sealed class Degenerate
{
    public static TheoryData<string> Cases => [.. Figures.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_back_end_draws_it(string name)
    {
        var figure = Figures[name];
        Assert.Equal(2 * figure.Width, new PngReader(Png.Of(figure)).Width);
        Assert.StartsWith("%PDF", Encoding.Latin1.GetString(Pdf.Of(figure)[..4]), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", PlotlyJson.Of(figure), StringComparison.Ordinal);
        Assert.NotEmpty(figure.Summary);
    }

    [Fact]
    public void Zeros_on_a_logarithmic_axis_are_told_in_the_summary() =>
        Assert.Contains("(2 at or below zero, not on a logarithmic axis)", Figures["log of zero"].Summary, StringComparison.Ordinal);

    [Fact]
    public void Unequal_lengths_are_refused_with_a_sentence() =>
        Assert.Contains("'loss' has 2 places but 3 values", Assert.Throws<ArgumentException>(() => new Line("loss", [1, 2], [1, 2, 3])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_reversed_axis_is_refused_with_a_sentence() => Assert.Contains(
        "'p (%)' runs from 2 to 1",
        Assert.Throws<ArgumentException>(() => Png.Of(Of(new Axis("x"), new Axis("p", "%") { Low = 2, High = 1 }))).Message, StringComparison.Ordinal);

    [Fact]
    public void Ragged_heat_maps_are_refused() => Assert.Throws<ArgumentException>(() => new Heat("h", [new double[] { 1, 2 }, [1]]));

    [Fact]
    public void A_histogram_counts_every_value_once()
    {
        var bars = Bars.Histogram("h", [0, 0.5, 1, 1, double.NaN], bins: 2, low: 0, high: 1);
        Assert.Equal([1, 3], bars.Y);
        Assert.Equal([0.25, 0.75], bars.X);
    }

    private static Dictionary<string, Figure> Figures => new(StringComparer.Ordinal)
    {
        ["no panel"] = new Figure("nothing", []),
        ["no trace"] = Of(new Axis("x"), new Axis("y")),
        ["no value"] = Of(new Axis("x"), new Axis("y"), new Line("a", [], []), new Points("b", [], []), new Bars("c", [], [])),
        ["only missing"] = Of(new Axis("x"), new Axis("y"), new Line("a", [1, 2], [double.NaN, double.PositiveInfinity])),
        ["one point"] = Of(new Axis("x"), new Axis("y"), new Line("a", [3], [4]) { Marker = Marker.Diamond }),
        ["constant"] = Of(new Axis("x"), new Axis("y"), new Line("a", [1, 2, 3], [7, 7, 7])),
        ["zero"] = Of(new Axis("x"), new Axis("y"), new Bars("a", [0, 1], [0, 0])),
        ["log of zero"] = Of(new Axis("x"), Axis.Log("y"), new Line("a", [1, 2, 3, 4], [1, 0, -1, 10])),
        ["log of nothing"] = Of(Axis.Log("x"), Axis.Log("y"), new Points("a", [0, 0], [0, 0])),
        ["outside"] = Of(new Axis("x") { Low = 0, High = 1 }, new Axis("y") { Low = 0, High = 1 }, new Line("a", [5, 6], [5, 6]), new Band("a", [5, 6], [5, 5], [6, 6])),
        ["huge and tiny"] = Of(new Axis("x"), new Axis("y"), new Line("a", [1e-300, 2e-300], [1e300, 2e300])),
        ["one constant cell"] = Of(new Axis("x"), new Axis("y"), new Heat("h", [new double[] { 2 }])),
        ["long names"] = Of(Axis.Of("", Enumerable.Range(0, 12).Select(i => $"a rather long name of a thing, number {i}")), new Axis("y"),
            new Bars("a", Enumerable.Range(0, 12).Select(i => (double)i), Enumerable.Range(0, 12).Select(i => (double)i))) with
        { Title = string.Join(' ', Enumerable.Repeat("long title", 20)), Subtitle = "<&\"'>", Note = string.Join(' ', Enumerable.Repeat("note", 80)) },
        ["sixty series"] = Of(new Axis("x"), new Axis("y"), [.. Enumerable.Range(0, 60).Select(i => new Line($"a series with a name, number {i}", [0, 1], [i, 60 - i]))]),
        ["a title without a space"] = Of(new Axis("x"), new Axis("y"), new Line("a", [0, 1], [0, 1])) with { Title = new string('m', 300), Subtitle = new string('語', 300) },
        ["a million points"] = Of(new Axis("x"), new Axis("y"), new Line("a", Many, Many.Select(Math.Sin)), new Points("b", Many, Many.Select(Math.Cos))),
        ["from right to left"] = Of(Axis.Of("", ["שלום", "مرحبا", "日本"]), new Axis("γ, 中文"), new Bars("השכחה", [0, 1, 2], [1, 2, 3]), new Bars("नमस्ते", [0, 1, 2], [1, 2, 3])),
        ["infinite"] = Of(new Axis("x"), new Axis("y"), new Points("a", [1, 2, double.NegativeInfinity], [double.PositiveInfinity, 1, 2]) { Shading = new Shading("s", [1, double.NaN, double.PositiveInfinity]) },
            new Heat("h", [new double[] { double.NaN, double.PositiveInfinity }])),
        ["strange letters"] = Of(new Axis("日本 \U0001F600"), new Axis("y"), new Points("ß\u0301", [1], [2])),
        ["many panels"] = new Figure("many", Enumerable.Range(0, 30).Select(_ => new Panel(new Axis("x"), new Axis("y"), [new Line("a", [1, 2], [2, 1])])).ToValueList()),
    };

    private static double[] Many { get; } = [.. Enumerable.Range(0, 1_000_000).Select(i => i / 1000.0)];

    private static Figure Of(Axis x, Axis y, params Trace[] traces) => Figure.Of("t", x, y, traces);
}
