using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// The cell that the current thread or task belongs to. It flows with the execution context, so what a background task
/// of cell 3 prints while cell 4 runs still belongs to cell 3.
/// </summary>
internal sealed class CellContext(ICellSink sink, CancellationToken interrupted)
{
    /// <summary>The name under which library code finds the action that shows a bundle.</summary>
    public const string DisplayHook = "notebook.display";

    /// <summary>The name under which library code finds, where a person watches, the function that shows a bundle and returns how to show another in its place.</summary>
    public const string LiveHook = "notebook.live";

    /// <summary>The name under which library code finds the token that is set when the person presses stop.</summary>
    public const string CancellationHook = "notebook.cancellation";

    private static readonly AsyncLocal<CellContext?> OfFlow = new();
    private static volatile CellContext? running;

    /// <summary>The cell of this flow; else the one that runs; null between cells.</summary>
    public static CellContext? Current => OfFlow.Value ?? running;

    public CancellationToken Interrupted => interrupted;

    /// <summary>Makes this the cell of the current thread and of everything started from it.</summary>
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
        AppContext.SetData(DisplayHook, null);
        AppContext.SetData(LiveHook, null);
        AppContext.SetData(CancellationHook, null);
    }

    /// <summary>The way to the front end, closed to a cell that has been told to stop.</summary>
    public ICellSink Sink
    {
        get
        {
            interrupted.ThrowIfCancellationRequested();
            NativeStreams.Settle();
            return sink;
        }
    }

    /// <summary>The way that stays open: for what was written outside the cell's own code.</summary>
    public ICellSink OpenSink => sink;

    // Looked up when called: a delegate that a library kept belongs to whatever cell calls it.
    private static void ShowHere(IReadOnlyDictionary<string, object> forms) => DisplayHandle.Show(MimeBundle.From(forms));

    private static Action<IReadOnlyDictionary<string, object>> ShowLive(IReadOnlyDictionary<string, object> forms)
    {
        var shown = DisplayHandle.Show(MimeBundle.From(forms));
        return other => shown.Update(MimeBundle.From(other));
    }
}
