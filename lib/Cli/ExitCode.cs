namespace FaLW.Cli;

/// <summary>What the shell is told.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What was asked failed; a sentence on the error stream says why and what to do.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>Stopped by Ctrl-C; the same command goes on where it stopped.</summary>
    public const int Interrupted = 130;
}
