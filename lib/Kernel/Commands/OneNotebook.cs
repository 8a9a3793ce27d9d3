using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Running;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Commands;

/// <summary>Runs one notebook in this process and writes what it was asked to write.</summary>
internal static class OneNotebook
{
    public static async Task<int> Run(string path, RunArguments asked, CancellationToken cancellation)
    {
        NativeStreams.Turn(errorToo: false);
        var notebook = Notebook.Load(path);
        var name = Path.GetFileName(path);
        var target = Target(path, asked);
        var options = new RunOptions
        {
            Folder = Path.GetDirectoryName(Path.GetFullPath(path)),
            Parameters = asked.Parameters,
            CellTimeout = asked.Timeout,
            Progress = new ProgressLine(ConsoleBridge.Log, name, !Console.IsErrorRedirected),
            LastWords = Conclude,
        };
        var report = await NotebookRunner.RunAsync(notebook, options, cancellation);
        Conclude(report.Failure);
        if (report.Failure is null) return ExitCode.Done;
        return cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Failed;

        void Conclude(CellFailure? failure)
        {
            if (target is not null && (failure is null || !asked.InPlace)) notebook.Save(target);
            if (failure is not null) Tell(name, failure);
        }
    }

    private static void Tell(string name, CellFailure failure)
    {
        ConsoleBridge.Log.WriteLine($"{name}: {failure}");
        foreach (var line in failure.Error.Trace.Skip(1)) ConsoleBridge.Log.WriteLine(line);
        ConsoleBridge.Log.Flush();
    }

    // Made absolute first: the current folder changes while the cells run.
    private static string? Target(string path, RunArguments asked)
    {
        if (asked.InPlace) return Path.GetFullPath(path);
        if (asked.Out is null) return null;
        return Path.Combine(Directory.CreateDirectory(asked.Out).FullName, Path.GetFileName(path));
    }
}
