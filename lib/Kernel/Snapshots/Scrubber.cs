using System.Text.RegularExpressions;

namespace FaLW.Kernel.Snapshots;

/// <summary>Takes out of a text what differs from run to run and from machine to machine without meaning anything.</summary>
internal static partial class Scrubber
{
    public static string Scrub(string text)
    {
        text = Identifier().Replace(text, "<guid>");
        text = Date().Replace(text, "<date>");
        text = MachinePath.Replace(text, "<path>");
        text = Rate().Replace(text, "<rate>");
        return Duration().Replace(text, "<duration>");
    }

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b", RegexOptions.None, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2})?)?(?!\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<![\w.])\d+(?:[.,]\d+)*\s?(?:it|steps?|images?|samples?|epochs?|[kMG]?i?B)/s\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<![\w.:])\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?![\w:])|(?<![\w.])\d+(?:\.\d+)?\s?(?:ns|µs|us|ms|s|sec|seconds?|min|minutes?|h|hours?)\b(?!/)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration();
}

/// <summary>
/// Places on somebody's machine in a text: absolute paths of at least two names, drives, and file addresses. What only looks
/// like one is left alone: ratios, and/or, MIME types, web addresses, relative paths.
/// </summary>
internal static partial class MachinePath
{
    // What a path cannot hold in running text; a colon ends it too, since a line number may follow.
    private const string Rest = @"[^\s""'`<>|:*?,;()\[\]{}\\]";

    public static string? Find(string text) => MayHold(text) && Any().Match(text) is { Success: true } found ? found.Value : null;
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
