using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.Native;

namespace TorchSharp;

/// <content>Tensors from .NET arrays.</content>
public static partial class torch
{
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor of the array's rank. TorchSharp may share the array's memory; here the tensor always owns a copy.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false) =>
        rawArray switch
        {
            float[] array => tensor(array, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(float) => Of<float>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(double) => Of<double>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(long) => Of<long>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(int) => Of<int>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(short) => Of<short>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(byte) => Of<byte>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(sbyte) => Of<sbyte>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(bool) => Of<bool>(rawArray, dtype, device, requires_grad),
            _ when Element(rawArray) == typeof(Half) => Of<Half>(rawArray, dtype, device, requires_grad),
            _ => throw new NotSupportedException(
                $"A tensor cannot be made of {Element(rawArray)}. Use byte, sbyte, short, int, long, Half, float, double or bool."),
        };

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>
    /// Elements of a one-dimensional array from <paramref name="offset"/> on. TorchSharp shares the array's memory; here it is copied.
    /// </summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (offset < 0 || offset >= rawArray.LongLength)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"invalid value for 'offset': {offset}. It must be from 0 to {rawArray.LongLength - 1}."), nameof(offset));
        var length = count < 0 ? rawArray.LongLength - offset : count;
        using var all = from_array(rawArray);
        using var part = all.narrow(0, offset, length);
        return part.to(dtype, copy: true).requires_grad_(requires_grad);
    }

    private static Type Element(Array array) => array.GetType().GetElementType() ?? typeof(void);

    private static Tensor Of<T>(Array array, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        FromHost<T>(Flat<T>(array), Lengths(array), dtype, device, requires_grad);

    private static long[] Lengths(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];

    private static ReadOnlySpan<T> Flat<T>(Array array) where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static unsafe Tensor FromHost<T>(
        ReadOnlySpan<T> data, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged
    {
        long needed = 1;
        foreach (var length in dimensions) needed *= length;
        if (needed > data.Length)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"mismatched total size creating a tensor from an array: {needed} vs. {data.Length}"));
        device = InitializeDevice(device);
        var source = ToScalarType(typeof(T));
        fixed (T* memory = data)
        {
            var wanted = (int)(dtype ?? source);
            return Made(
                falw_from_host((nint)memory, dimensions, dimensions.Length, (int)source, wanted, (int)device.type, device.index),
                requires_grad);
        }
    }
}
