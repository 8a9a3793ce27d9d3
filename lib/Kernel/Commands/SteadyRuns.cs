using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Commands;

/// <summary>Executed copies of one notebook, each from a steady process of its own; the same settings are run once only.</summary>
internal sealed class SteadyRuns(string path, string? timeout, CancellationToken cancellation) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("notebook-").FullName;
    private readonly Dictionary<string, string?> copies = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Runs the notebook with the settings, and compares what comes out.</summary>
    public async Task<IReadOnlyList<string>> Compare(string settings, Func<Notebook, IReadOnlyList<string>> compare)
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
