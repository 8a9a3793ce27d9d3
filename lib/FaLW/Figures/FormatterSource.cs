namespace FaLW.Figures;

/// <summary>
/// The convention by which .NET Interactive finds formatters: it looks for an attribute of this name, so that a library need not
/// reference it. The source is given by its name, so that a figure does not know what draws it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(string source) : Attribute
{
    public Type FormatterSourceType => GetType().Assembly.GetType($"{GetType().Namespace}.{source}", throwOnError: true)!;

    public string[] PreferredMimeTypes { get; } = ["text/html"];
}

/// <summary>Makes the forms of figures, tables and sheets; found and called by name.</summary>
internal sealed class FormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Formatter("text/html"), new Formatter("text/plain")];

    /// <summary>All forms at once, for a host that asks for them.</summary>
    public IReadOnlyDictionary<string, object>? ToMimeBundle(object value) => value switch
    {
        Figure figure => figure.ToMimeBundle(),
        Table table => table.ToMimeBundle(),
        ImageSheet sheet => sheet.ToMimeBundle(),
        _ => null,
    };

    /// <summary>Writes one form of a value; found and called by name.</summary>
    private sealed class Formatter(string mimeType)
    {
        public string MimeType { get; } = mimeType;

        // That host saves a plotly value as a string, so a figure reaches it as a picture inside HTML.
        public bool Format(object instance, TextWriter writer)
        {
            var text = (instance, MimeType) switch
            {
                (Figure figure, "text/html") => figure.ToHtml(),
                (Table table, "text/html") => table.ToHtml(),
                (ImageSheet sheet, "text/html") => sheet.ToHtml(),
                (_, "text/plain") => instance.ToString(),
                _ => null,
            };
            if (text is null) return false;
            writer.Write(text);
            return true;
        }
    }
}
