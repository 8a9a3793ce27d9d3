using System.Diagnostics;
using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Sessions;
using FaLW.Kernel.Snapshots;

namespace FaLW.Kernel.Commands;

/// <summary>The command <c>notebook verify</c>: look, run, compare, tell.</summary>
internal static class VerifyCommand
{
    private static readonly string[] Valued = ["--set", "--snapshots", "--timeout"];
    private static readonly string[] Switches = ["--accept", "--outputs-only", "--snapshot-only"];

    public static async Task<int> Run(string[] line, CancellationToken cancellation)
    {
        var read = Arguments.Read(line, Valued, Switches);
        if (read.Has("--outputs-only") && read.Has("--snapshot-only")) throw new UsageException("Either --outputs-only or --snapshot-only, not both.");
        if (read.Has("--outputs-only") && read.Has("--accept")) throw new UsageException("--accept writes a snapshot, so it does not go with --outputs-only.");
        var asked = RunArguments.Read(read);
        var failed = 0;
        foreach (var path in asked.Paths)
        {
            var start = Stopwatch.GetTimestamp();
            var complaints = await Complaints(path, read, cancellation);
            if (cancellation.IsCancellationRequested) return ExitCode.Interrupted;
            foreach (var complaint in complaints) ConsoleBridge.Log.WriteLine($"{Path.GetFileName(path)}: {complaint}");
            if (complaints.Count == 0) Console.WriteLine(Praise(path, read.Has("--accept"), Stopwatch.GetElapsedTime(start)));
            failed += complaints.Count > 0 ? 1 : 0;
        }
        Conclude(failed, asked.Paths.Count, read.Has("--accept"));
        return failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Praise(string path, bool accepted, TimeSpan took)
    {
        var cells = Notebook.Load(path).CodeCells.Count();
        return FormattableString.Invariant($"{Path.GetFileName(path)}: {cells} code {(cells == 1 ? "cell" : "cells")} {(accepted ? "accepted" : "verified")}, {took.TotalSeconds:0.0} s");
    }

    private static void Conclude(int failed, int all, bool accepted)
    {
        if (failed > 0) ConsoleBridge.Log.WriteLine(FormattableString.Invariant($"{failed} of {all} notebooks are not as they should be. If a change is meant: 'notebook run PATH --in-place' renews outputs, 'notebook verify PATH --accept' the snapshot."));
        else Console.WriteLine(FormattableString.Invariant($"{all} of {all} notebooks {(accepted ? "accepted" : "verified")}."));
        ConsoleBridge.Log.Flush();
    }

    private static async Task<IReadOnlyList<string>> Complaints(string path, Arguments read, CancellationToken cancellation)
    {
        var complaints = NotebookVerifier.Structure(path).ToList();
        if (complaints.Count > 0) return complaints;
        var verified = VerifiedFile(path, read.Value("--snapshots"));
        var settings = read.Has("--set") ? string.Join("; ", read.Values("--set")) : NotebookVerifier.SettingsOf(verified) ?? "";
        var wantsOutputs = !read.Has("--snapshot-only") && !read.Has("--accept");
        var wantsSnapshot = !read.Has("--outputs-only");
        using var runs = new SteadyRuns(path, read.Value("--timeout"), cancellation);
        if (wantsOutputs)
            complaints.AddRange(await runs.Compare("", executed => NotebookVerifier.Outputs(Notebook.Load(path), executed)));
        if (wantsSnapshot && complaints.Count == 0)
            complaints.AddRange(await runs.Compare(settings, executed => NotebookVerifier.Snapshot(executed, verified, settings, read.Has("--accept"))));
        return complaints;
    }

    private static string VerifiedFile(string path, string? folder)
    {
        var place = folder is null ? Path.GetDirectoryName(Path.GetFullPath(path))! : Directory.CreateDirectory(folder).FullName;
        return Path.Combine(place, Path.GetFileNameWithoutExtension(path) + ".verified.txt");
    }
}
