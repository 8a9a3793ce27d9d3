namespace FaLW.Tests.House;

/// <summary>One idea per file, never more than 350 lines. Members are held to 30 by the analyzer (MA0051).</summary>
public sealed class Lengths
{
    private const int Longest = 350;

    [Fact]
    public void No_file_is_longer_than_350_lines()
    {
        var tooLong = Repository.Sources("lib", "tests").Where(f => f.Lines.Length > Longest).Select(f => $"{f.Path}: {f.Lines.Length} lines").ToList();
        Assert.True(tooLong.Count == 0, string.Join('\n', tooLong));
    }

    [Fact]
    public void No_file_is_a_drawer()
    {
        string[] drawers = ["Util", "Helper", "Common", "Manager", "Misc"];
        var found = Repository.Sources("lib", "tests").Where(f => drawers.Any(d => Path.GetFileName(f.Path).Contains(d, StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(found.Select(f => f.Path));
    }
}
