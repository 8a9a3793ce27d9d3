using static TorchSharp.Native;

namespace TorchSharp;

/// <content>Products, decompositions, and the functions of statistics that live in `special`.</content>
public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);

    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);

    public static Tensor trace(Tensor input) => input.trace();

    public static Tensor det(Tensor input) => input.det();

    public static Tensor inverse(Tensor input) => input.inverse();

    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);

    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        using var items = new Handles(tensors);
        return Wrap(falw_einsum(equation, items.Pointers, items.Count));
    }

    /// <summary>Distances of every row of <paramref name="x1"/> to every row of <paramref name="x2"/>.</summary>
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Wrap(falw_cdist(x1.Handle, x2.Handle, p));

    public static class linalg
    {
        public static Tensor cholesky(Tensor input) => Wrap(falw_cholesky(input.Handle));

        public static Tensor inv(Tensor input) => Wrap(falw_inv(input.Handle));

        public static Tensor pinv(Tensor input) => Wrap(falw_pinv(input.Handle));

        /// <summary>X that makes |AX - B| smallest.</summary>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other)
        {
            var all = WrapAll(falw_lstsq(input.Handle, other.Handle));
            return (all[0], all[1], all[2], all[3]);
        }

        public static Tensor det(Tensor input) => Wrap(falw_det(input.Handle));

        /// <summary>X with AX = B, or XA = B where <paramref name="left"/> is false.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Wrap(falw_solve(A.Handle, B.Handle, left));

        public static Tensor solve_triangular(Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false) =>
            Wrap(falw_solve_triangular(A.Handle, B.Handle, upper, left, unitriangular));

        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Wrap(falw_vector_norm(input.Handle, ord, dims, dims?.Length ?? 0, keepdim));

        /// <summary>Eigenvalues in ascending order and eigenvectors in columns, of a symmetric matrix.</summary>
        public static (Tensor, Tensor) eigh(Tensor input)
        {
            Check(falw_eigh(input.Handle, out var values, out var vectors));
            return (new Tensor(values), new Tensor(vectors));
        }

        public static (Tensor Q, Tensor R) qr(Tensor input)
        {
            Check(falw_qr(input.Handle, out var q, out var r));
            return (new Tensor(q), new Tensor(r));
        }

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            var all = WrapAll(falw_svd(input.Handle, fullMatrices));
            return (all[0], all[1], all[2]);
        }
    }

    public static class special
    {
        public static Tensor ndtr(Tensor input) => Wrap(falw_special_ndtr(input.Handle));

        public static Tensor ndtri(Tensor input) => Wrap(falw_special_ndtri(input.Handle));

        public static Tensor erf(Tensor input) => input.erf();

        public static Tensor erfinv(Tensor input) => input.erfinv();

        public static Tensor expit(Tensor input) => input.sigmoid();

        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);
    }
}
