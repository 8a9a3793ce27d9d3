using System.Text.RegularExpressions;

namespace FaLW.Kernel.Snapshots;

/// <summary>
/// The outputs of an executed notebook as a text to compare: one block per cell id, forms in ordinal order, without what
/// differs from run to run. Pictures are kept as their size only; of figures, and of a table's second form, a digest.
/// </summary>
internal sealed class Transcript
{
    private const string SettingsMark = "# ";
    private const string Figure = "application/vnd.plotly.v1+json";
    private const string PlainText = "text/plain";

    private Transcript(string settings, IReadOnlyList<TranscriptBlock> blocks) => (Settings, Blocks) = (settings, blocks);

    // The values the parameters cell was given, as name=value separated by semicolons.
    public string Settings { get; }
    public IReadOnlyList<TranscriptBlock> Blocks { get; }

    /// <summary>Of an executed notebook. Whole means that every coordinate counts: two runs that lie side by side are compared so, but nobody can read or keep it.</summary>
    public static Transcript Of(Notebook notebook, string settings = "", bool isWhole = false) => new(settings, [.. notebook.Cells.Select(cell => Block(cell, isWhole))]);

    public static Transcript Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var settings = lines[0].StartsWith(SettingsMark, StringComparison.Ordinal) ? lines[0][SettingsMark.Length..] : "";
        var starts = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("== ", StringComparison.Ordinal)).Append(lines.Length).ToList();
        return new Transcript(settings, [.. starts.Zip(starts.Skip(1), (from, to) => Block(lines[from..to]))]);
    }

    public override string ToString()
    {
        var lines = Blocks.SelectMany(block => block.Lines.Prepend(block.Heading));
        return string.Join('\n', Settings.Length > 0 ? lines.Prepend(SettingsMark + Settings) : lines) + "\n";
    }

    private static TranscriptBlock Block(string[] lines)
    {
        var heading = lines[0][3..].Split(' ', 2);
        return new TranscriptBlock(heading[0], heading.Length > 1 ? heading[1] : "", lines[1..]);
    }

    private static TranscriptBlock Block(Cell cell, bool isWhole)
    {
        if (cell.Kind is not CellKind.Code) return new TranscriptBlock(cell.Id, "text", []);
        if (cell.Has(TranscriptBlock.SkipTag)) return new TranscriptBlock(cell.Id, TranscriptBlock.SkipTag, []);
        var tolerance = cell.Tags.Where(TranscriptBlock.IsTolerance);
        return new TranscriptBlock(cell.Id, string.Join(' ', tolerance), [.. cell.Outputs.OfType<JsonObject>().SelectMany(output => LinesOf(output, isWhole))]);
    }

    private static IEnumerable<string> LinesOf(JsonObject output, bool isWhole)
    {
        if (output["output_type"]?.ToString() is "stream") return Form(output["name"]?.ToString() ?? "", output["text"]);
        if (output["output_type"]?.ToString() is "error") return Form($"error {output["ename"]}", string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(line => line?.ToString())));
        var data = output["data"] as JsonObject ?? [];
        return data.OrderBy(form => form.Key, StringComparer.Ordinal).SelectMany(form => isWhole ? Form(form.Key, form.Value) : Brief(form.Key, form.Value, data.ContainsKey(PlainText)));
    }

    private static IEnumerable<string> Brief(string name, JsonNode? content, bool isSaidPlainly) => name switch
    {
        Figure => Digest.OfFigure(content).Select(Scrubbed).Prepend($"-- {name}"),
        "text/html" or "text/markdown" when isSaidPlainly => [$"-- {name} {Digest.OfText(Scrubber.Scrub(Lines.Join(content)))}"],
        _ => Form(name, content),
    };

    private static IEnumerable<string> Form(string name, JsonNode? content)
    {
        if (name.StartsWith("image/", StringComparison.Ordinal) && !name.EndsWith("xml", StringComparison.Ordinal)) return [$"-- {name} {SizeOf(content)}"];
        var lines = Lines.IsJson(name) ? JsonLines(content) : Lines.Join(content).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return lines.Select(Scrubbed).Prepend($"-- {name}");
    }

    private static string Scrubbed(string line) => Scrubber.Scrub("  " + line).TrimEnd();

    private static string SizeOf(JsonNode? content) =>
        PngSize.TryDecode(content?.ToString() ?? "", out var bytes) && PngSize.Of(bytes) is var (width, height) ? FormattableString.Invariant($"{width} x {height}") : "";

    // JSON for people who compare: names in order, one to a line, but a list of plain values on one line.
    private static IEnumerable<string> JsonLines(JsonNode? node, string indent = "") => node switch
    {
        JsonObject map => map.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => Named(pair.Key, pair.Value, indent)),
        JsonArray list when !IsPlain(list) => list.SelectMany((item, i) => Named(FormattableString.Invariant($"[{i}]"), item, indent)),
        _ => [indent + PlainJson.Write(node, indented: false)],
    };

    private static IEnumerable<string> Named(string name, JsonNode? value, string indent) =>
        value is JsonObject { Count: > 0 } || value is JsonArray list && !IsPlain(list)
            ? JsonLines(value, indent + "  ").Prepend($"{indent}{name}:")
            : [$"{indent}{name}: {PlainJson.Write(value, indented: false)}"];

    private static bool IsPlain(JsonArray list) => list.All(item => item is null or JsonValue);
}

/// <summary>What a transcript holds of one cell: lines that begin with <c>-- </c> name the form, the others are its text, indented and scrubbed.</summary>
internal sealed record TranscriptBlock(string Id, string Remarks, IReadOnlyList<string> Lines)
{
    public const string ToleranceTag = "tol:";
    public const string SkipTag = "no-snapshot";

    public double Tolerance =>
        Remarks.Split(' ').FirstOrDefault(IsTolerance) is { } tag && ToleranceOf(tag) is { } given ? given : NumberText.DefaultTolerance;

    public static bool IsTolerance(string tag) => tag.StartsWith(ToleranceTag, StringComparison.Ordinal);

    /// <summary>The tolerance a tag gives; null when it gives none.</summary>
    public static double? ToleranceOf(string tag) => double.TryParse(tag.AsSpan(ToleranceTag.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) && double.IsFinite(given) && given >= 0 ? given : null;

    public string Heading => Remarks.Length > 0 ? $"== {Id} {Remarks}" : $"== {Id}";
}

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

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b", RegexOptions.None, 60_000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2})?)?(?!\w)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<![\w.])\d+(?:[.,]\d+)*\s?(?:it|steps?|images?|samples?|epochs?|[kMG]?i?B)/s\b", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<![\w.:])\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?![\w:])|(?<![\w.])\d+(?:\.\d+)?\s?(?:ns|µs|us|ms|s|sec|seconds?|min|minutes?|h|hours?)\b(?!/)", RegexOptions.ExplicitCapture, 60_000)]
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
        RegexOptions.None, 60_000)]
    private static partial Regex Any();
}
