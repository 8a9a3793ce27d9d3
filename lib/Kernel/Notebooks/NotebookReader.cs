namespace FaLW.Kernel.Notebooks;

/// <summary>Text to notebook, with a sentence for everything that is not one.</summary>
internal static class NotebookReader
{
    public static Notebook Read(byte[] file, string name)
    {
        var root = ForeignText.Object(file, (reason, inner) => new NotebookFault($"'{name}' is not a notebook: {reason}. Restore it from version control.", inner));
        if (root.Get("nbformat", double.NaN) is var version && version != 4)
            throw new NotebookFault(version > 4
                ? FormattableString.Invariant($"'{name}' is a notebook of version {version}, newer than 4, which this kit reads. Save it as version 4, or use a newer kit.")
                : $"'{name}' is not a version 4 notebook. Open it in Jupyter and save it again, which converts it.");
        if (root["cells"] is not JsonArray cells) throw new NotebookFault($"'{name}' has no list of cells. Restore it from version control.");
        var taken = cells.OfType<JsonObject>().Select(cell => cell["id"]?.ToString()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new Notebook([.. cells.Select((cell, place) => ReadCell(cell as JsonObject, place + 1, taken, name))], root["metadata"]?.DeepClone() as JsonObject ?? []);
    }

    private static Cell ReadCell(JsonObject? cell, int place, HashSet<string> taken, string name)
    {
        if (cell is null) throw new NotebookFault(FormattableString.Invariant($"Cell {place} of '{name}' is not a JSON object. Restore the notebook from version control."));
        var rest = (JsonObject)cell.DeepClone();
        foreach (var known in new[] { "id", "source", "cell_type" }) rest.Remove(known);
        if (rest["outputs"] is JsonArray outputs) rest["outputs"] = new JsonArray([.. outputs.OfType<JsonObject>().Select(Lines.Join)]);
        var kind = cell["cell_type"]?.ToString() switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw new NotebookFault(FormattableString.Invariant($"Cell {place} of '{name}' is of the unknown kind '{other}'. It must be code, markdown or raw.")),
        };
        return new Cell(rest, kind, cell["id"]?.ToString() ?? FreeId(place, taken), Lines.Join(cell["source"]));
    }

    // An id that a cell lacks comes from its place, never from chance: reading twice gives the same notebook.
    private static string FreeId(int place, HashSet<string> taken)
    {
        var id = FormattableString.Invariant($"cell-{place:00}");
        while (!taken.Add(id)) id += "a";
        return id;
    }
}

/// <summary>
/// The notebook format keeps text as a list of lines, each with its line end, so that differences read well: sources, streams,
/// and text and SVG of a bundle.
/// </summary>
internal static class Lines
{
    public static JsonArray Split(string text)
    {
        var lines = text.Split('\n');
        var ended = lines.Select((line, i) => i < lines.Length - 1 ? line + "\n" : line).Where(line => line.Length > 0);
        return new JsonArray([.. ended.Select(line => JsonValue.Create(line))]);
    }

    public static string Join(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => line?.ToString())),
        null => "",
        _ => node.ToString(),
    };

    /// <summary>An output with its texts as lists of lines.</summary>
    public static JsonObject Split(JsonObject output) => Changed(output, IsText, text => text is JsonValue ? Split(text.ToString()) : null);

    /// <summary>An output with each of its texts in one piece.</summary>
    public static JsonObject Join(JsonObject output) => Changed(output, mime => !IsJson(mime), text => text is JsonArray ? Join((JsonNode)text) : null);

    public static bool IsJson(string mime) =>
        mime is "application/json" || mime.StartsWith("application/", StringComparison.Ordinal) && mime.EndsWith("+json", StringComparison.Ordinal);

    private static bool IsText(string mime) => mime.StartsWith("text/", StringComparison.Ordinal) || mime is "image/svg+xml" or "application/javascript";

    private static JsonObject Changed(JsonObject output, Func<string, bool> concerns, Func<JsonNode?, JsonNode?> change)
    {
        var copy = (JsonObject)output.DeepClone();
        if (change(copy["text"]) is { } text) copy["text"] = text;
        if (copy["data"] is not JsonObject data) return copy;
        foreach (var (mime, value) in data.ToList())
            if (concerns(mime) && change(value) is { } changed)
                data[mime] = changed;
        return copy;
    }
}
