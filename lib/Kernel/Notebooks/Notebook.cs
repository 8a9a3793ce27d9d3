using System.Text.Json.Nodes;

namespace FaLW.Kernel.Notebooks;

/// <summary>A Jupyter notebook, nbformat 4.5. Older minor versions are read and become 4.5; what is not known is kept.</summary>
public sealed class Notebook
{
    /// <summary>The minor version that is written: the first with stable cell ids.</summary>
    internal const int MinorVersion = 5;

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
    public static Notebook Load(string path)
    {
        if (!File.Exists(path)) throw new NotebookFault($"There is no notebook '{path}'. Give the path of an .ipynb file.");
        return NotebookReader.Read(File.ReadAllText(path), Path.GetFileName(path));
    }

    /// <summary>Reads a notebook from its text.</summary>
    /// <param name="json">The text of an <c>.ipynb</c> file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="NotebookFault">It is not a version 4 notebook.</exception>
    public static Notebook Parse(string json, string name = "the notebook") => NotebookReader.Read(json, name);

    /// <summary>Writes the notebook, whole or not at all.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    public void Save(string path)
    {
        var beside = path + ".tmp";
        File.WriteAllText(beside, ToJson());
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The text of the notebook, as Jupyter's own tools would write it.</summary>
    public string ToJson()
    {
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. Cells.Select(cell => cell.ToJson())]),
            ["metadata"] = Metadata.DeepClone(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = MinorVersion,
        };
        return PlainJson.Write(json) + "\n";
    }
}
