using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Products.</content>
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Wrap(falw_matmul(Handle, target.Handle));

        public Tensor mm(Tensor target) => Wrap(falw_mm(Handle, target.Handle));

        public Tensor bmm(Tensor batch2) => Wrap(falw_bmm(Handle, batch2.Handle));

        public Tensor mv(Tensor target) => Wrap(falw_mv(Handle, target.Handle));

        public Tensor dot(Tensor target) => Wrap(falw_dot(Handle, target.Handle));

        public Tensor outer(Tensor vec2) => Wrap(falw_outer(Handle, vec2.Handle));

        public Tensor inner(Tensor vec2) => Wrap(falw_inner(Handle, vec2.Handle));

        public Tensor kron(Tensor other) => Wrap(falw_kron(Handle, other.Handle));

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Wrap(falw_addmm(Handle, mat1.Handle, mat2.Handle, beta, alpha));

        public Tensor trace() => Wrap(falw_trace(Handle));

        public Tensor det() => Wrap(falw_det(Handle));

        public Tensor inverse() => Wrap(falw_inv(Handle));
    }
}
