using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor by row-major index, whatever its strides, read and written in place.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public unsafe T this[params long[] indices]
    {
        get => Pointer()[Offset(indices)];
        set => Pointer()[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>A .NET array of the tensor's rank.</summary>
    public Array ToNDArray()
    {
        var array = Array.CreateInstance(typeof(T), shape.Length == 0 ? [1] : shape);
        ToArray().CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), (int)Count));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var into = array[arrayIndex..];
        var length = (int)Math.Min(into.Length, Count - tensorIndex);
        var from = Pointer();
        if (contiguous) new ReadOnlySpan<T>(from + tensorIndex, length).CopyTo(into);
        else
            for (var i = 0; i < length; i++) into[i] = from[Flat(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var from = array[arrayIndex..];
        var length = (int)Math.Min(from.Length, Count - tensorIndex);
        var into = Pointer();
        for (var i = 0; i < length; i++) into[Flat(tensorIndex + i)] = from[i];
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() { }

    /// <summary>Asked for every time: a disposed tensor then throws instead of being read after its end.</summary>
    private unsafe T* Pointer() => (T*)tensor.DataPointer();

    private long Offset(long[] indices)
    {
        if (indices.Length == 1 && shape.Length != 1) return Flat(Within(indices[0], Count));
        if (indices.Length != shape.Length)
            throw new ArgumentException(
                $"The tensor has {shape.Length} dimensions, but {indices.Length} indices were given.", nameof(indices));
        long offset = 0;
        for (var i = 0; i < shape.Length; i++) offset += Within(indices[i], shape[i]) * strides[i];
        return offset;
    }

    private static long Within(long index, long length) =>
        index >= 0 && index < length
            ? index
            : throw new ArgumentOutOfRangeException(
                nameof(index), index, FormattableString.Invariant($"The index must be from 0 to {length - 1}."));

    private long Flat(long index)
    {
        if (contiguous) return index;
        long offset = 0;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            index = Math.DivRem(index, shape[i], out var place);
            offset += place * strides[i];
        }
        return offset;
    }
}
