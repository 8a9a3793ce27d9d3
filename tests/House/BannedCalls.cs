namespace FaLW.Tests.House;

/// <summary>What no analyzer sees. Calls that would make two runs differ, or speak where nobody asked, are banned by lib/BannedSymbols.txt.</summary>
public sealed class BannedCalls
{
    [Fact]
    public void The_library_knows_no_path_of_a_machine()
    {
        var path = new Regex(@"""/(home|root|tmp|usr|Users)/", RegexOptions.None, TimeSpan.FromMinutes(1));
        var found = from file in Repository.Sources("lib/FaLW")
                    from line in file.Lines
                    where path.IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    select $"{file.Path}: {line.Trim()}";
        Assert.Empty(found);
    }

    [Fact]
    public void Nothing_unfinished_is_left_in_the_source()
    {
        string[] marks = ["NotImplemented" + "Exception", "TO" + "DO", "FIX" + "ME", "Ski" + "p ="];
        var found = from file in Repository.Sources("lib", "tests")
                    from line in file.Lines
                    where marks.Any(m => line.Contains(m, StringComparison.Ordinal))
                    select $"{file.Path}: {line.Trim()}";
        Assert.Empty(found);
    }

    [Fact]
    public void One_line_multiplies_weight_and_loss()
    {
        var product = new Regex(@"\b(weights?|own|factors?|shares?)\s*\*\s*\(?\w*[lL]oss\w*\b|\b\w*[lL]oss\w*\s*\*\s*\(?(weights?|own|factors?|shares?)\b|[lL]oss\w*\.mul_?\((weights?|own|factor|share)", RegexOptions.None, TimeSpan.FromMinutes(1));
        var lines = Repository.Sources("lib/FaLW").SelectMany(f => f.Lines.Where(l => product.IsMatch(l) && !l.TrimStart().StartsWith("//", StringComparison.Ordinal)).Select(l => $"{f.Path}: {l.Trim()}")).ToList();
        Assert.True(lines.Count == 1, $"expected exactly one line, found {lines.Count}:\n{string.Join('\n', lines)}");
    }
}
