using System.CommandLine;
using FaLW.Experiments;
using FaLW.Kernel.Commands;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary><c>falw notebook</c> and <c>falw kernel</c>: passed on word by word to the kernel, which knows nothing of the kit.</summary>
internal static class NotebookCommands
{
    public static Command Notebook() =>
        PassOn("notebook", "Run notebooks from top to bottom, and verify that they still give what they gave.", NotebookCommand.Usage, Run);

    public static Command Kernel() =>
        PassOn("kernel", "Make C# notebooks run in Jupyter and VS Code.", KernelCommand.Usage, KernelCommand.RunAsync);

    // What a machine has kept was computed with its own threads and instruction set; what is verified must come from records or from nothing.
    private static async Task<int> Run(string[] arguments)
    {
        if (arguments is not ["verify", ..]) return await NotebookCommand.RunAsync(arguments);
        var before = Environment.GetEnvironmentVariable(ExperimentCache.Variable);
        var place = Directory.CreateTempSubdirectory("falw-verify-").FullName;
        Environment.SetEnvironmentVariable(ExperimentCache.Variable, place);
        try
        {
            return await NotebookCommand.RunAsync(arguments);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ExperimentCache.Variable, before);
            Directory.Delete(place, recursive: true);
        }
    }

    private static Command PassOn(string name, string sentence, string usage, Func<string[], Task<int>> run)
    {
        var command = new Command(name, $"{sentence}\n{usage}") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, _) => run([.. parsed.UnmatchedTokens]));
        return command;
    }
}
