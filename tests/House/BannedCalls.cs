using System.Text.RegularExpressions;

namespace FaLW.Tests.House;

/// <summary>What would make two runs differ, or speak where nobody asked, is banned from the library by name.</summary>
public sealed class BannedCalls
{
    public static TheoryData<string, string, string> Rules => new()
    {
        { @"\bDateTime(Offset)?\.(Utc)?Now\b", "the wall clock belongs to provenance", "Provenance" },
        { @"new Random\(\s*\)", "a generator needs a seed", "" },
        { @"Guid\.NewGuid\(", "a random name makes outputs differ", "ExperimentCache|AtomicFile|CacheEntry" },
        { @"CultureInfo\.CurrentCulture|CurrentUICulture", "numbers are printed the same everywhere", "" },
        { @"\bConsole\.", "only Display and the command talk to the console", "Figures/Display" },
        { @"Thread\.Sleep|Task\.Delay", "waiting is not a method", "" },
        { @"\.matmul\(", "shapes that do not fit end the process; mm, mv and bmm throw", "" },
        { @"\bautograd\.grad\(", "an input that is not in the graph ends the process; backward() leaves its gradient null", "" },
        { @"""/(home|root|tmp|usr|Users)/", "an absolute path is somebody's machine", "" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_library_does_not_call(string pattern, string reason, string exceptIn)
    {
        var banned = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        var found = from file in Repository.Sources("lib/FaLW")
                    where exceptIn.Length == 0 || !Regex.IsMatch(file.Path, exceptIn, RegexOptions.None, TimeSpan.FromSeconds(1))
                    from line in file.Lines.Select((text, i) => (text, number: i + 1))
                    where banned.IsMatch(line.text) && !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    select $"{file.Path}:{line.number}: {reason}: {line.text.Trim()}";
        var complaints = found.ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
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
        var product = new Regex(@"\bweights?\s*\*\s*\w*[lL]oss\w*\b|\b\w*[lL]oss\w*\s*\*\s*weights?\b|[lL]oss\w*\.mul_?\(weights?", RegexOptions.None, TimeSpan.FromSeconds(1));
        var lines = Repository.Sources("lib/FaLW").SelectMany(f => f.Lines.Where(l => product.IsMatch(l) && !l.TrimStart().StartsWith("//", StringComparison.Ordinal)).Select(l => $"{f.Path}: {l.Trim()}")).ToList();
        Assert.True(lines.Count == 1, $"expected exactly one line, found {lines.Count}:\n{string.Join('\n', lines)}");
    }
}
