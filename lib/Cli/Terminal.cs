namespace FaLW.Cli;

/// <summary>Where the command speaks: results on one stream, progress and sentences about what went wrong on the other.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress, notices, faults.</param>
/// <param name="IsLive">Whether progress can be redrawn in place: a person is watching the error stream.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsLive)
{
    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb");
}
