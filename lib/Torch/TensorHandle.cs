using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// One native tensor. The marshaller holds a reference during every call, so no tensor is freed under a running operation and
/// a disposed one throws instead of crashing. <see cref="None"/> stands for "absent".
/// </summary>
internal sealed class TensorHandle : SafeHandle
{
    private static long live;

    public TensorHandle() : base(0, ownsHandle: true) { }

    internal static TensorHandle None { get; } = new();

    /// <summary>Tensors that are wrapped and not yet freed.</summary>
    internal static long Live => Interlocked.Read(ref live);

    public override bool IsInvalid => handle == 0;

    internal static void CountOne() => Interlocked.Increment(ref live);

    protected override bool ReleaseHandle()
    {
        Interlocked.Decrement(ref live);
        Native.falw_free(handle);
        return true;
    }
}

/// <summary>A native list of tensors, on its way to an array.</summary>
internal sealed class TensorListHandle : SafeHandle
{
    public TensorListHandle() : base(0, ownsHandle: true) { }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.falw_list_free(handle);
        return true;
    }
}

/// <summary>A native random generator. <see cref="None"/> stands for libtorch's own.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    public GeneratorHandle() : base(0, ownsHandle: true) { }

    internal static GeneratorHandle None { get; } = new();

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.falw_generator_free(handle);
        return true;
    }
}
