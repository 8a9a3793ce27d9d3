using System.Globalization;
using System.Reflection;

namespace FaLW.Figures;

/// <summary>
/// The only place that knows a notebook may exist. A host that wants figures sets the application datum
/// <c>notebook.display</c> to an <c>Action&lt;IReadOnlyDictionary&lt;string, object&gt;&gt;</c> that takes a MIME bundle;
/// .NET Interactive is found by the name of its display method; anything else is a plain program.
/// </summary>
internal static class Display
{
    public const string HostKey = "notebook.display";
    private const string FolderVariable = "FALW_FIGURES";

    public static void Show(Figure figure)
    {
        if (Shown(figure.ToMimeBundle, figure)) return;
        Console.WriteLine(figure.Summary);
        Console.WriteLine(Saved(figure));
    }

    public static void Show(Table table)
    {
        if (!Shown(table.ToMimeBundle, table)) Console.WriteLine(table.ToText());
    }

    public static void Show(ImageSheet sheet)
    {
        if (!Shown(sheet.ToMimeBundle, sheet)) Console.WriteLine(sheet.Summary);
    }

    /// <summary>A figure in the three forms notebooks need. No HTML: it would hide the picture where scripts do not run.</summary>
    public static IReadOnlyDictionary<string, object> Bundle(Figure figure) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        [PlotlyJson.MimeType] = PlotlyJson.Of(figure),
        ["image/png"] = Png.Of(figure),
        ["text/plain"] = figure.Summary,
    };

    private static bool Shown(Func<IReadOnlyDictionary<string, object>> bundle, object value)
    {
        if (AppContext.GetData(HostKey) is Action<IReadOnlyDictionary<string, object>> show)
        {
            show(bundle());
            return true;
        }
        if (Interactive() is not { } display) return false;
        display.Invoke(null, [value, Array.Empty<string>()]);
        return true;
    }

    /// <summary>The display method of .NET Interactive, when this program is one of its notebooks.</summary>
    public static MethodInfo? Interactive(string assembly = "Microsoft.DotNet.Interactive") => AppDomain.CurrentDomain.GetAssemblies()
        .FirstOrDefault(a => a.GetName().Name == assembly)?
        .GetType("Microsoft.DotNet.Interactive.Kernel")?.GetMethod("display", [typeof(object), typeof(string[])]);

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
