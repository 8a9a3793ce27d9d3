namespace FaLW.Kernel.Tests.Rendering;

public sealed class OwnFormTests
{
    // 8 x 4 pixels at 7559 dots per metre, which is 192 per inch; the header chunks only.
    private static readonly byte[] DensePng =
    [
        0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 8, 0, 0, 0, 4, 8, 2, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 9, .. "pHYs"u8, 0, 0, 0x1D, 0x87, 0, 0, 0x1D, 0x87, 1, 0, 0, 0, 0,
    ];

    [Fact]
    public void A_bundle_method_is_found_by_name()
    {
        var bundle = ValueFormatter.Bundle(new Picture());
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/plain"], bundle.Data.Select(form => form.Key));
        Assert.Equal("bar", bundle.Data["application/vnd.plotly.v1+json"]!["data"]![0]!["type"]!.ToString());
        Assert.Equal("iVBORw==", bundle.Data["image/png"]!.ToString());
        Assert.Equal(300, bundle.Metadata["image/png"]!["width"]!.GetValue<int>());
    }

    [Fact]
    public void The_convention_of_the_retired_host_is_found_by_name()
    {
        var bundle = ValueFormatter.Bundle(new Legacy());
        Assert.Equal("<b>legacy</b>", bundle.Data["text/html"]!.ToString());
        Assert.Equal("legacy", bundle.Data["text/plain"]!.ToString());
    }

    [Fact]
    public void A_dense_picture_is_shown_at_half_its_pixels()
    {
        var remarks = MimeBundle.Of("image/png", DensePng).Metadata;
        Assert.Equal("""{"image/png":{"height":2,"width":4}}""", remarks.ToJsonString());
    }

    [Fact]
    public void Text_of_a_json_type_becomes_json_and_broken_text_stays_text()
    {
        Assert.IsType<JsonObject>(MimeBundle.Of("application/json", "{\"a\":1}").Data["application/json"]);
        Assert.Equal("{", MimeBundle.Of("application/json", "{").Data["application/json"]!.ToString());
    }

    private sealed class Picture
    {
        public Dictionary<string, object> ToMimeBundle() => new Dictionary<string, object>
        {
            ["text/plain"] = "bars",
            ["image/png"] = new byte[] { 0x89, 0x50, 0x4E, 0x47 },
            ["application/vnd.plotly.v1+json"] = """{"data":[{"type":"bar"}]}""",
            ["metadata"] = new Dictionary<string, object> { ["image/png"] = new Dictionary<string, int> { ["width"] = 300 } },
        };
    }

    [TypeFormatterSource(typeof(LegacySource))]
    private sealed class Legacy;

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type source) : Attribute
    {
        public Type FormatterSourceType => source;
    }

    private sealed class LegacySource
    {
        public IEnumerable<object> CreateTypeFormatters() => [new Formatter("text/html", "<b>legacy</b>"), new Formatter("text/plain", "legacy"), new Formatter("text/none", null)];
    }

    private sealed class Formatter(string mime, string? text)
    {
        public string MimeType => mime;

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is Legacy && text is not null) writer.Write(text);
            return text is not null;
        }
    }
}
