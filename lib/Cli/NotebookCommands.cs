using System.CommandLine;
using FaLW.Kernel.Commands;

namespace FaLW.Cli;

/// <summary><c>falw notebook</c> and <c>falw kernel</c>: passed on word by word to the kernel, which knows nothing of the kit.</summary>
internal static class NotebookCommands
{
    public static Command Notebook() =>
        PassOn("notebook", "Run notebooks from top to bottom, and verify that they still give what they gave.", NotebookCommand.Usage, NotebookCommand.RunAsync);

    public static Command Kernel() =>
        PassOn("kernel", "Make C# notebooks run in Jupyter and VS Code.", KernelCommand.Usage, KernelCommand.RunAsync);

    private static Command PassOn(string name, string sentence, string usage, Func<string[], Task<int>> run)
    {
        var command = new Command(name, $"{sentence}\n{usage}") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, _) => run([.. parsed.UnmatchedTokens]));
        return command;
    }
}
