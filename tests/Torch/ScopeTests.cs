using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Who owns a tensor, and until when.</summary>
public sealed class ScopeTests
{
    [Fact]
    public void What_is_made_in_a_scope_ends_with_it()
    {
        Tensor inner, kept;
        using (var scope = NewDisposeScope())
        {
            inner = ones(3) + 1;
            kept = ones(3).DetachFromDisposeScope();
            Assert.Equal(2, scope.DisposablesCount);
            Assert.True(scope.Contains(inner));
            Assert.False(scope.Contains(kept));
        }
        Assert.True(inner.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void A_result_moves_outwards_scope_by_scope()
    {
        Tensor result;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope()) result = zeros(2).MoveToOuterDisposeScope();
            Assert.False(result.IsInvalid);
            Assert.True(outer.Contains(result));
            Assert.Same(result, result.MoveToOuterDisposeScope());
            Assert.False(outer.Contains(result));
        }
        Assert.False(result.IsInvalid);
        result.Dispose();
        Assert.True(result.IsInvalid);
    }

    [Fact]
    public void Moving_what_nobody_owns_does_nothing()
    {
        var free = zeros(2).MoveToOuterDisposeScope();
        Assert.False(free.IsInvalid);
        free.DetachFromDisposeScope().Dispose();
        free.Dispose();
    }

    [Fact]
    public void A_scope_can_be_emptied_but_for_some()
    {
        using var scope = NewDisposeScope();
        var first = ones(1);
        var second = ones(1);
        Assert.Same(second, scope.DisposeEverythingBut(second));
        Assert.True(first.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(second.IsInvalid);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_scope_can_take_over_a_tensor()
    {
        var free = ones(1);
        using (var scope = NewDisposeScope()) scope.Attach(free);
        Assert.True(free.IsInvalid);
        using var from = NewDisposeScope();
        var anchor = ones(1);
        using (NewDisposeScope()) free = ones(1).MoveToOtherDisposeScope(anchor);
        Assert.True(from.Contains(free));
    }

    [Fact]
    public void An_ended_scope_throws()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        Assert.ThrowsAny<InvalidOperationException>(() => scope.DisposablesCount);
    }

    [Fact]
    public void Scopes_may_end_in_the_wrong_order()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = ones(1);
        outer.Dispose();
        Assert.False(tensor.IsInvalid);
        tensor.MoveToOuterDisposeScope();
        inner.Dispose();
        Assert.False(tensor.IsInvalid);
        tensor.Dispose();
    }

    [Fact]
    public void A_wrapped_function_leaves_only_its_result()
    {
        using var scope = NewDisposeScope();
        using var result = WrappedTensorDisposeScope(() => (ones(2) * 2) + (ones(2) * 3));
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal([5f, 5f], result.data<float>().ToArray());
    }

    [Fact]
    public void Each_thread_has_its_own_scopes()
    {
        using var scope = NewDisposeScope();
        var mine = ones(2);
        Tensor? theirs = null;
        var worker = new Thread(() =>
        {
            theirs = mine + 1;
            using (NewDisposeScope()) _ = mine + 2;
        });
        worker.Start();
        worker.Join();
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal([2f, 2f], theirs!.data<float>().ToArray());
        theirs.Dispose();
    }

    [Fact]
    public void A_tensor_may_be_disposed_by_another_thread()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 200).Select(_ => ones(1)).ToArray();
        Parallel.ForEach(tensors, tensor => tensor.Dispose());
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
        Assert.Equal(0, scope.DisposablesCount);
    }
}
