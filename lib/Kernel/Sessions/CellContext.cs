using System.Text;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// The cell that the current thread or task belongs to. It flows with the execution context, so what a background task
/// of cell 3 prints while cell 4 runs still belongs to cell 3.
/// </summary>
internal sealed class CellContext(ICellSink sink, CancellationToken interrupted)
{
    // The names by which library code finds what a cell offers: see README.
    private const string DisplayHook = "notebook.display";
    private const string LiveHook = "notebook.live";
    private const string CancellationHook = "notebook.cancellation";

    private static readonly AsyncLocal<CellContext?> OfFlow = new();
    private static volatile CellContext? running;

    public static CellContext? Current => OfFlow.Value ?? running;
    public CancellationToken Interrupted => interrupted;

    public void Enter()
    {
        OfFlow.Value = this;
        running = this;
        AppContext.SetData(DisplayHook, (Action<IReadOnlyDictionary<string, object>>)ShowHere);
        AppContext.SetData(LiveHook, sink.IsLive ? (Func<IReadOnlyDictionary<string, object>, Action<IReadOnlyDictionary<string, object>>>)ShowLive : null);
        AppContext.SetData(CancellationHook, interrupted);
    }

    public static void Leave()
    {
        running = null;
        foreach (var hook in new[] { DisplayHook, LiveHook, CancellationHook }) AppContext.SetData(hook, null);
    }

    // Closed to a cell that has been told to stop.
    public ICellSink Sink
    {
        get
        {
            interrupted.ThrowIfCancellationRequested();
            NativeStreams.Settle();
            return sink;
        }
    }

    // For what was written outside the cell's own code.
    public ICellSink OpenSink => sink;

    // Looked up when called: a delegate that a library kept belongs to whatever cell calls it.
    private static void ShowHere(IReadOnlyDictionary<string, object> forms) => DisplayHandle.Show(MimeBundle.From(forms));

    private static Action<IReadOnlyDictionary<string, object>> ShowLive(IReadOnlyDictionary<string, object> forms)
    {
        var shown = DisplayHandle.Show(MimeBundle.From(forms));
        return other => shown.Update(MimeBundle.From(other));
    }
}

/// <summary>Puts the cell's writers in place of the console's, once per process, and keeps the originals for the log.</summary>
internal static class ConsoleBridge
{
    private static readonly Lock Gate = new();
    private static bool installed;

    public static TextWriter Log { get; private set; } = Console.Error;

    public static void Install()
    {
        lock (Gate)
        {
            if (installed) return;
            installed = true;
            Log = Console.Error;
            Console.SetOut(new CellWriter(StandardStream.Output, Console.Out));
            Console.SetError(new CellWriter(StandardStream.Error, Log));
            Console.SetIn(new CellReader());
        }
    }
}

/// <summary>The console's writer: text goes to the cell that wrote it, and between cells to where it went before.</summary>
internal sealed class CellWriter(StandardStream stream, TextWriter otherwise) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => Encoding.UTF8;
    public override void Write(char value) => Put(value.ToString());

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value)) Put(value);
    }

    public override void Write(char[] buffer, int index, int count) => Put(new string(buffer, index, count));

    // A line in one piece: two tasks that print at once never mix inside a line.
    public override void WriteLine(string? value) => Put(value + "\n");
    public override void WriteLine() => Put("\n");

    private void Put(string text)
    {
        if (CellContext.Current is { } cell) cell.Sink.Write(stream, text);
        else otherwise.Write(text);
    }
}

/// <summary>The console's reader: a cell that reads a line asks the person at the front end.</summary>
internal sealed class CellReader : TextReader
{
    private string rest = "";

    public override string? ReadLine()
    {
        if (rest.Length == 0) return CellContext.Current?.Sink.ReadLine("", password: false);
        var line = rest.TrimEnd('\n');
        rest = "";
        return line;
    }

    public override int Peek() => Fill() ? rest[0] : -1;

    public override int Read()
    {
        if (!Fill()) return -1;
        var first = rest[0];
        rest = rest[1..];
        return first;
    }

    private bool Fill()
    {
        if (rest.Length == 0 && ReadLine() is { } line) rest = line + "\n";
        return rest.Length > 0;
    }
}

/// <summary>Where the output of one cell goes. Called from whatever thread the cell writes on, so implementations lock.</summary>
internal interface ICellSink
{
    // Whether a person watches, so that something may be shown for a while and changed.
    bool IsLive => false;

    // Any piece of text, not only whole lines, in the order it was written.
    void Write(StandardStream stream, string text) { }

    void Display(MimeBundle bundle, string displayId) { }

    // Of something shown before, by this cell or an earlier one.
    void Update(MimeBundle bundle, string displayId) { }

    void Result(MimeBundle bundle);

    void Error(CellError error) { }

    // Waiting for the next output avoids flicker.
    void Clear(bool wait) { }

    // One line from the person at the front end; null when none can be had.
    string? ReadLine(string prompt, bool password) => null;
}

internal enum StandardStream
{
    Output,
    Error,
}
