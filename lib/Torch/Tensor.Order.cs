using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Largest, smallest, sorted, distinct.</content>
    public partial class Tensor
    {
        public Tensor max() => Wrap(falw_max(Handle));

        public Tensor min() => Wrap(falw_min(Handle));

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            Two(falw_max_dim(Handle, dim, keepdim, out var values, out var indexes), values, indexes);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Two(falw_min_dim(Handle, dim, keepdim, out var values, out var indexes), values, indexes);

        public Tensor amax(params long[] dims) => amax((ReadOnlySpan<long>)dims);

        public Tensor amin(params long[] dims) => amin((ReadOnlySpan<long>)dims);

        public Tensor amax(long[] dims, bool keepdim = false) => amax((ReadOnlySpan<long>)dims, keepdim);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false) => Wrap(falw_amax(Handle, dims, dims.Length, keepdim));

        public Tensor amin(long[] dims, bool keepdim = false) => amin((ReadOnlySpan<long>)dims, keepdim);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false) => Wrap(falw_amin(Handle, dims, dims.Length, keepdim));

        public Tensor argmax() => Wrap(falw_argmax(Handle));

        public Tensor argmin() => Wrap(falw_argmin(Handle));

        public Tensor argmax(long dim, bool keepdim = false) => Wrap(falw_argmax_dim(Handle, dim, keepdim));

        public Tensor argmin(long dim, bool keepdim = false) => Wrap(falw_argmin_dim(Handle, dim, keepdim));

        public Tensor argsort(long dim = -1, bool descending = false) => Wrap(falw_argsort(Handle, dim, descending));

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Two(falw_sort(Handle, dim, descending, stable, out var values, out var indices), values, indices);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Two(falw_topk(Handle, k, dim, largest, sorted, out var values, out var indexes), values, indexes);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Two(falw_kthvalue(Handle, k, dim ?? -1, keepdim, out var values, out var indices), values, indices);

        public (Tensor values, Tensor indices) mode(long dim = -1L, bool keepdim = false) =>
            Two(falw_mode(Handle, dim, keepdim, out var values, out var indices), values, indices);

        public (Tensor values, Tensor indexes) cummax(long dim) =>
            Two(falw_cummax(Handle, dim, out var values, out var indexes), values, indexes);

        public Tensor median() => Wrap(falw_median(Handle));

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Wrap(falw_quantile(Handle, q.Handle, dim, keepdim));

        /// <summary>The distinct elements; the second and third are null unless asked for.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false)
        {
            var all = WrapAll(falw_unique(Handle, sorted, return_inverse, return_counts));
            if (!return_inverse) all[1].Dispose();
            if (!return_counts) all[2].Dispose();
            return (all[0], return_inverse ? all[1] : null, return_counts ? all[2] : null);
        }

        private static (Tensor, Tensor) Two(int status, TensorHandle first, TensorHandle second)
        {
            Check(status);
            return (new Tensor(first), new Tensor(second));
        }

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Wrap(falw_bucketize(Handle, boundaries.Handle, outInt32, right));

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) =>
            dim is { } one ? (amin([one], keepdim), amax([one], keepdim)) : (min(), max());
    }
}
