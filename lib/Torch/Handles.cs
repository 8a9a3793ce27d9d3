namespace TorchSharp;

/// <summary>The pointers of several tensors for one call; none of them is freed before this is disposed.</summary>
internal ref struct Handles
{
    private readonly TensorHandle[] held;
    private readonly nint[] pointers;
    private int taken;

    /// <summary>A null list is an empty one; a null tensor in it is an absent one.</summary>
    internal Handles(IEnumerable<torch.Tensor?>? tensors)
    {
        held = tensors is null ? [] : [.. tensors.Select(t => t is null ? TensorHandle.None : t.Handle)];
        pointers = new nint[held.Length];
        for (taken = 0; taken < held.Length; taken++)
        {
            var ignored = false;
            held[taken].DangerousAddRef(ref ignored);
            pointers[taken] = held[taken].DangerousGetHandle();
        }
    }

    internal readonly ReadOnlySpan<nint> Pointers => pointers;

    internal readonly long Count => pointers.Length;

    public void Dispose()
    {
        while (taken > 0) held[--taken].DangerousRelease();
    }
}
