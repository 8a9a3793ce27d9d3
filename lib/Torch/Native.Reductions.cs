using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Many elements in, few out.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sum(TensorHandle self, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_sum_dim(TensorHandle self, ReadOnlySpan<long> dim, long n, Flag keepdim, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_mean(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_mean_dim(TensorHandle self, ReadOnlySpan<long> dim, long n, Flag keepdim, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_prod(TensorHandle self, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_prod_dim(TensorHandle self, long dim, Flag keepdim, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cumsum(TensorHandle self, long dim, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cumprod(TensorHandle self, long dim, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_std(TensorHandle self, Flag unbiased);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_var(TensorHandle self, Flag unbiased);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_std_dim(TensorHandle self, ReadOnlySpan<long> dim, long n, Flag unbiased, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_var_dim(TensorHandle self, ReadOnlySpan<long> dim, long n, Flag unbiased, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_softmax(TensorHandle self, long dim, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_log_softmax(TensorHandle self, long dim, int dtype);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_logsumexp(TensorHandle self, long dim, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_norm(TensorHandle self, double p);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_norm_dim(TensorHandle self, long dim, Flag keepdim, double p);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_max(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_min(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_amax(TensorHandle self, ReadOnlySpan<long> dim, long n, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_amin(TensorHandle self, ReadOnlySpan<long> dim, long n, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_argmax(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_argmin(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_argmax_dim(TensorHandle self, long dim, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_argmin_dim(TensorHandle self, long dim, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_all(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_any(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_all_dim(TensorHandle self, long dim, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_any_dim(TensorHandle self, long dim, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_median(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_quantile(TensorHandle self, TensorHandle q, long dim, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_count_nonzero(TensorHandle self, ReadOnlySpan<long> dim, long n);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bincount(TensorHandle self, TensorHandle weights, long minlength);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_histc(TensorHandle self, long bins, double min, double max);
    [LibraryImport(Shim)]
    internal static partial int falw_max_dim(TensorHandle self, long dim, Flag keepdim, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial int falw_min_dim(TensorHandle self, long dim, Flag keepdim, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial int falw_sort(
        TensorHandle self, long dim, Flag descending, Flag stable, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial int falw_topk(
        TensorHandle self, long k, long dim, Flag largest, Flag sorted, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial int falw_kthvalue(
        TensorHandle self, long k, long dim, Flag keepdim, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial int falw_mode(TensorHandle self, long dim, Flag keepdim, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial int falw_cummax(TensorHandle self, long dim, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_argsort(TensorHandle self, long dim, Flag descending);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_searchsorted(TensorHandle self, TensorHandle values, Flag int32, Flag right);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_unique(TensorHandle self, Flag sorted, Flag inverse, Flag counts);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_nansum(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cov(TensorHandle self, long correction);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_corrcoef(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_diff(TensorHandle self, long order, long dim);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bucketize(TensorHandle self, TensorHandle boundaries, Flag int32, Flag right);
}
