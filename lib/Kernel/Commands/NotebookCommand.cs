namespace FaLW.Kernel.Commands;

/// <summary>The commands <c>notebook run</c> and <c>notebook verify</c>.</summary>
public static class NotebookCommand
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        notebook run PATH... [--in-place | --out DIR] [--set NAME=VALUE]... [--timeout SECONDS] [--steady]
            Runs each notebook (of a folder, all in it) from top to bottom in a process of its own; exit code 1 if a cell fails.
            --in-place  the notebook takes the outputs (only if all cells went through)
            --out DIR   the executed notebook goes there
            --set       a value for a name in the cell tagged 'parameters'
            --timeout   the longest that one cell may take
            --steady    one thread, one instruction set and no GPU, so that numbers do not depend on the machine
        notebook verify PATH... [--accept] [--set NAME=VALUE]... [--snapshots DIR] [--outputs-only | --snapshot-only] [--timeout SECONDS]
            Looks at each notebook, runs it steadily, and compares: its own outputs with those it gives now, and
            NAME.verified.txt with the transcript of a run with the values that file names.
            --accept    what was received becomes what is verified; with --set, under these values
            --snapshots where the verified files are, instead of beside the notebooks
        """;

    private static readonly string[] Valued = ["--out", "--set", "--timeout"];
    private static readonly string[] Switches = ["--in-place", "--steady", "--here"];

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The words after <c>notebook</c>.</param>
    /// <returns>0 done; 1 a cell failed, a sentence on the error stream says which; 2 wrong usage; 130 interrupted.</returns>
    public static Task<int> RunAsync(string[] arguments) => Endings.Of(Usage, async () =>
    {
        using var stop = new Stop();
        return arguments switch
        {
            ["run", .. var rest] => await RunEach(Arguments.Read(rest, Valued, Switches), stop.Token),
            ["verify", .. var rest] => await VerifyCommand.Run(rest, stop.Token),
            _ => throw new UsageException("The commands are: notebook run, notebook verify."),
        };
    });

    private static async Task<int> RunEach(Arguments read, CancellationToken cancellation)
    {
        var asked = RunArguments.Read(read);
        if (read.Has("--here") || asked is { Paths.Count: 1, Steady: false } && PublishedProgram.IsRunning) return await OneNotebook.Run(asked.Paths[0], asked, cancellation);
        var worst = ExitCode.Done;
        foreach (var path in asked.Paths)
        {
            var options = read.Options.SelectMany(option => option.Value.Length > 0 ? new[] { option.Key, option.Value } : [option.Key]);
            var code = await OwnProcess.Run(["notebook", "run", path, "--here", .. options], asked.Steady, cancellation);
            if (cancellation.IsCancellationRequested) return ExitCode.Interrupted;
            if (code is not (ExitCode.Done or ExitCode.Failed)) Console.Error.WriteLine($"{Path.GetFileName(path)}: {Endings.OfProcess(code)}");
            worst = Math.Max(worst, code == ExitCode.Done ? ExitCode.Done : ExitCode.Failed);
        }
        return worst;
    }
}
