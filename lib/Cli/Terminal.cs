using System.Diagnostics;
using System.Runtime.InteropServices;
using FaLW.Data;
using FaLW.Kernel;
using FaLW.Kernel.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaLW.Cli;

/// <summary>
/// Where the command speaks: results on one stream, progress and sentences about what went wrong on the other. It is live where a person watches the latter, so
/// that progress can be redrawn in place.
/// </summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsLive)
{
    private const int WidthOfFile = 140;

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess()
    {
        Console.SetError(new Unheard(Console.Error));
        return new(Console.Out, Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb");
    }

    /// <summary>Draws a table on the output, as wide as the terminal, or as a page where there is none.</summary>
    public void Write(IRenderable drawing)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });
        if (!ReferenceEquals(Output, Console.Out) || Console.IsOutputRedirected) console.Profile.Width = WidthOfFile;
        console.Write(drawing);
    }
}

/// <summary>
/// Ctrl-C and a polite kill: the first asks the work to stop, and if it has not after a moment, or on the second,
/// the process ends at once. Nothing is lost either way, since finished stages are kept and unfinished ones are never seen.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] signals;
    private readonly Terminal terminal;
    private Timer? impatience;

    // A process that helps ends with its input, whose other end the process has that started it.
    public Interrupt(Terminal terminal, bool untilInputEnds = false)
    {
        this.terminal = terminal;
        if (untilInputEnds) Owner.Watch(Console.OpenStandardInput(), End);
        signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        impatience?.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested) End();
        impatience = new Timer(_ => End(), null, Moment, Timeout.InfiniteTimeSpan);
        source.Cancel();
    }

    // Not Environment.Exit: that would tear libtorch down under the threads that are still computing.
    private void End()
    {
        Ending.Interrupted(terminal);
        terminal.Error.Flush();
        if (LibC.IsThere) LibC.Exit(ExitCode.Interrupted);
        Process.GetCurrentProcess().Kill();
    }
}

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
        $"libtorch cannot be loaded. Delete the folder .build and run the same command again; '{Checkout.Command} doctor' tells more. " +
        $"The loader says: {fault.Message.ReplaceLineEndings(" ")}";
}
