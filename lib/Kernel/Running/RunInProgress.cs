using System.Text;

namespace FaLW.Kernel.Running;

/// <summary>The cells that ran so far and the one that runs: what can still be told when a cell takes the process down.</summary>
internal sealed class RunInProgress
{
    private readonly List<(Cell Cell, CellOutputs Sink)> begun = [];

    public Lock Gate { get; } = new();

    // Which output was shown under which name, so that a later cell can change it.
    public Dictionary<string, JsonObject> Shown { get; } = new(StringComparer.Ordinal);
    public int Count => begun.Count;

    public CellOutputs Begin(Cell cell)
    {
        lock (Gate)
        {
            cell.ExecutionCount = begun.Count + 1;
            begun.Add((cell, new CellOutputs(begun.Count + 1, this)));
            return begun[^1].Sink;
        }
    }

    public CellFailure? End(CellError error)
    {
        lock (Gate)
        {
            if (begun.Count == 0) return null;
            begun[^1].Sink.Error(error);
            PutOutputs();
            return new CellFailure(Count, begun[^1].Cell.Id, error, TimedOut: false);
        }
    }

    // Of all cells each time: a background task of an early one may write until the end.
    public void PutOutputs()
    {
        lock (Gate)
            foreach (var (cell, sink) in begun)
            {
                cell.Outputs.Clear();
                foreach (var output in sink.All()) cell.Outputs.Add((JsonNode)output);
            }
    }
}

/// <summary>The outputs of one cell, gathered in the form in which a notebook keeps them.</summary>
internal sealed class CellOutputs(int count, RunInProgress run) : ICellSink
{
    // As much as a person might scroll through, and a notebook that still opens: a cell in an endless loop would fill memory and disk.
    private const int MostText = 10_000_000, MostOutputs = 10_000, MostInAll = 50_000_000;

    private readonly List<JsonObject> outputs = [];
    private readonly StringBuilder text = new();
    private StandardStream stream;
    private bool clearFirst;
    private int kept;
    private long shown, left;
    private bool isFull;

    public void Write(StandardStream stream, string text)
    {
        lock (run.Gate)
        {
            Begin();
            if (stream != this.stream) EndText();
            this.stream = stream;
            if (text.Length > MostText - kept && !isFull) WriteOver();
            var room = outputs.Count < MostOutputs ? Math.Min(text.Length, MostText - kept) : 0;
            this.text.Append(text, 0, room);
            (kept, left) = (kept + room, left + text.Length - room);
        }
    }

    public void Display(MimeBundle bundle, string displayId)
    {
        lock (run.Gate) run.Shown[displayId] = Add("display_data", bundle.ToContent());
    }

    public void Update(MimeBundle bundle, string displayId)
    {
        lock (run.Gate)
            if (run.Shown.TryGetValue(displayId, out var output))
                foreach (var (name, value) in bundle.ToContent())
                    output[name] = value?.DeepClone();
    }

    public void Result(MimeBundle bundle) => Add("execute_result", bundle.ToContent())["execution_count"] = count;
    public void Error(CellError error) => Add("error", error.ToContent());

    public void Clear(bool wait)
    {
        lock (run.Gate)
        {
            clearFirst = true;
            if (!wait) Begin();
        }
    }

    public IEnumerable<JsonObject> All()
    {
        lock (run.Gate) return
            [
                .. outputs.Select(output => (JsonObject)output.DeepClone()), .. Pending(),
                .. left == 0 ? [] : new[] { Stream(StandardStream.Error, FormattableString.Invariant($"{left:N0} more characters are left out: of a cell a notebook keeps {MostText:N0} characters of text and {MostOutputs:N0} outputs of {MostInAll:N0} in all.\n")) },
            ];
    }

    private JsonObject Add(string kind, JsonObject output)
    {
        lock (run.Gate)
        {
            Begin();
            EndText();
            output["output_type"] = kind;
            var size = output.ToJsonString().Length;
            if (kind is "error" || (outputs.Count < MostOutputs && shown + size <= MostInAll))
            {
                outputs.Add(output);
                shown += size;
            }
            else left += size;
            return output;
        }
    }

    private void Begin()
    {
        if (!clearFirst) return;
        clearFirst = false;
        outputs.Clear();
        text.Clear();
        (kept, shown, left, isFull) = (0, 0, 0, false);
    }

    // A progress bar is as long as it looks. Where nothing was written over there is nothing to look for again.
    private void WriteOver()
    {
        var all = text.ToString();
        var seen = AsOnTerminal(all) + (all.EndsWith('\r') ? "\r" : "");
        isFull = seen.Length == all.Length;
        if (isFull) return;
        kept -= all.Length - seen.Length;
        text.Clear().Append(seen);
    }

    private void EndText()
    {
        outputs.AddRange(Pending());
        text.Clear();
    }

    private IEnumerable<JsonObject> Pending() => text.Length == 0 ? [] : [Stream(stream, AsOnTerminal(text.ToString()))];

    private static JsonObject Stream(StandardStream stream, string text) => new() { ["output_type"] = "stream", ["name"] = stream is StandardStream.Output ? "stdout" : "stderr", ["text"] = text };

    // A carriage return takes a terminal back to the start of the line. What a progress bar wrote over is gone there, and should not
    // fill a notebook either.
    private static string AsOnTerminal(string text) => !text.Contains('\r', StringComparison.Ordinal)
        ? text
        : string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(LastWritten));

    private static string LastWritten(string line) =>
        line.Split('\r').Where(piece => piece.Length > 0).Aggregate("", (shown, piece) => piece.Length >= shown.Length ? piece : piece + shown[piece.Length..]);
}
