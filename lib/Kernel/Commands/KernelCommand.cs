using FaLW.Kernel.Jupyter;

namespace FaLW.Kernel.Commands;

/// <summary>The commands <c>kernel install</c> and <c>kernel start</c>.</summary>
public static class KernelCommand
{
    /// <summary>How the commands are used.</summary>
    public const string Usage = """
        kernel start CONNECTION_FILE
            Serves a Jupyter front end; front ends call this themselves.
        """;

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The words after <c>kernel</c>.</param>
    /// <returns>0 done; 1 it failed, a sentence on the error stream says why; 2 wrong usage.</returns>
    public static Task<int> RunAsync(string[] arguments) => Endings.Of(Usage, () => Task.FromResult(arguments switch
    {
        ["start", var file] => Serve(file),
        _ => throw new UsageException("The commands are: kernel install, kernel start."),
    }));

    private static int Serve(string file)
    {
        JupyterKernel.Start(file);
        // A cell may have started threads that would keep the process alive.
        Environment.Exit(ExitCode.Done);
        return ExitCode.Done;
    }
}
