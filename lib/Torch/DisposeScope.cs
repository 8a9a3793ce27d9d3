namespace TorchSharp;

/// <summary>
/// Owns the tensors made on its thread while it is the innermost scope, and disposes them when it ends.
/// A tensor may be disposed on another thread, so the set is locked.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly Lock gate = new();
    private ThreadScopes? manager;
    private HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(ThreadScopes manager, DisposeScope? outer)
    {
        this.manager = manager;
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; set; }

    public int DisposablesCount
    {
        get
        {
            Alive();
            lock (gate) return disposables.Count;
        }
    }

    /// <summary>What it owns now; a copy.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            Alive();
            lock (gate) return [.. disposables];
        }
    }

    public bool Contains(IDisposable disposable)
    {
        lock (gate) return disposables.Contains(disposable);
    }

    public void Dispose()
    {
        if (manager is not { } owner) return;
        DisposeEverything();
        owner.Remove(this);
        manager = null;
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        Alive();
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        HashSet<IDisposable> before;
        lock (gate) (before, disposables) = (disposables, keep);
        foreach (var disposable in before)
        {
            if (!keep.Contains(disposable)) disposable.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Forgets a disposable that was disposed by hand.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
    }

    internal void Add(IDisposable disposable)
    {
        lock (gate) disposables.Add(disposable);
    }

    private bool Remove(IDisposable disposable)
    {
        lock (gate) return disposables.Remove(disposable);
    }

    private void Alive() => ObjectDisposedException.ThrowIf(manager is null, this);
}
