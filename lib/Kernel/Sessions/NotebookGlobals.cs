namespace FaLW.Kernel.Sessions;

/// <summary>What every cell can call without a using directive.</summary>
public static class NotebookGlobals
{
    /// <summary>Set when the person presses stop: pass it on to whatever takes long.</summary>
    public static CancellationToken Cancellation => CellContext.Current?.Interrupted ?? CancellationToken.None;

    /// <summary>Shows a value.</summary>
    /// <param name="value">Anything: what knows its own form shows itself, other values become text and tables.</param>
    /// <param name="mimeType">What a text is, such as <c>text/html</c>; null for plain.</param>
    /// <returns>A handle by which the same place can show something else.</returns>
    public static DisplayHandle display(object? value, string? mimeType = null) =>
        DisplayHandle.Show(mimeType is null ? ValueFormatter.Bundle(value) : MimeBundle.Of(mimeType, value ?? ""));

    /// <summary>Shows this value: <c>x.Display()</c> is <c>display(x)</c>.</summary>
    /// <param name="value">Anything.</param>
    public static DisplayHandle Display(this object? value) => display(value);

    /// <summary>Text to be shown as HTML.</summary>
    /// <param name="text">The markup.</param>
    public static DisplayedText HTML(string text) => new("text/html", text);

    /// <summary>Text to be shown as Markdown.</summary>
    /// <param name="text">The markup.</param>
    public static DisplayedText Markdown(string text) => new("text/markdown", text);

    /// <summary>Empties the output of the cell.</summary>
    /// <param name="wait">Only when the next output comes, which avoids flicker.</param>
    public static void clear_output(bool wait = false) => DisplayHandle.SinkNow().Clear(wait);

    /// <summary>Asks the person at the front end for a line.</summary>
    /// <param name="prompt">The question.</param>
    public static string input(string prompt = "") => Ask(prompt, password: false);

    /// <summary>Asks the person at the front end for a line that is not shown.</summary>
    /// <param name="prompt">The question.</param>
    public static string password(string prompt = "") => Ask(prompt, password: true);

    private static string Ask(string prompt, bool password) =>
        DisplayHandle.SinkNow().ReadLine(prompt, password)
        ?? throw new InvalidOperationException("Nobody can be asked here: this run has no person at a front end. Put the value into a cell instead.");
}

/// <summary>Something shown that can be shown anew in the same place.</summary>
public sealed class DisplayHandle
{
    private static readonly string Process = Guid.NewGuid().ToString("N");
    private static int count;

    private DisplayHandle(string id) => Id = id;

    /// <summary>The name of the place; never saved.</summary>
    public string Id { get; }

    /// <summary>Shows another value, or the same value as it is now, in the same place.</summary>
    /// <param name="value">What to show.</param>
    public void Update(object? value) => Update(ValueFormatter.Bundle(value));
    internal void Update(MimeBundle bundle) => SinkNow().Update(bundle, Id);

    internal static DisplayHandle Show(MimeBundle bundle)
    {
        var handle = new DisplayHandle(FormattableString.Invariant($"{Process}-{Interlocked.Increment(ref count)}"));
        SinkNow().Display(bundle, handle.Id);
        return handle;
    }

    internal static ICellSink SinkNow() =>
        (CellContext.Current ?? throw new InvalidOperationException("Nothing can be shown between cells. Show it from a running cell.")).Sink;
}
