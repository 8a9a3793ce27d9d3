using System.Text.Json.Nodes;

namespace FaLW.Kernel.Notebooks;

/// <summary>The metadata by which Jupyter, VS Code and the retired .NET Interactive all know a C# notebook.</summary>
internal static class NotebookMetadata
{
    public const string KernelName = ".net-csharp";
    public const string DisplayName = ".NET (C#)";
    public const string Language = "C#";

    /// <summary>Adds what is missing; what is there stays.</summary>
    public static void Complete(Notebook notebook)
    {
        Add(notebook.Metadata, "kernelspec", new JsonObject { ["display_name"] = DisplayName, ["language"] = Language, ["name"] = KernelName });
        Add(notebook.Metadata, "language_info", LanguageInfo());
        Add(notebook.Metadata, "polyglot_notebook", Polyglot());
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind is CellKind.Code)) CompleteCell(cell);
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

    private static void CompleteCell(Cell cell)
    {
        Add(cell.Metadata, "dotnet_interactive", new JsonObject { ["language"] = "csharp" });
        Add(cell.Metadata, "polyglot_notebook", new JsonObject { ["kernelName"] = "csharp" });
    }

    private static void Add(JsonObject to, string name, JsonObject value)
    {
        if (!to.ContainsKey(name)) to[name] = value;
    }
}
