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
}
