using System.Globalization;
using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>The way to and from the host's memory.</content>
    public partial class Tensor
    {
        /// <summary>The elements, in place on the CPU, in a copy elsewhere. T must be the element type exactly.</summary>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new Utils.TensorAccessor<T>(is_cpu() ? this : cpu());
        }

        /// <summary>The one element. T must be the element type exactly.</summary>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"Number of elements in the tensor must be 1, but there are {NumberOfElements} (shape [{string.Join(", ", shape)}])."));
            ValidateType(typeof(T));
            if (typeof(T) == typeof(Half)) return (T)(object)(Half)Item().AsDouble;
            return (T)Convert.ChangeType(Boxed(Item()), typeof(T), CultureInfo.InvariantCulture);
        }

        public Scalar ToScalar() => new(Item());

        /// <summary>The bytes of a contiguous CPU tensor, in place: valid while the tensor lives.</summary>
        public Span<byte> bytes
        {
            get => Memory();
            set
            {
                var memory = Memory();
                if (memory.Length != value.Length)
                    throw new ArgumentException($"Mismatched data sizes: the tensor has {memory.Length} bytes, the data {value.Length}.");
                value.CopyTo(memory);
            }
        }

        public float ReadCpuSingle(long i) => data<float>()[i];

        public double ReadCpuDouble(long i) => data<double>()[i];

        public long ReadCpuInt64(long i) => data<long>()[i];

        public static explicit operator float(Tensor value) => value.ToScalar().ToSingle();

        public static explicit operator double(Tensor value) => value.ToScalar().ToDouble();

        public static explicit operator int(Tensor value) => value.ToScalar().ToInt32();

        public static explicit operator long(Tensor value) => value.ToScalar().ToInt64();

        public static explicit operator bool(Tensor value) => value.ToScalar().ToBoolean();

        internal nint DataPointer() => falw_data(Handle);

        internal void ValidateType(Type dotnetType)
        {
            var fits = dtype == ScalarType.BFloat16 ? null : ElementTypes.GetValueOrDefault(dtype);
            if (dotnetType != fits)
                throw new ArgumentException(
                    $"{dotnetType.Name} is not compatible with {dtype}. " +
                    (fits is null
                        ? "Convert with to_type(ScalarType.Float32) first."
                        : $"Read it as {fits.Name}, or convert with to_type first."));
        }

        private static readonly Dictionary<ScalarType, Type> ElementTypes = new()
        {
            [ScalarType.Byte] = typeof(byte),
            [ScalarType.Int8] = typeof(sbyte),
            [ScalarType.Int16] = typeof(short),
            [ScalarType.Int32] = typeof(int),
            [ScalarType.Int64] = typeof(long),
            [ScalarType.Float16] = typeof(Half),
            [ScalarType.Float32] = typeof(float),
            [ScalarType.Float64] = typeof(double),
            [ScalarType.Bool] = typeof(bool),
        };

        private static object Boxed(Number number) => number.Kind == 2 ? (object)number.Real : number.Whole;

        private Number Item()
        {
            Check(falw_item(Handle, out var number));
            return number;
        }

        private unsafe Span<byte> Memory()
        {
            if (!is_cpu())
                throw new InvalidOperationException("The bytes of a tensor can only be reached on the CPU. Call cpu() first.");
            if (!is_contiguous())
                throw new InvalidOperationException("The bytes of a tensor can be reached when it is contiguous. Call contiguous() first.");
            var length = NumberOfElements * ElementSize;
            if (length > int.MaxValue)
                throw new ArgumentException(FormattableString.Invariant(
                    $"A span holds at most {int.MaxValue} bytes, the tensor has {length}. Read it in parts."));
            return new Span<byte>((void*)DataPointer(), (int)length);
        }
    }
}
