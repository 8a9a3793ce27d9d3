#pragma warning disable RS0030 // Only this speaks, and only where no notebook shows.
using System.Globalization;

namespace FaLW.Figures;

/// <summary>Shows figures and tables where a notebook runs, and writes them where none does.</summary>
internal static class Display
{
    private const string FolderVariable = "FALW_FIGURES";

    public static void Show(Figure figure)
    {
        if (NotebookHost.Show(figure.ToMimeBundle, figure)) return;
        Console.WriteLine(figure.Summary);
        Console.WriteLine(Saved(figure));
    }

    public static void Show(Table table)
    {
        if (!NotebookHost.Show(table.ToMimeBundle, table)) Console.WriteLine(table.ToText());
    }

    public static void Show(ImageSheet sheet)
    {
        if (!NotebookHost.Show(sheet.ToMimeBundle, sheet)) Console.WriteLine(sheet.Summary);
    }

    /// <summary>A figure in the three forms notebooks need. No HTML: it would hide the picture where scripts do not run.</summary>
    public static IReadOnlyDictionary<string, object> Bundle(Figure figure) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        [PlotlyJson.MimeType] = PlotlyJson.Of(figure),
        ["image/png"] = Png.Of(figure),
        ["text/plain"] = figure.Summary,
    };

    private static string Saved(Figure figure)
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } chosen ? chosen : "figures";
        try
        {
            var stem = Path.Combine(Directory.CreateDirectory(folder).FullName, Slug(figure.Title));
            File.WriteAllBytes(stem + ".png", Png.Of(figure));
            File.WriteAllText(stem + ".svg", Svg.Of(figure));
            return $"Picture: {stem}.png (and .svg)";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"No picture was written: {fault.Message} Set {FolderVariable} to a folder that can be written.";
        }
    }

    /// <summary>A title as a file name: small letters and digits joined by hyphens.</summary>
    public static string Slug(string title)
    {
        var letters = title.ToLower(CultureInfo.InvariantCulture).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        var words = string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        return slug.Length == 0 ? "figure" : slug[..Math.Min(60, slug.Length)].TrimEnd('-');
    }
}
