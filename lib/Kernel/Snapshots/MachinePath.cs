using System.Text.RegularExpressions;

namespace FaLW.Kernel.Snapshots;

/// <summary>
/// Places on somebody's machine in a text: absolute paths of at least two names, drives, and file addresses. What only looks
/// like one is left alone: ratios, and/or, MIME types, web addresses, relative paths.
/// </summary>
internal static partial class MachinePath
{
    // What a path cannot hold in running text; a colon ends it too, since a line number may follow.
    private const string Rest = @"[^\s""'`<>|:*?,;()\[\]{}\\]";

    /// <summary>The first such place, or null.</summary>
    public static string? Find(string text) => MayHold(text) && Any().Match(text) is { Success: true } found ? found.Value : null;

    /// <summary>The text with another text in each such place.</summary>
    public static string Replace(string text, string with) => MayHold(text) ? Any().Replace(text, with) : text;

    // Long texts without any slash are common, and this is a fast search.
    private static bool MayHold(string text) => text.AsSpan().ContainsAny('/', '\\');

    // The first name begins with a letter: "/3/4" is arithmetic.
    [GeneratedRegex(
        @"\bfile:/{1,3}(?=\w)(?:[A-Za-z]:)?" + Rest + "+"
        + @"|(?<![\w}%])[A-Za-z]:(?:\\{1,2}|/(?!/))[\w.$~-]+(?:[\\/]{1,2}[^\s""'`<>|:*?,;()\[\]{}\\/]+)*"
        + @"|(?<![^\s""'`(\[{=,;:|>])/[A-Za-z_.][\w.+@-]*/" + Rest + "+",
        RegexOptions.None, 5000)]
    private static partial Regex Any();
}
