using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Sessions;

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
