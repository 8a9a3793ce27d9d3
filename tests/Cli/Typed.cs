using FaLW.Cli;

namespace FaLW.Tests.Cli;

/// <summary>A command line run inside this process.</summary>
internal static class Typed
{
    public static async Task<(int Code, string Output, string Error)> Run(string typed)
    {
        using StringWriter output = new(), error = new();
        var code = await CommandLine.Run(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Terminal(output, error, IsLive: false));
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>It is refused with this code, in words that hold these, and computes nothing; what it printed all the same.</summary>
    public static async Task<string> Refused(string typed, int code, params string[] words)
    {
        var (found, output, error) = await Run(typed);
        Assert.Equal(code, found);
        Assert.All(words, word => Assert.Contains(word, error, StringComparison.Ordinal));
        Assert.DoesNotContain(": started", error, StringComparison.Ordinal);
        return output;
    }
}
