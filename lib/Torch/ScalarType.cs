namespace TorchSharp;

public static partial class torch
{
    /// <summary>Element types; the numbers are c10's.</summary>
#pragma warning disable CA1028
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        BFloat16 = 15,
    }
#pragma warning restore CA1028

    public static readonly ScalarType @bool = ScalarType.Bool;
    public static readonly ScalarType uint8 = ScalarType.Byte;
    public static readonly ScalarType int8 = ScalarType.Int8;
    public static readonly ScalarType int16 = ScalarType.Int16;
    public static readonly ScalarType int32 = ScalarType.Int32;
    public static readonly ScalarType int64 = ScalarType.Int64;
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;
    public static readonly ScalarType float16 = ScalarType.Float16;
    public static readonly ScalarType float32 = ScalarType.Float32;
    public static readonly ScalarType float64 = ScalarType.Float64;
    public static readonly ScalarType @short = ScalarType.Int16;
    public static readonly ScalarType @int = ScalarType.Int32;
    public static readonly ScalarType @long = ScalarType.Int64;
    public static readonly ScalarType half = ScalarType.Float16;
    public static readonly ScalarType @float = ScalarType.Float32;
    public static readonly ScalarType @double = ScalarType.Float64;

    public static bool is_integral(ScalarType type) => type is >= ScalarType.Byte and <= ScalarType.Int64;

    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static bool is_integral(Tensor t) => is_integral(t.dtype);

    public static bool is_floating_point(Tensor input) => is_floating_point(input.dtype);

    public static bool is_complex(Tensor input) => is_complex(input.dtype);

    public static ScalarType get_default_dtype() => (ScalarType)Native.falw_default_dtype();

    public static void set_default_dtype(ScalarType dtype) => Native.Check(Native.falw_set_default_dtype((int)dtype));

    internal static ScalarType ToScalarType(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        TypeCode.Boolean => ScalarType.Bool,
        _ when type == typeof(Half) => ScalarType.Float16,
        _ => throw new NotSupportedException(
            $"A tensor cannot be made of {type.Name}. Use byte, sbyte, short, int, long, Half, float, double or bool."),
    };

    /// <summary>The number the shim takes for "this type, or libtorch's choice".</summary>
    internal static int Code(ScalarType? type) => type is { } known ? (int)known : -1;
}
