namespace FaLW.Figures;

/// <summary>Files that travel inside the assembly: the typeface, the report's style sheet and script.</summary>
internal static class Resources
{
    public static Stream Open(string name) =>
        typeof(Resources).Assembly.GetManifestResourceStream("FaLW.Figures." + name) ?? throw new InvalidOperationException(
            $"The file '{name}' is missing inside FaLW.dll. Build the library again from a whole checkout.");

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
