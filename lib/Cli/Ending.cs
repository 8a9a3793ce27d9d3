using FaLW.Data;

namespace FaLW.Cli;

/// <summary>How a command that did not go through ends: one sentence, one exit code. FALW_DEBUG=1 adds the stack.</summary>
internal static class Ending
{
    /// <summary>Says what happened and returns the exit code for it.</summary>
    public static int Of(Exception fault, Terminal terminal)
    {
        if (fault is OperationCanceledException) return Interrupted(terminal);
        terminal.Error.WriteLine(Sentence(fault));
        if (Environment.GetEnvironmentVariable("FALW_DEBUG") is "1") terminal.Error.WriteLine(fault);
        return ExitCode.Failed;
    }

    /// <summary>Says how to go on after an interruption.</summary>
    public static int Interrupted(Terminal terminal)
    {
        terminal.Error.WriteLine("Interrupted. Finished stages are kept; the same command goes on from there.");
        return ExitCode.Interrupted;
    }

    private static string Sentence(Exception fault) => fault switch
    {
        Fault or InvalidDataException => fault.Message,
        UnauthorizedAccessException or IOException => $"{fault.Message.TrimEnd('.')}. Check the place and its free space, then run the same command again.",
        DllNotFoundException => NoLibtorch(fault),
        NotSupportedException when fault.Message.Contains("libtorch", StringComparison.OrdinalIgnoreCase) => NoLibtorch(fault),
        TypeInitializationException { InnerException: { } cause } => Sentence(cause),
        _ => $"{fault.Message} (This is not a sentence meant for you: {fault.GetType().Name}. FALW_DEBUG=1 shows where it comes from; please report it.)",
    };

    private static string NoLibtorch(Exception fault) =>
        "libtorch cannot be loaded. Delete the folder .build and run the same command again; 'environment/falw doctor' tells more. " +
        $"The loader says: {fault.Message.ReplaceLineEndings(" ")}";
}
