namespace TorchSharp;

/// <summary>The dispose scopes of one thread, innermost first.</summary>
internal sealed class ThreadScopes
{
    [ThreadStatic]
    private static ThreadScopes? own;

    internal static ThreadScopes Own => own ??= new ThreadScopes();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this, CurrentDisposeScope);

    internal DisposeScope? Register(torch.Tensor tensor)
    {
        CurrentDisposeScope?.Add(tensor);
        return CurrentDisposeScope;
    }

    /// <summary>Scopes end in any order: one that ends early leaves its outer scope to those inside it.</summary>
    internal void Remove(DisposeScope ended)
    {
        if (ReferenceEquals(CurrentDisposeScope, ended))
        {
            CurrentDisposeScope = ended.OuterScope;
            return;
        }
        for (var scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (ReferenceEquals(scope.OuterScope, ended)) scope.OuterScope = ended.OuterScope;
        }
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => ThreadScopes.Own.NewDisposeScope();

    public static DisposeScope? CurrentDisposeScope => ThreadScopes.Own.CurrentDisposeScope;

    /// <summary>Runs <paramref name="expr"/> in a scope of its own and keeps only its result.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
