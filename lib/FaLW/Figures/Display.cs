#pragma warning disable RS0030 // Only this speaks, and only where no notebook shows.
using System.Globalization;

namespace FaLW.Figures;

/// <summary>Shows figures and tables where a notebook runs, and writes them where none does.</summary>
public static class Display
{
    private const string FolderVariable = "FALW_FIGURES";

    /// <summary>Shows the figure where the program runs: in the notebook, or as text and a picture file.</summary>
    public static void Show(this Figure figure)
    {
        if (NotebookHost.Show(figure.ToMimeBundle)) return;
        Console.WriteLine(figure.Summary);
        Console.WriteLine(Saved(figure));
    }

    /// <summary>Shows the table where the program runs: in the notebook, or as text.</summary>
    public static void Show(this Table table)
    {
        if (!NotebookHost.Show(table.ToMimeBundle)) Console.WriteLine(table.ToText());
    }

    /// <summary>Shows the sheet where the program runs: in the notebook, or as text.</summary>
    public static void Show(this ImageSheet sheet)
    {
        if (!NotebookHost.Show(sheet.ToMimeBundle)) Console.WriteLine(sheet.Summary);
    }

    /// <summary>The figure for a notebook host that asks by name: plotly JSON, PNG and plain text.</summary>
    /// <remarks>No HTML: notebooks would hold the picture twice. Hosts that put HTML first are given <see cref="ToHtml(Figure)"/> by the formatters.</remarks>
    public static IReadOnlyDictionary<string, object> ToMimeBundle(this Figure figure) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        [PlotlyJson.MimeType] = PlotlyJson.Of(figure),
        ["image/png"] = Png.Of(figure),
        ["text/plain"] = figure.Summary,
    };

    /// <summary>The sheet for a notebook host that asks by name: a picture, where there is one, and plain text.</summary>
    public static IReadOnlyDictionary<string, object> ToMimeBundle(this ImageSheet sheet)
    {
        var bundle = new Dictionary<string, object>(StringComparer.Ordinal) { ["text/plain"] = sheet.Summary };
        if (sheet.Images is not null) bundle["image/png"] = SheetPicture.Png(sheet);
        return bundle;
    }

    /// <summary>The figure as an HTML <c>img</c> that holds its picture; the summary is its alternative text.</summary>
    public static string ToHtml(this Figure figure) =>
        Invariant($"<img width=\"{figure.Width}\" height=\"{figure.Height}\" ") + Picture(figure.Summary, Png.Of(figure));

    /// <summary>The sheet as an HTML <c>img</c> that holds its picture; its summary as text where it has none.</summary>
    public static string ToHtml(this ImageSheet sheet) => sheet.Images is null ? $"<pre>{TableForms.Html(sheet.Summary)}</pre>" : "<img " + Picture(sheet.Summary, SheetPicture.Png(sheet));

    private static string Picture(string words, byte[] png) => $"alt=\"{TableForms.Html(words)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>";

    private static string Saved(Figure figure)
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } chosen ? chosen : "figures";
        try
        {
            var stem = Path.Combine(Directory.CreateDirectory(folder).FullName, Slug(figure.Title));
            WholeFile.Write(stem + ".png", Png.Of(figure));
            WholeFile.Write(stem + ".pdf", Pdf.Of(figure));
            return $"Picture: {stem}.png (and .pdf)";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"No picture was written: {fault.Message} Set {FolderVariable} to a folder that can be written.";
        }
    }

    /// <summary>A title as a file name: small letters and digits joined by hyphens.</summary>
    internal static string Slug(string title)
    {
        var letters = title.ToLower(CultureInfo.InvariantCulture).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        var words = string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        return slug.Length == 0 ? "figure" : slug[..Math.Min(60, slug.Length)].TrimEnd('-');
    }
}

// The convention by which .NET Interactive finds formatters: it looks for an attribute of this name, so that a library need not reference it.
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute : Attribute
{
    public Type FormatterSourceType => typeof(FormatterSource);

    public string[] PreferredMimeTypes { get; } = ["text/html"];
}

/// <summary>Makes the forms of figures, tables and sheets; found and called by name.</summary>
internal sealed class FormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Formatter("text/html"), new Formatter("text/plain")];

    /// <summary>All forms at once, for a host that asks for them.</summary>
    public IReadOnlyDictionary<string, object> ToMimeBundle(object value) => value switch
    {
        Figure figure => figure.ToMimeBundle(),
        Table table => table.ToMimeBundle(),
        _ => ((ImageSheet)value).ToMimeBundle(),
    };

    /// <summary>Writes one form of a value; found and called by name.</summary>
    private sealed class Formatter(string mimeType)
    {
        public string MimeType { get; } = mimeType;

        // That host saves a plotly value as a string, so a figure reaches it as a picture inside HTML.
        public bool Format(object instance, TextWriter writer)
        {
            writer.Write((instance, MimeType) switch
            {
                (Figure figure, "text/html") => figure.ToHtml(),
                (Table table, "text/html") => table.ToHtml(),
                (ImageSheet sheet, "text/html") => sheet.ToHtml(),
                _ => instance.ToString(),
            });
            return true;
        }
    }
}
