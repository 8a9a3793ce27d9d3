using System.Diagnostics;
using FaLW.Kernel.Snapshots;

namespace FaLW.Kernel.Commands;

internal static class VerifyCommand
{
    private static readonly string[] Valued = ["--set", "--snapshots", "--timeout"];
    private static readonly string[] Switches = ["--accept", "--outputs-only", "--snapshot-only", "--stamp-only"];

    public static async Task<int> Run(string[] line, CancellationToken cancellation)
    {
        var read = Arguments.Read(line, Valued, Switches);
        foreach (var (one, other) in new[] { ("--outputs-only", "--snapshot-only"), ("--outputs-only", "--stamp-only"), ("--snapshot-only", "--stamp-only") }) read.Exclude(one, other);
        foreach (var only in new[] { "--outputs-only", "--stamp-only" }) read.Exclude(only, "--accept", "since --accept writes a snapshot");
        var asked = RunArguments.Read(read);
        var failed = 0;
        foreach (var path in asked.Paths)
        {
            var start = Stopwatch.GetTimestamp();
            var complaints = await Complaints(path, read, cancellation);
            if (cancellation.IsCancellationRequested) return ExitCode.Interrupted;
            foreach (var complaint in complaints) ConsoleBridge.Log.WriteLine($"{Path.GetFileName(path)}: {complaint}");
            if (complaints.Count == 0) Console.WriteLine($"{Path.GetFileName(path)}: {Praise(path, read, Stopwatch.GetElapsedTime(start))}");
            failed += complaints.Count > 0 ? 1 : 0;
        }
        Conclude(failed, asked.Paths.Count, read.Has("--accept"));
        return failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Praise(string path, Arguments read, TimeSpan took)
    {
        var notebook = Notebook.Load(path);
        if (read.Has("--stamp-only")) return $"fresh ({RunStamp.Words(notebook)})";
        var cells = notebook.CodeCells.Count();
        var counted = FormattableString.Invariant($"{cells} code {(cells == 1 ? "cell" : "cells")} {(read.Has("--accept") ? "accepted" : "verified")}, {took.TotalSeconds:0.0} s");
        return read.Has("--accept") || read.Has("--snapshot-only") ? counted : $"fresh, {counted}";
    }

    private static void Conclude(int failed, int all, bool accepted)
    {
        if (failed > 0) ConsoleBridge.Log.WriteLine(FormattableString.Invariant($"{failed} of {all} notebooks are not as they should be. If a change is meant: 'notebook run PATH --in-place' renews outputs, 'notebook verify PATH --accept' the snapshot."));
        else Console.WriteLine(FormattableString.Invariant($"{all} of {all} notebooks {(accepted ? "accepted" : "verified")}."));
        ConsoleBridge.Log.Flush();
    }

    private static async Task<IReadOnlyList<string>> Complaints(string path, Arguments read, CancellationToken cancellation)
    {
        var complaints = NotebookStructure.Complaints(Notebook.BytesOf(path), Path.GetFileName(path)).ToList();
        if (complaints.Count > 0) return complaints;
        var committed = Notebook.Load(path);
        var wantsOutputs = !read.Has("--snapshot-only") && !read.Has("--accept");
        if (wantsOutputs && RunStamp.Stale(committed, mustBeThere: read.Has("--stamp-only")) is { } stale) return [stale];
        if (read.Has("--stamp-only")) return [];
        var verified = VerifiedFile(path, read.Value("--snapshots"));
        var settings = read.Has("--set") ? string.Join("; ", read.Values("--set")) : NotebookVerifier.SettingsOf(verified) ?? "";
        using var runs = new SteadyRuns(path, read.Value("--timeout"), cancellation);
        if (wantsOutputs) complaints.AddRange(await runs.Compare("", executed => NotebookVerifier.Outputs(committed, executed).Select((difference, i) => i == 0 ? $"stale: {difference}" : difference)));
        if (!read.Has("--outputs-only") && complaints.Count == 0) complaints.AddRange(await runs.Compare(settings, executed => NotebookVerifier.Snapshot(executed, verified, settings, read.Has("--accept"))));
        return complaints;
    }

    private static string VerifiedFile(string path, string? folder)
    {
        var place = folder is null ? Path.GetDirectoryName(Path.GetFullPath(path))! : Directory.CreateDirectory(folder).FullName;
        return Path.Combine(place, Path.GetFileNameWithoutExtension(path) + ".verified.txt");
    }
}

/// <summary>Executed copies of one notebook, each from a steady process of its own; the same settings are run once only.</summary>
internal sealed class SteadyRuns(string path, string? timeout, CancellationToken cancellation) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("notebook-").FullName;
    private readonly Dictionary<string, string?> copies = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public async Task<IEnumerable<string>> Compare(string settings, Func<Notebook, IEnumerable<string>> compare)
    {
        if (!copies.ContainsKey(settings)) copies[settings] = await Run(settings);
        return copies[settings] is { } copy ? compare(Notebook.Load(copy)) : ["it did not run to its end; the reason is above."];
    }

    private async Task<string?> Run(string settings)
    {
        var place = Path.Combine(folder, FormattableString.Invariant($"{copies.Count}"));
        var values = settings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(value => new[] { "--set", value });
        string[] limit = timeout is null ? [] : ["--timeout", timeout];
        var code = await OwnProcess.Run(["notebook", "run", path, "--here", "--out", place, .. values, .. limit], steady: true, cancellation);
        return code == ExitCode.Done ? Path.Combine(place, Path.GetFileName(path)) : null;
    }
}
