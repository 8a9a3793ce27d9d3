using System.Text;

namespace FaLW.Kernel.Notebooks;

/// <summary>A Jupyter notebook, nbformat 4.5. Older minor versions are read and become 4.5; what is not known is kept.</summary>
public sealed class Notebook
{
    // The first minor version with stable cell ids.
    private const int MinorVersion = 5;

    /// <summary>A notebook of the given cells.</summary>
    /// <param name="cells">The cells, in order.</param>
    /// <param name="metadata">The notebook's metadata; null for those of a C# notebook.</param>
    public Notebook(IEnumerable<Cell> cells, JsonObject? metadata = null)
    {
        Cells = [.. cells];
        Metadata = metadata ?? [];
        if (metadata is null) NotebookMetadata.Complete(this);
    }

    /// <summary>The cells, in order.</summary>
    public IList<Cell> Cells { get; }

    /// <summary>The metadata of the notebook.</summary>
    public JsonObject Metadata { get; }

    /// <summary>The code cells that have something to execute, in order.</summary>
    public IEnumerable<Cell> CodeCells => Cells.Where(cell => cell.Kind is CellKind.Code && !string.IsNullOrWhiteSpace(cell.Source));

    /// <summary>Reads a notebook file.</summary>
    /// <param name="path">An <c>.ipynb</c> file.</param>
    /// <exception cref="NotebookFault">There is no such file, or it is not a version 4 notebook.</exception>
    public static Notebook Load(string path) => NotebookReader.Read(BytesOf(path), Path.GetFileName(path));

    /// <summary>Reads a notebook from its text.</summary>
    /// <param name="json">The text of an <c>.ipynb</c> file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="NotebookFault">It is not a version 4 notebook.</exception>
    public static Notebook Parse(string json, string name = "the notebook") => NotebookReader.Read(Encoding.UTF8.GetBytes(json), name);

    internal static byte[] BytesOf(string path) => File.Exists(path)
        ? File.ReadAllBytes(path)
        : throw new NotebookFault($"There is no notebook '{path}'. Give the path of an .ipynb file.");

    /// <summary>Writes the notebook, whole or not at all.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    public void Save(string path) => WholeFile.Write(path, ToJson());

    /// <summary>The text of the notebook, as Jupyter's own tools would write it.</summary>
    public string ToJson() => PlainJson.Write(new JsonObject
    {
        ["cells"] = new JsonArray([.. Cells.Select(cell => cell.ToJson())]),
        ["metadata"] = Metadata.DeepClone(),
        ["nbformat"] = 4,
        ["nbformat_minor"] = MinorVersion,
    }) + "\n";
}

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
        // A count that is none is no fault: a run writes it anew.
        ExecutionCount = Take<JsonValue>("execution_count")?.TryGetValue<int>(out var count) is true ? count : null;
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
    public IReadOnlyList<string> Tags => Metadata["tags"] is JsonArray tags ? [.. tags.Select(tag => tag?.ToString() ?? "")] : [];

    /// <summary>Whether the cell carries a tag.</summary>
    /// <param name="tag">The tag, letter by letter.</param>
    public bool Has(string tag) => Tags.Contains(tag, StringComparer.Ordinal);

    internal JsonObject ToJson()
    {
        var json = (JsonObject)rest.DeepClone();
        json["cell_type"] = Kind switch { CellKind.Code => "code", CellKind.Markdown => "markdown", _ => "raw" };
        json["id"] = Id;
        json["metadata"] = Metadata.DeepClone();
        json["source"] = Lines.Split(Source);
        if (Kind is not CellKind.Code) return json;
        json["execution_count"] = ExecutionCount;
        json["outputs"] = new JsonArray([.. Outputs.Select(output => Lines.Split((JsonObject)output!))]);
        return json;
    }

    private T? Take<T>(string name) where T : JsonNode
    {
        var node = rest[name];
        rest.Remove(name);
        return node as T;
    }
}

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Code to be executed.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Text that nobody interprets.</summary>
    Raw,
}

/// <summary>The metadata by which Jupyter, VS Code and .NET Interactive all know a C# notebook.</summary>
internal static class NotebookMetadata
{
    public const string KernelName = ".net-csharp";
    public const string DisplayName = ".NET (C#)";
    public const string Language = "C#";

    // What is there stays.
    public static void Complete(Notebook notebook)
    {
        notebook.Metadata.TryAdd("kernelspec", new JsonObject { ["display_name"] = DisplayName, ["language"] = Language, ["name"] = KernelName });
        notebook.Metadata.TryAdd("language_info", LanguageInfo());
        notebook.Metadata.TryAdd("polyglot_notebook", Polyglot());
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind is CellKind.Code))
        {
            cell.Metadata.TryAdd("dotnet_interactive", new JsonObject { ["language"] = "csharp" });
            cell.Metadata.TryAdd("polyglot_notebook", new JsonObject { ["kernelName"] = "csharp" });
        }
    }

    public static JsonObject LanguageInfo() => new()
    {
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = Language,
        ["pygments_lexer"] = "csharp",
    };

    private static JsonObject Polyglot() => new()
    {
        ["kernelInfo"] = new JsonObject
        {
            ["defaultKernelName"] = "csharp",
            ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = Language, ["name"] = "csharp" }),
        },
    };
}
