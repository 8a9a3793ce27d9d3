using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace FaLW.Cli;

/// <summary>The command <c>falw</c>: its parts, and how any of them ends.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line and returns the exit code.</summary>
    public static async Task<int> Run(string[] arguments, Terminal terminal)
    {
        var parsed = CommandLineParser.Parse(Whole(terminal), arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0) return WrongUsage(parsed, terminal);
        try
        {
            return await parsed.InvokeAsync(Configuration(terminal));
        }
        catch (Exception fault)
        {
            return Ending.Of(fault, terminal);
        }
    }

    // Not a RootCommand: that one would call itself after the assembly.
    private static Command Whole(Terminal terminal) =>
        new("falw", "Long-tailed machine unlearning with FaLW: data, experiments, reports, notebooks.")
        {
            new HelpOption(),
            new VersionOption(),
            DoctorCommand.Create(terminal),
            DataCommand.Create(terminal),
            RunCommand.Create(terminal),
            TuneCommand.Create(terminal),
            StatusCommand.Create(terminal),
            TaskCommand.Create(terminal),
            StudyCommand.Create(terminal),
            ResultsCommand.Create(terminal),
            ReportCommand.Create(terminal),
            NotebookCommands.Notebook(),
            NotebookCommands.Kernel(),
        };

    private static InvocationConfiguration Configuration(Terminal terminal) => new()
    {
        Output = terminal.Output,
        Error = terminal.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static int WrongUsage(ParseResult parsed, Terminal terminal)
    {
        var asked = parsed.CommandResult;
        foreach (var error in parsed.Errors)
            terminal.Error.WriteLine(error.SymbolResult is ArgumentResult { Tokens.Count: 0, Argument: var missing } ? $"'{PathOf(asked)}' needs {missing.Name}: {missing.Description}" : error.Message);
        terminal.Error.WriteLine($"'{PathOf(parsed.CommandResult)} --help' shows what can be said.");
        return ExitCode.WrongUsage;
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "falw";
}
