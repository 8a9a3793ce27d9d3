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
        text = Clock().Replace(text, "<duration>");
        return Duration().Replace(text, "<duration>");
    }

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b", RegexOptions.None, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2})?)?(?!\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<![\w.])\d+(?:[.,]\d+)*\s?(?:it|steps?|images?|samples?|epochs?|[kMG]?i?B)/s\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<![\w.:])\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?![\w:])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?<![\w.])\d+(?:\.\d+)?\s?(?:ns|µs|us|ms|s|sec|seconds?|min|minutes?|h|hours?)\b(?!/)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration();
}
