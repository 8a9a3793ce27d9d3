namespace FaLW.Tests.Figures;

/// <summary>A figure finds whoever can show it, by name only.</summary>
public sealed class DisplayTests
{
    [Fact]
    public void The_bundle_of_a_figure_holds_what_every_front_end_needs_and_no_html()
    {
        var bundle = Gallery.Errors.ToMimeBundle();
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/plain"], bundle.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Png.Of(Gallery.Errors), Assert.IsType<byte[]>(bundle["image/png"]));
        Assert.Equal(Gallery.Errors.Summary, bundle["text/plain"]);
    }

    [Fact]
    public void A_host_that_set_the_application_datum_gets_the_bundle()
    {
        var shown = new List<IReadOnlyDictionary<string, object>>();
        AppContext.SetData(NotebookHost.DisplayKey, (Action<IReadOnlyDictionary<string, object>>)shown.Add);
        try
        {
            Gallery.Errors.Show();
            new Table("t", [new Column("a")], [new Row([Cell.Of(1)])]).Show();
        }
        finally
        {
            AppContext.SetData(NotebookHost.DisplayKey, null);
        }
        Assert.True(shown[0].ContainsKey("image/png"));
        Assert.True(shown[1].ContainsKey("text/html"));
    }

    [Fact]
    public void A_plain_program_prints_the_summary_and_says_where_the_picture_is()
    {
        using var folder = new TemporaryFolder();
        var (console, written) = (Console.Out, new StringWriter());
        Environment.SetEnvironmentVariable("FALW_FIGURES", folder.Path);
        Console.SetOut(written);
        try
        {
            Gallery.Errors.Show();
            var picture = folder["average-gap-against-learning-rate.png"];
            Assert.Equal($"{Gallery.Errors.Summary}\nPicture: {picture} (and .pdf)\n", written.ToString());
            Assert.Equal(Png.Of(Gallery.Errors), File.ReadAllBytes(picture));
        }
        finally
        {
            Console.SetOut(console);
            Environment.SetEnvironmentVariable("FALW_FIGURES", null);
        }
    }

    [Fact]
    public void Interactive_finds_the_formatters_by_the_names_it_looks_for()
    {
        var attribute = typeof(Figure).GetCustomAttributes(true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), null)!;
        var html = formatters.Single(f => Equals(f.GetType().GetProperty("MimeType")!.GetValue(f), "text/html"));
        using var text = new StringWriter();
        Assert.Equal(true, html.GetType().GetMethod("Format")!.Invoke(html, [Gallery.Errors, text]));
        Assert.StartsWith("<img width=\"960\" height=\"600\"", text.ToString(), StringComparison.Ordinal);
    }
}
