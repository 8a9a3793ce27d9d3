namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One wrapper of a libtorch tensor. Every new one joins the innermost dispose scope of its thread; without a scope it lives
    /// until it is disposed or collected.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle handle;

        internal Tensor(TensorHandle handle)
        {
            this.handle = handle;
            TensorHandle.CountOne();
            OwningDisposeScope = ThreadScopes.Own.Register(this);
        }

        /// <summary>Tensors that are wrapped and not yet freed, in the whole process.</summary>
        public static long TotalCount => TensorHandle.Live;

        public string? name { get; set; }

        public bool IsInvalid => handle.IsClosed;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>What native calls take. Throws for a disposed tensor.</summary>
        internal TensorHandle Handle => handle.IsClosed ? throw Disposed() : handle;

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Moves the tensor to the scope outside its own, or to nobody when there is none.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } owner) owner.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>A second wrapper of the same tensor.</summary>
        public Tensor alias() => Native.Wrap(Native.falw_alias(Handle));

        protected virtual void Dispose(bool disposing)
        {
            if (handle.IsClosed) return;
            OwningDisposeScope?.MarkAsDisposed(this);
            handle.Dispose();
        }

        private static ObjectDisposedException Disposed() => new(
            nameof(Tensor),
            "This tensor was disposed, by hand or with its dispose scope. Let results leave a scope with MoveToOuterDisposeScope().");
    }
}
