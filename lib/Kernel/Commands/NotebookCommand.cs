using FaLW.Kernel.Running;

namespace FaLW.Kernel.Commands;

/// <summary>The commands <c>notebook run</c> and <c>notebook verify</c>.</summary>
internal static class NotebookCommand
{
    public const string Usage = """
        notebook run PATH... [--in-place | --out DIR] [--set NAME=VALUE]... [--timeout SECONDS] [--steady]
            Runs each notebook (of a folder, all in it) from top to bottom in a process of its own; exit code 1 if a cell fails.
            --in-place  the notebook takes the outputs and a stamp of what made them (only if all cells went through; else
                        what ran is kept beside it, in NAME.received.ipynb)
            --out DIR   the executed notebook goes there, also when it ran half
            --set       a value for a name in the cell tagged 'parameters'
            --timeout   the longest that one cell may take; what does not heed it is left behind six seconds later
            --steady    one thread, one instruction set and no GPU, so that numbers do not depend on the machine
        notebook verify PATH... [--accept] [--set NAME=VALUE]... [--snapshots DIR] [--outputs-only | --snapshot-only | --stamp-only] [--timeout SECONDS]
            Looks at each notebook, runs it steadily, and compares: its own outputs with those it gives now (fresh or stale), and
            NAME.verified.txt with the transcript of a run with the values that file names. Exit code 1 if one differs.
            --accept    what was received becomes what is verified; with --set, under these values
            --snapshots where the verified files are, instead of beside the notebooks
            --stamp-only runs nothing: fresh or stale is whether the stamp's code is the notebook's
        """;

    private static readonly string[] Valued = ["--out", "--set", "--timeout", OwnProcess.OwnerOption];
    private static readonly string[] Switches = ["--in-place", "--steady", "--here"];

    public static Task<int> RunAsync(string[] arguments) => Endings.Of(Usage, async () =>
    {
        using var stop = new Stop();
        return arguments switch
        {
            ["run", .. var rest] => await RunEach(Arguments.Read(rest, Valued, Switches), stop),
            ["verify", .. var rest] => await VerifyCommand.Run(rest, stop.Token),
            _ => throw new UsageException("The commands are: notebook run, notebook verify."),
        };
    });

    private static async Task<int> RunEach(Arguments read, Stop stop)
    {
        var (asked, cancellation) = (RunArguments.Read(read), stop.Token);
        stop.With(read.Value(OwnProcess.OwnerOption));
        if (read.Has("--here") || asked is { Paths.Count: 1, Steady: false } && PublishedProgram.IsRunning) return await new OneNotebook(asked.Paths[0], asked).Run(cancellation);
        var worst = ExitCode.Done;
        foreach (var path in asked.Paths)
        {
            var options = read.Options.SelectMany(option => option.Value.Length > 0 ? new[] { option.Key, option.Value } : [option.Key]);
            var code = await OwnProcess.Run(["notebook", "run", path, "--here", .. options], asked.Steady, cancellation);
            if (cancellation.IsCancellationRequested) return ExitCode.Interrupted;
            if (code is not (ExitCode.Done or ExitCode.Failed))
            {
                var half = RunArguments.HalfOf(path);
                Console.Error.WriteLine($"{Path.GetFileName(path)}: {Endings.OfProcess(code)}{(asked.InPlace && File.Exists(half) ? $" What ran is in {Path.GetFileName(half)}; the notebook is as it was." : "")}");
            }
            worst = Math.Max(worst, code == ExitCode.Done ? ExitCode.Done : ExitCode.Failed);
        }
        return worst;
    }
}

/// <summary>One notebook, run in this process, and the files it leaves.</summary>
internal sealed class OneNotebook(string path, RunArguments asked) : IProgress<CellProgress>
{
    private readonly string name = Path.GetFileName(path);

    // Absolute from the start: the current folder changes while the cells run.
    private readonly string place = asked.Out is null ? Path.GetFullPath(path) : Path.Combine(Directory.CreateDirectory(asked.Out).FullName, Path.GetFileName(path));

    // Where what ran is kept until all did: in place that is a file of its own, so that the notebook stays as it was.
    private string Half => asked.InPlace ? RunArguments.HalfOf(place) : place;

    public async Task<int> Run(CancellationToken cancellation)
    {
        // Asked before the first cell, not after hours.
        if (asked.InPlace)
            ClosedPlace.Guard(
                () => WholeFile.DemandWritable(place), (reason, closed) => new NotebookFault($"{name} cannot take outputs: {reason}. Make it writable, or use --out DIR.", closed));
        NativeStreams.Turn(errorToo: false);
        var (notebook, before) = (Notebook.Load(path), Notebook.Load(path));
        var options = new RunOptions
        {
            Folder = Path.GetDirectoryName(Path.GetFullPath(path)),
            Parameters = asked.Parameters,
            CellTimeout = asked.Timeout,
            Progress = Console.IsErrorRedirected ? null : this,
            AfterCell = asked.InPlace || asked.Out is not null ? () => notebook.Save(Half) : null,
            LastWords = failure => Conclude(notebook, before, failure),
        };
        var failure = await RunCells(notebook, options, cancellation);
        Conclude(notebook, before, failure);
        if (failure is null) return ExitCode.Done;
        return cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Failed;
    }

    /// <summary>Cell k of n, its name and its seconds, where somebody watches.</summary>
    public void Report(CellProgress value)
    {
        var line = FormattableString.Invariant($"{name}: cell {value.Number} of {value.Of}  {value.Name}");
        ConsoleBridge.Log.Write(value.Elapsed is { } took ? FormattableString.Invariant($"\r\x1b[K{line}  {took.TotalSeconds:0.0} s\n") : $"\r\x1b[K{line} …");
        ConsoleBridge.Log.Flush();
    }

    private async Task<CellFailure?> RunCells(Notebook notebook, RunOptions options, CancellationToken cancellation)
    {
        try
        {
            return await NotebookRunner.RunAsync(notebook, options, cancellation);
        }
        catch (NotebookFault fault)
        {
            throw new NotebookFault($"{name}: {fault.Message}", fault);
        }
    }

    private void Conclude(Notebook notebook, Notebook before, CellFailure? failure)
    {
        var isKept = asked.InPlace || asked.Out is not null;
        if (failure is null)
        {
            RunStamp.Renew(notebook, before);
            if (isKept) notebook.Save(place);
            if (asked.InPlace) File.Delete(Half);
            return;
        }
        if (isKept) notebook.Save(Half);
        ConsoleBridge.Log.WriteLine($"{name}: {failure}");
        foreach (var line in failure.Error.Trace.Skip(1)) ConsoleBridge.Log.WriteLine(line);
        if (asked.InPlace) ConsoleBridge.Log.WriteLine($"What ran is in {Path.GetFileName(Half)}; the notebook is as it was.");
        ConsoleBridge.Log.Flush();
    }
}
