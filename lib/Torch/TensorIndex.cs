using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One entry of t[...] as the shim takes it. Kind: 0 number, 1 slice, 2 ellipsis, 3 new axis, 4 bool, 5 tensor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Place(long Kind, long Start, long Stop, long Step, long HasStart, long HasStop, nint Tensor);

public static partial class torch
{
    /// <summary>One entry of t[...]: a number, a slice, `...`, a new axis, a mask or a list.</summary>
#pragma warning disable CA1815, MA0008
    public readonly struct TensorIndex
    {
        private readonly Place place;
        private readonly Tensor? tensor;

        private TensorIndex(Place place, Tensor? tensor = null)
        {
            this.place = place;
            this.tensor = tensor;
        }

        public static TensorIndex Ellipsis { get; } = new(new Place(2, 0, 0, 1, 0, 0, 0));

        /// <summary>A new axis of length one.</summary>
        public static TensorIndex None { get; } = new(new Place(3, 0, 0, 1, 0, 0, 0));

        /// <summary>TorchSharp's other name of a new axis.</summary>
        public static TensorIndex Null => None;

        /// <summary>Everything along this dimension.</summary>
        public static TensorIndex Colon { get; } = Slice();

        internal Tensor? Owner => tensor;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(new Place(1, start ?? 0, stop ?? 0, step ?? 1, start is null ? 0 : 1, stop is null ? 0 : 1, 0));

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) =>
            Slice(
                range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
                !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new(new Place(4, value ? 1 : 0, 0, 1, 0, 0, 0));

        public static TensorIndex Single(long? index) => new(new Place(0, index ?? 0, 0, 1, 0, 0, 0));

        public static TensorIndex Tensor(Tensor tensor) => new(new Place(5, 0, 0, 1, 0, 0, 0), tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        internal Place At(nint pointer) => place with { Tensor = pointer };
    }
#pragma warning restore CA1815, MA0008
}
