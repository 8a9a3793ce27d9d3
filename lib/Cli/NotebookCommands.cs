using System.CommandLine;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Interactive;
using FaLW.Kernel.Commands;
using FaLW.Kernel.Jupyter;

namespace FaLW.Cli;

/// <summary><c>falw notebook</c> and <c>falw kernel</c>: passed on word by word to the kernel, which knows nothing of the kit or of another engine.</summary>
internal static class NotebookCommands
{
    private const string OtherEngine = """
        kernel install --engine interactive [--name NAME] [--prefix DIR] [--force]
            .NET Interactive beside this kernel, in the version that .config/dotnet-tools.json names; it is fetched first (226 MB).
            --name      how front ends list it (.net-interactive)
        """;

    public static Command Notebook() =>
        PassOn("notebook", "Run notebooks from top to bottom, and verify that they still give what they gave.", NotebookCommand.Usage, Run);

    public static Command Kernel() =>
        PassOn("kernel", "Make C# notebooks run in Jupyter and VS Code.", $"{KernelCommand.Usage}\n{OtherEngine}", Kernel);

    private static Task<int> Kernel(string[] line) => line is ["install", .. var rest] && rest.Contains("--engine", StringComparer.Ordinal)
        ? Endings.Of(OtherEngine, () => Task.FromResult(Install(Arguments.Read(rest, ["--engine", "--name", "--prefix"], ["--force"]))))
        : KernelCommand.RunAsync(line);

    private static int Install(Arguments asked)
    {
        if (asked.Value("--engine") != "interactive" || asked.Words.Count > 0) throw new UsageException("The other engine is called 'interactive'; without --engine the kit's own kernel is installed.");
        var name = asked.Value("--name") ?? InteractiveTool.KernelName;
        var folder = KernelSpec.FolderOf(name, asked.Value("--prefix"));
        if (!asked.Has("--force") && !InteractiveTool.MayBeWrittenTo(folder)) throw new Fault($"Another kernel is installed as '{name}' in {folder}. Add --force to replace it, or --name to install beside it.");
        InteractiveTool.Install(folder);
        Console.WriteLine($".NET Interactive {InteractiveTool.Version} is installed as '{name}' in {folder}. Reload the window of VS Code, or the page of Jupyter, to see it.");
        return ExitCode.Done;
    }

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
