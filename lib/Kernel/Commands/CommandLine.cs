using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace FaLW.Kernel.Commands;

/// <summary>A command line in parts: what is no option, and options with their values; a switch has an empty value.</summary>
internal sealed record Arguments(IReadOnlyList<string> Words, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    public static Arguments Read(IReadOnlyList<string> line, string[] valued, string[] switches)
    {
        var (words, options) = (new List<string>(), new List<KeyValuePair<string, string>>());
        for (var i = 0; i < line.Count; i++)
        {
            var (name, inline) = line[i].Split('=', 2) is [var before, var after] && valued.Contains(before) ? (before, after) : (line[i], null);
            if (!name.StartsWith('-') || name.Length == 1) words.Add(name);
            else if (switches.Contains(name)) options.Add(new(name, ""));
            else if (!valued.Contains(name)) throw new UsageException($"'{name}' is not known here. Known: {string.Join(", ", valued.Concat(switches))}.");
            else if (inline is not null) options.Add(new(name, inline));
            else if (++i < line.Count) options.Add(new(name, line[i]));
            else throw new UsageException($"'{name}' needs a value after it.");
        }
        return new Arguments(words, options);
    }

    public bool Has(string name) => Options.Any(option => option.Key == name);
    public string? Value(string name) => Options.LastOrDefault(option => option.Key == name).Value;
    public IEnumerable<string> Values(string name) => Options.Where(option => option.Key == name).Select(option => option.Value);

    public void Exclude(string one, string other, string why = "not both")
    {
        if (Has(one) && Has(other)) throw new UsageException($"Either {one} or {other}, {why}.");
    }
}

internal sealed class UsageException(string message) : Exception(message);

internal sealed record RunArguments(
    IReadOnlyList<string> Paths, string? Out, bool InPlace, IReadOnlyList<KeyValuePair<string, string>> Parameters, TimeSpan? Timeout, bool Steady)
{
    /// <summary>What the name of a file that nobody keeps ends in: the same for a half-run notebook as for a transcript.</summary>
    public const string Received = ".received";

    /// <summary>Where what ran of a notebook is kept beside it.</summary>
    public static string HalfOf(string path) => Path.ChangeExtension(path, $"{Received}.ipynb");

    public static RunArguments Read(Arguments read)
    {
        if (read.Words.Count == 0) throw new UsageException("Give the path of at least one notebook.");
        read.Exclude("--in-place", "--out");
        return new RunArguments(
            [.. read.Words.SelectMany(Notebooks)], read.Value("--out"), read.Has("--in-place"), [.. read.Values("--set").Select(Pair)], Seconds(read.Value("--timeout")), read.Has("--steady"));
    }

    // A folder stands for the notebooks in it; a file is looked at when its turn comes.
    private static IEnumerable<string> Notebooks(string path)
    {
        if (!Directory.Exists(path)) return [path];
        string[] found = [.. Directory.GetFiles(path, "*.ipynb").Where(file => !file.EndsWith($"{Received}.ipynb", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new NotebookFault($"There is no notebook in the folder '{path}'. Give a folder that holds .ipynb files, or the files themselves.");
    }

    private static KeyValuePair<string, string> Pair(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value] ? new(name.Trim(), value.Trim()) : throw new UsageException($"--set wants name=value; it got '{text}'.");

    private static TimeSpan? Seconds(string? text) => text is null ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6 ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException($"--timeout wants a number of seconds; it got '{text}'.");
}

internal static class Endings
{
    private const int SignalBase = 128;

    public static async Task<int> Of(string usage, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (UsageException wrong)
        {
            return Tell($"{wrong.Message}\n{usage}", ExitCode.WrongUsage);
        }
        catch (NotebookFault fault)
        {
            return Tell(fault.Message, ExitCode.Failed);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Tell($"{fault.Message.TrimEnd('.')}. Check the place and its free space, then run the same command again.", ExitCode.Failed);
        }
    }

    public static string OfProcess(int code) => code > SignalBase
        ? FormattableString.Invariant($"the process of the notebook was ended by signal {code - SignalBase}; its last words are above.")
        : FormattableString.Invariant($"the process of the notebook ended with code {code}; its last words are above.");

    private static int Tell(string sentence, int code)
    {
        ConsoleBridge.Log.WriteLine(sentence);
        ConsoleBridge.Log.Flush();
        return code;
    }
}

/// <summary>What the shell is told.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What was asked failed; a sentence on the error stream says why and what to do.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>Stopped by Ctrl-C; the same command goes on where it stopped.</summary>
    public const int Interrupted = 130;
}

internal sealed class Stop : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] signals;

    public Stop() => signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Cancel))];
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        source.Dispose();
    }

    /// <summary>Stops, too, when a pipe ends (<see cref="Owner"/>).</summary>
    public void With(string? pipe)
    {
        if (pipe is null) return;
        try
        {
            Owner.Watch(new AnonymousPipeClientStream(PipeDirection.In, pipe), () => _ = source.CancelAsync());
        }
        catch (Exception other) when (other is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{OwnProcess.OwnerOption}' is how this program starts itself; leave it out.");
        }
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = source.CancelAsync();
    }
}
