using System.Globalization;

namespace FaLW.Kernel.Commands;

/// <summary>What <c>notebook run</c> and <c>notebook verify</c> are asked for.</summary>
/// <param name="Paths">The notebooks.</param>
/// <param name="Out">Where executed notebooks go; null for nowhere.</param>
/// <param name="InPlace">Whether the notebooks themselves take the outputs.</param>
/// <param name="Parameters">Values for the parameters cell.</param>
/// <param name="Timeout">The longest that one cell may take.</param>
/// <param name="Steady">Whether numbers must not depend on the processor.</param>
internal sealed record RunArguments(
    IReadOnlyList<string> Paths, string? Out, bool InPlace, IReadOnlyList<KeyValuePair<string, string>> Parameters, TimeSpan? Timeout, bool Steady)
{
    public static RunArguments Read(Arguments read)
    {
        if (read.Words.Count == 0) throw new UsageException("Give the path of at least one notebook.");
        if (read.Has("--in-place") && read.Has("--out")) throw new UsageException("Either --in-place or --out, not both.");
        return new RunArguments(
            [.. read.Words.SelectMany(Notebooks)], read.Value("--out"), read.Has("--in-place"), [.. read.Values("--set").Select(Pair)], Seconds(read.Value("--timeout")), read.Has("--steady"));
    }

    // A folder stands for the notebooks in it; a file is looked at when its turn comes.
    private static IEnumerable<string> Notebooks(string path)
    {
        if (!Directory.Exists(path)) return [path];
        string[] found = [.. Directory.GetFiles(path, "*.ipynb").Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new NotebookFault($"There is no notebook in the folder '{path}'. Give a folder that holds .ipynb files, or the files themselves.");
    }

    private static KeyValuePair<string, string> Pair(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value] ? new(name.Trim(), value.Trim()) : throw new UsageException($"--set wants name=value; it got '{text}'.");

    private static TimeSpan? Seconds(string? text)
    {
        if (text is null) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds < 1e6) return TimeSpan.FromSeconds(seconds);
        throw new UsageException($"--timeout wants a number of seconds; it got '{text}'.");
    }
}
