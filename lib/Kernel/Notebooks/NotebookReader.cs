using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FaLW.Kernel.Notebooks;

/// <summary>Text to notebook, with a sentence for everything that is not one.</summary>
internal static class NotebookReader
{
    public static Notebook Read(string json, string name)
    {
        var root = Root(json, name);
        if (Version(root, "nbformat") != 4)
            throw new NotebookFault($"'{name}' is not a version 4 notebook. Open it in Jupyter and save it again, which converts it.");
        if (root["cells"] is not JsonArray cells)
            throw new NotebookFault($"'{name}' has no list of cells. Restore it from version control.");
        var taken = cells.OfType<JsonObject>().Select(cell => cell["id"]?.ToString()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var read = cells.Select((cell, place) => ReadCell(cell as JsonObject, place + 1, taken, name)).ToList();
        return new Notebook(read, root["metadata"]?.DeepClone() as JsonObject ?? []);
    }

    private static JsonObject Root(string json, string name)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new NotebookFault($"'{name}' is not a notebook: it holds no JSON object.");
        }
        catch (JsonException broken)
        {
            throw new NotebookFault(FormattableString.Invariant($"'{name}' is not a notebook: line {broken.LineNumber + 1} is not JSON. Restore it from version control."), broken);
        }
    }

    private static Cell ReadCell(JsonObject? cell, int place, HashSet<string> taken, string name)
    {
        if (cell is null) throw new NotebookFault(FormattableString.Invariant($"Cell {place} of '{name}' is not a JSON object. Restore the notebook from version control."));
        var rest = (JsonObject)cell.DeepClone();
        foreach (var known in new[] { "id", "source", "cell_type" }) rest.Remove(known);
        if (rest["outputs"] is JsonArray outputs)
            rest["outputs"] = new JsonArray([.. outputs.OfType<JsonObject>().Select(OutputLines.Join)]);
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
        var id = string.Create(CultureInfo.InvariantCulture, $"cell-{place:00}");
        while (!taken.Add(id)) id += "a";
        return id;
    }

    private static int? Version(JsonObject root, string name) =>
        root[name] is JsonValue value && value.TryGetValue<int>(out var version) ? version : null;
}
