using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Products and decompositions.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_matmul(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_mm(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bmm(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_mv(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_dot(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_outer(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_inner(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_kron(TensorHandle self, TensorHandle other);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_addmm(TensorHandle self, TensorHandle one, TensorHandle two, double beta, double alpha);
    [LibraryImport(Shim, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial TensorHandle falw_einsum(string equation, ReadOnlySpan<nint> items, long count);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_trace(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_det(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_inv(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cholesky(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_solve(TensorHandle a, TensorHandle b, Flag left);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_solve_triangular(TensorHandle a, TensorHandle b, Flag upper, Flag left, Flag unitriangular);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_vector_norm(TensorHandle self, double order, ReadOnlySpan<long> dim, long n, Flag keepdim);
    [LibraryImport(Shim)]
    internal static partial int falw_eigh(TensorHandle self, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial int falw_qr(TensorHandle self, out TensorHandle first, out TensorHandle second);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_svd(TensorHandle self, Flag full);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_cdist(TensorHandle one, TensorHandle two, double p);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_pinv(TensorHandle self);
    [LibraryImport(Shim)]
    internal static partial TensorListHandle falw_lstsq(TensorHandle self, TensorHandle other);
}
