namespace FaLW.Models;

/// <summary>What the system tells about this machine's processor.</summary>
public static class Processor
{
    /// <summary>Its own name; null where the system does not tell.</summary>
    public static string? Name { get; } = Field("model name");

    /// <summary>The instruction sets it names, as Linux spells them; none where the system does not tell.</summary>
    public static IReadOnlyList<string> Flags { get; } = Field("flags")?.Split(' ') ?? [];

    private static string? Field(string name)
    {
        const string Source = "/proc/cpuinfo";
        if (!File.Exists(Source)) return null;
        var line = File.ReadLines(Source).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
