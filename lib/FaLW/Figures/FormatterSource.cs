namespace FaLW.Figures;

/// <summary>
/// The convention by which .NET Interactive finds formatters: it looks for an attribute of this name, so that a
/// library need not reference it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>Makes the formatters of figures and tables; found and called by name.</summary>
internal sealed class FormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new BundleFormatter("text/html"), new BundleFormatter("text/plain")];
}

/// <summary>Writes one MIME type of a value; found and called by name.</summary>
internal sealed class BundleFormatter(string mimeType)
{
    public string MimeType { get; } = mimeType;

    // That host saves a plotly value as a string, so a figure reaches it as a picture inside HTML.
    public bool Format(object instance, TextWriter writer)
    {
        var text = (instance, MimeType) switch
        {
            (Figure figure, "text/html") => Picture(figure),
            (Figure figure, _) => figure.Summary,
            (Table table, "text/html") => table.ToHtml(),
            (Table table, _) => table.ToText(),
            _ => null,
        };
        if (text is null) return false;
        writer.Write(text);
        return true;
    }

    private static string Picture(Figure figure) => FormattableString.Invariant(
        $"<img width=\"{figure.Width}\" height=\"{figure.Height}\" alt=\"{SvgText.Escaped(figure.Summary)}\" src=\"data:image/png;base64,{Convert.ToBase64String(Png.Of(figure))}\"/>");
}
