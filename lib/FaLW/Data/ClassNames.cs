using System.Collections.Frozen;

namespace FaLW.Data;

/// <summary>The names of the classes of image sets, from the sets' own lists (class-names.txt); digits are their own names, turned ones say by how much, clockwise.</summary>
internal static class ClassNames
{
    private static readonly FrozenDictionary<string, string[]> Known = Read();

    /// <summary>The names in the order of the labels; empty where the set gives none.</summary>
    public static IReadOnlyList<string> Of(string benchmark) => Known.GetValueOrDefault(benchmark, []);

    private static FrozenDictionary<string, string[]> Read()
    {
        using var text = new StreamReader(typeof(ClassNames).Assembly.GetManifestResourceStream("class-names.txt")!);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")).ToFrozenDictionary(line => line[0], line => line[1].Split(", "), StringComparer.Ordinal);
    }
}
