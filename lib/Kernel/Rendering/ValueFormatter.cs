namespace FaLW.Kernel.Rendering;

/// <summary>Any value to a bundle: in the value's own way if it has one, else as text and, where it has rows, as a table.</summary>
internal static class ValueFormatter
{
    public static MimeBundle Bundle(object? value) => value switch
    {
        MimeBundle bundle => bundle,
        DisplayedText shown => MimeBundle.Of(shown.Mime, shown.Text),
        null => MimeBundle.Plain("null"),
        string text => MimeBundle.Plain(text),
        _ => OwnForm.Of(value) ?? OfShape(value),
    };

    private static MimeBundle OfShape(object value)
    {
        var table = ValueTable.Of(value);
        if (table is null) return MimeBundle.Plain(Scalar.Text(value));
        return MimeBundle.From(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["text/html"] = HtmlTable.Write(table),
            ["text/plain"] = TextTable.Write(table),
        });
    }
}
