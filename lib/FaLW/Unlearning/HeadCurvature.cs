using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>A linear head at one point: the gradient of every sample, and the Hessian in factors, made once for any number of questions.</summary>
internal sealed class HeadCurvature : IDisposable
{
    private readonly Tensor weights, gradients, factor;

    /// <summary>Takes copies.</summary>
    /// <param name="weights">float64 [classes, d].</param>
    /// <param name="gradients">float64 [n, classes * d].</param>
    /// <param name="hessian">float64 [classes * d, classes * d], positive definite.</param>
    public HeadCurvature(Tensor weights, Tensor gradients, Tensor hessian) => (this.weights, this.gradients, factor) =
        (weights.detach().clone().DetachFromDisposeScope(), gradients.clone().DetachFromDisposeScope(), linalg.cholesky(hessian).DetachFromDisposeScope());

    /// <summary>g_j' H^-1 (gradient of the loss): float64 [n, losses], in the caller's dispose scope.</summary>
    public Tensor Influences(IReadOnlyList<HeadLoss> losses)
    {
        using var scope = NewDisposeScope();
        var columns = stack([.. losses.Select(Gradient)], 1);
        return gradients.matmul(Solve(columns)).MoveToOuterDisposeScope();
    }

    /// <summary>theta - H^-1 sum_j epsilon_j g_j: float64 [classes, d], in the caller's dispose scope.</summary>
    public Tensor Updated(IReadOnlyList<double> epsilon)
    {
        using var scope = NewDisposeScope();
        var row = tensor([.. epsilon], [1, epsilon.Count], dtype: float64, device: weights.device);
        return (weights - Solve(row.matmul(gradients).t()).view(weights.shape)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var part in (Tensor[])[weights, gradients, factor]) part.Dispose();
    }

    private Tensor Solve(Tensor columns) =>
        linalg.solve_triangular(factor.t(), linalg.solve_triangular(factor, columns, upper: false), upper: true);

    private Tensor Gradient(HeadLoss loss)
    {
        using var gradient = enable_grad();
        var theta = weights.clone().requires_grad_();
        loss(theta).backward();
        return theta.grad!.flatten();
    }
}
