using System.Text.Json.Nodes;

namespace FaLW.Kernel.Notebooks;

/// <summary>One cell of a notebook. What this class does not know of is kept as it was read.</summary>
public sealed class Cell
{
    private readonly JsonObject rest;

    internal Cell(JsonObject rest, CellKind kind, string id, string source)
    {
        this.rest = rest;
        (Kind, Id, Source) = (kind, id, source);
        Metadata = Take<JsonObject>("metadata") ?? [];
        Outputs = Take<JsonArray>("outputs") ?? [];
        ExecutionCount = Take<JsonValue>("execution_count")?.GetValue<int>();
    }

    /// <summary>A new cell.</summary>
    /// <param name="kind">What it holds.</param>
    /// <param name="id">Its stable name: letters, digits, '-' and '_', at most 64.</param>
    /// <param name="source">Its text, lines separated by '\n'.</param>
    public Cell(CellKind kind, string id, string source) : this([], kind, id, source) { }

    /// <summary>Code, prose or raw text.</summary>
    public CellKind Kind { get; }

    /// <summary>The stable name that tests and links know the cell by.</summary>
    public string Id { get; }

    /// <summary>The text of the cell, lines separated by '\n'.</summary>
    public string Source { get; set; }

    /// <summary>The metadata of the cell.</summary>
    public JsonObject Metadata { get; }

    /// <summary>What the cell put out when it last ran, in the notebook format's own form.</summary>
    public JsonArray Outputs { get; }

    /// <summary>Its place in the last run, from 1; null when it has not run.</summary>
    public int? ExecutionCount { get; set; }

    /// <summary>The tags in the cell's metadata.</summary>
    public IReadOnlyList<string> Tags =>
        Metadata["tags"] is JsonArray tags ? [.. tags.Select(tag => tag?.ToString() ?? "")] : [];

    /// <summary>Whether the cell carries a tag.</summary>
    /// <param name="tag">The tag, letter by letter.</param>
    public bool Has(string tag) => Tags.Contains(tag, StringComparer.Ordinal);

    internal JsonObject ToJson()
    {
        var json = (JsonObject)rest.DeepClone();
        json["cell_type"] = KindName;
        json["id"] = Id;
        json["metadata"] = Metadata.DeepClone();
        json["source"] = Lines.Split(Source);
        if (Kind is not CellKind.Code) return json;
        json["execution_count"] = ExecutionCount;
        json["outputs"] = new JsonArray([.. Outputs.Select(output => OutputLines.Split((JsonObject)output!))]);
        return json;
    }

    private string KindName => Kind switch { CellKind.Code => "code", CellKind.Markdown => "markdown", _ => "raw" };

    private T? Take<T>(string name) where T : JsonNode
    {
        var node = rest[name];
        rest.Remove(name);
        return node as T;
    }
}
