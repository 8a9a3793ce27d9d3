namespace TorchSharp;

/// <summary>A number handed to an operation. Disposable because TorchSharp's is; here it owns nothing.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(Number value) => Value = value;

    internal Number Value { get; }

    public torch.ScalarType Type => Value.Kind switch
    {
        0 => torch.ScalarType.Bool,
        1 => torch.ScalarType.Int64,
        _ => torch.ScalarType.Float64,
    };

    public static implicit operator Scalar(bool value) => new(Number.Of(value));

    public static implicit operator Scalar(byte value) => new(Number.Of((long)value));

    public static implicit operator Scalar(sbyte value) => new(Number.Of((long)value));

    public static implicit operator Scalar(short value) => new(Number.Of((long)value));

    public static implicit operator Scalar(int value) => new(Number.Of((long)value));

    public static implicit operator Scalar(long value) => new(Number.Of(value));

    public static implicit operator Scalar(Half value) => new(Number.Of((double)value));

    public static implicit operator Scalar(float value) => new(Number.Of((double)value));

    public static implicit operator Scalar(double value) => new(Number.Of(value));

    public void Dispose() { }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this bool value) => value;

    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this Half value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Half ToHalf(this Scalar value) => (Half)value.Value.AsDouble;

    public static float ToSingle(this Scalar value) => (float)value.Value.AsDouble;

    public static double ToDouble(this Scalar value) => value.Value.AsDouble;

    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.Value.AsLong);

    public static byte ToByte(this Scalar value) => checked((byte)value.Value.AsLong);

    public static short ToInt16(this Scalar value) => checked((short)value.Value.AsLong);

    public static int ToInt32(this Scalar value) => checked((int)value.Value.AsLong);

    public static long ToInt64(this Scalar value) => value.Value.AsLong;

    public static bool ToBoolean(this Scalar value) => value.Value.AsDouble != 0;
}
