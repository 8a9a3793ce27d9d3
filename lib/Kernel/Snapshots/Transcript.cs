using System.Text.Json.Nodes;
using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Snapshots;

/// <summary>
/// The outputs of an executed notebook as a text to compare: one block per cell id, forms in ordinal order, without what
/// differs from run to run. Pictures are kept as their size only.
/// </summary>
internal sealed class Transcript
{
    private const string SettingsMark = "# ";

    private Transcript(string settings, IReadOnlyList<TranscriptBlock> blocks) => (Settings, Blocks) = (settings, blocks);

    /// <summary>The values the parameters cell was given, as <c>name=value</c> separated by semicolons; empty for none.</summary>
    public string Settings { get; }

    public IReadOnlyList<TranscriptBlock> Blocks { get; }

    public static Transcript Of(Notebook notebook, string settings = "") => new(settings, [.. notebook.Cells.Select(Block)]);

    /// <summary>Reads a transcript that <see cref="ToString"/> wrote.</summary>
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

    private static TranscriptBlock Block(Cell cell)
    {
        if (cell.Kind is not CellKind.Code) return new TranscriptBlock(cell.Id, "text", []);
        if (cell.Has(TranscriptBlock.SkipTag)) return new TranscriptBlock(cell.Id, TranscriptBlock.SkipTag, []);
        var tolerance = cell.Tags.Where(tag => tag.StartsWith(TranscriptBlock.ToleranceTag, StringComparison.Ordinal));
        return new TranscriptBlock(cell.Id, string.Join(' ', tolerance), [.. cell.Outputs.OfType<JsonObject>().SelectMany(Lines)]);
    }

    private static IEnumerable<string> Lines(JsonObject output) => output["output_type"]?.ToString() switch
    {
        "stream" => Form(output["name"]?.ToString() ?? "", output["text"]),
        "error" => Form($"error {output["ename"]}", string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(line => line?.ToString()))),
        _ => (output["data"] as JsonObject ?? []).OrderBy(form => form.Key, StringComparer.Ordinal).SelectMany(form => Form(form.Key, form.Value)),
    };

    private static IEnumerable<string> Form(string name, JsonNode? content)
    {
        if (name.StartsWith("image/", StringComparison.Ordinal) && !name.EndsWith("xml", StringComparison.Ordinal)) return [$"-- {name} {SizeOf(content)}"];
        var lines = OutputLines.IsJson(name) ? TranscriptJson.Lines(content) : Notebooks.Lines.Join(content).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return lines.Select(line => Scrubber.Scrub("  " + line).TrimEnd()).Prepend($"-- {name}");
    }

    private static string SizeOf(JsonNode? content) =>
        PngSize.TryDecode(content?.ToString() ?? "", out var bytes) && PngSize.Of(bytes) is var (width, height) ? FormattableString.Invariant($"{width} x {height}") : "";
}
