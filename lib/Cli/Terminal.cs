using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaLW.Cli;

/// <summary>Where the command speaks: results on one stream, progress and sentences about what went wrong on the other.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress, notices, faults.</param>
/// <param name="IsLive">Whether progress can be redrawn in place: a person is watching the error stream.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsLive)
{
    private const int WidthOfFile = 140;

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    /// <summary>Draws a table on the output, as wide as the terminal, or as a page where there is none.</summary>
    public void Write(IRenderable drawing)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });
        if (!ReferenceEquals(Output, Console.Out) || Console.IsOutputRedirected) console.Profile.Width = WidthOfFile;
        console.Write(drawing);
    }
}
