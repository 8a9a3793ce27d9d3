namespace FaLW.Tests.Figures;

/// <summary>The JSON is a plotly figure: every axis a trace names exists, numbers are short, nothing is left out.</summary>
public sealed class PlotlyTests
{
    public static TheoryData<string> Kinds => [.. Gallery.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_trace_lies_on_axes_the_layout_has(string kind)
    {
        var figure = Parse(Gallery.All[kind]);
        var layout = figure.GetProperty("layout");
        foreach (var trace in figure.GetProperty("data").EnumerateArray())
        {
            Assert.Contains(trace.GetProperty("type").GetString(), new[] { "scatter", "scattergl", "bar", "heatmap" });
            Assert.True(layout.TryGetProperty("xaxis" + Number(trace, "xaxis"), out var x));
            Assert.True(layout.TryGetProperty("yaxis" + Number(trace, "yaxis"), out _));
            var domain = x.GetProperty("domain");
            Assert.InRange(domain[0].GetDouble(), 0, domain[1].GetDouble());
            Assert.InRange(domain[1].GetDouble(), 0, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_have_at_most_six_significant_digits(string kind)
    {
        foreach (var number in Numbers(Parse(Gallery.All[kind]).GetProperty("data")))
            Assert.True(number.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('-').TrimStart('0').Length <= 6, number);
    }

    [Fact]
    public void Panels_keep_their_order_and_share_their_ranges()
    {
        var layout = Parse(Gallery.Facets).GetProperty("layout");
        Assert.Equal("y", layout.GetProperty("yaxis3").GetProperty("matches").GetString());
        Assert.False(layout.GetProperty("yaxis2").GetProperty("showticklabels").GetBoolean());
        Assert.True(layout.GetProperty("xaxis").GetProperty("domain")[1].GetDouble() < layout.GetProperty("xaxis2").GetProperty("domain")[0].GetDouble());
    }

    [Fact]
    public void Missing_values_are_null_and_no_data_is_left_out()
    {
        var x = Enumerable.Range(0, 50_000).Select(i => (double)i).ToArray();
        var figure = Parse(Figure.Of("t", new Axis("x"), new Axis("y"), new Line("a", x, x.Select(v => v == 7 ? double.NaN : v))));
        var y = figure.GetProperty("data")[0].GetProperty("y");
        Assert.Equal(50_000, y.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, y[7].ValueKind);
    }

    [Fact]
    public void Any_words_come_through_and_end_no_page() => HostileText.Any.Sample(
        words =>
        {
            var figure = Figure.Of(words, new Axis("x"), new Axis("y"), new Line(words, [1, 2], [3, double.NaN]));
            Assert.Equal(HostileText.AsUtf8(words), HostileText.AsUtf8(Parse(figure).GetProperty("data")[0].GetProperty("name").GetString() ?? ""));
            Assert.DoesNotContain('<', PlotlyJson.Of(figure));
        },
        iter: 50);

    [Fact]
    public void A_name_is_listed_once_however_many_panels_show_it()
    {
        var panel = Gallery.Lines.Panels[0];
        var twice = Parse(Gallery.Lines with { Panels = [panel, panel] }).GetProperty("data").EnumerateArray();
        Assert.Equal(4, twice.Count(t => t.GetProperty("showlegend").GetBoolean()));
    }

    [Fact]
    public void Angle_brackets_in_names_are_text() =>
        Assert.Contains("\\u0026lt;script\\u003e", PlotlyJson.Of(Figure.Of("a <script>", new Axis("x"), new Axis("y"))), StringComparison.Ordinal);

    private static JsonElement Parse(Figure figure) => JsonDocument.Parse(HostileText.AsUtf8(PlotlyJson.Of(figure))).RootElement.Clone();

    private static string Number(JsonElement trace, string axis) => trace.TryGetProperty(axis, out var name) ? name.GetString()![1..] : "";

    private static IEnumerable<string> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetRawText()],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Numbers(p.Value)),
        _ => [],
    };
}
