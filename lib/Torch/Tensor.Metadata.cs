using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>What a tensor is: shape, type, place.</content>
    public partial class Tensor
    {
        public long Dimensions => Count(falw_dim(Handle));

        public long ndim => Dimensions;

        public long NumberOfElements => Count(falw_numel(Handle));

        public long ElementSize => Count(falw_element_size(Handle));

        public ScalarType dtype => (ScalarType)Count(falw_dtype(Handle));

        public DeviceType device_type => (DeviceType)Count(falw_device_type(Handle));

        public int device_index => falw_device_index(Handle);

        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Answer(falw_is_sparse(Handle));

        public long[] shape => size();

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_contiguous() => Answer(falw_is_contiguous(Handle));

        public bool is_pinned() => Answer(falw_is_pinned(Handle));

        public bool is_nonzero() => Answer(falw_is_nonzero(Handle));

        public long storage_offset() => Count(falw_storage_offset(Handle));

        public long size(int dim) => Count(falw_size(Handle, dim));

        public long[] size()
        {
            var sizes = new long[Dimensions];
            Check(falw_sizes(Handle, sizes));
            return sizes;
        }

        public long[] stride()
        {
            var strides = new long[Dimensions];
            Check(falw_strides(Handle, strides));
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + ndim : dim];

        /// <summary>What it is, not what is in it: looking at a tensor in a debugger must not wait for a GPU.</summary>
        public override string ToString() =>
            IsInvalid
                ? "a disposed tensor"
                : FormattableString.Invariant($"[{string.Join('x', shape)}], type = {dtype}, device = {device}");

        public override int GetHashCode() => base.GetHashCode();

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) => Answer(falw_equal(Handle, target.Handle));
    }
}
