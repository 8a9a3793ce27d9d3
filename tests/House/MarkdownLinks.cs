namespace FaLW.Tests.House;

/// <summary>The relative targets of a Markdown text's links and pictures, without anchors.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<string> Of(string text) =>
        from Match match in Link().Matches(text)
        let target = match.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
        select Uri.UnescapeDataString(target);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Link();
}
