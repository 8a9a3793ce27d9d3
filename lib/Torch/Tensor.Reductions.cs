using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Sums, means and other summaries. No dimension means all of them.</content>
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Wrap(falw_sum(Handle, Code(type)));

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Wrap(falw_sum_dim(Handle, dim, dim.Length, keepdim, Code(type)));

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Wrap(falw_mean(Handle));

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Wrap(falw_mean_dim(Handle, dimensions, dimensions.Length, keepdim, Code(type)));

        public Tensor prod(ScalarType? type = null) => Wrap(falw_prod(Handle, Code(type)));

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Wrap(falw_prod_dim(Handle, dim, keepdim, Code(type)));

        public Tensor cumsum(long dim, ScalarType? type = null) => Wrap(falw_cumsum(Handle, dim, Code(type)));

        public Tensor cumprod(long dim, ScalarType? type = null) => Wrap(falw_cumprod(Handle, dim, Code(type)));

        public Tensor std(bool unbiased = true) => Wrap(falw_std(Handle, unbiased));

        public Tensor var(bool unbiased = true) => Wrap(falw_var(Handle, unbiased));

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type, Wrap(falw_std_dim(Handle, dimensions, dimensions.Length, unbiased, keepdim)));

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type, Wrap(falw_var_dim(Handle, dimensions, dimensions.Length, unbiased, keepdim)));

        public Tensor norm(float p = 2.0f) => Wrap(falw_norm(Handle, p));

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Wrap(falw_norm_dim(Handle, dim, keepdim, p));

        public Tensor softmax(long dim, ScalarType? dtype = null) => Wrap(falw_softmax(Handle, dim, Code(dtype)));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Wrap(falw_log_softmax(Handle, dim, Code(dtype)));

        public Tensor logsumexp(long dim, bool keepdim = false) => Wrap(falw_logsumexp(Handle, dim, keepdim));

        public Tensor all() => Wrap(falw_all(Handle));

        public Tensor all(long dim, bool keepdim = false) => Wrap(falw_all_dim(Handle, dim, keepdim));

        public Tensor any() => Wrap(falw_any(Handle));

        public Tensor any(long dim, bool keepdim = false) => Wrap(falw_any_dim(Handle, dim, keepdim));

        public Tensor count_nonzero(long[]? dims = null) => Wrap(falw_count_nonzero(Handle, dims, dims?.Length ?? 0));

        public Tensor bincount(Tensor? weights, long minlength = 0) => Wrap(falw_bincount(Handle, Optional(weights), minlength));

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Wrap(falw_histc(Handle, bins, min, max));

        private static Tensor As(ScalarType? type, Tensor result) => type is { } wanted ? result.to(wanted, disposeAfter: true) : result;

        public Tensor nansum() => Wrap(falw_nansum(Handle));

        public Tensor cov(long correction = 1) => Wrap(falw_cov(Handle, correction));

        public Tensor corrcoef() => Wrap(falw_corrcoef(Handle));

        public Tensor diff(long n = 1, long dim = -1) => Wrap(falw_diff(Handle, n, dim));

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => (std(unbiased), mean());

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => (var(unbiased), mean());
    }
}
