using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>A linear head at one point: the residual of every sample, and the Hessian ready to be solved with, made once for any number of questions.</summary>
internal sealed class HeadCurvature : IDisposable
{
    private readonly Tensor weights, features, residual;
    private readonly Tensor? factor;
    private readonly HeadHessian? hessian;

    /// <summary>Takes copies, of the features nothing: they must live as long.</summary>
    /// <param name="weights">float64 [classes, d].</param>
    /// <param name="features">float64 [n, d].</param>
    /// <param name="residual">float64 [n, classes]: probabilities minus the one-hot labels, so that the gradient of sample j is residual_j times x_j.</param>
    /// <param name="exact">float64 [classes * d, classes * d], positive definite; null where it does not fit.</param>
    /// <param name="hessian">Takes its place then, and is disposed with this.</param>
    public HeadCurvature(Tensor weights, Tensor features, Tensor residual, Tensor? exact, HeadHessian? hessian)
    {
        (this.weights, this.features, this.hessian) = (weights.detach().clone().DetachFromDisposeScope(), features, hessian);
        this.residual = residual.clone().DetachFromDisposeScope();
        factor = exact is null ? null : linalg.cholesky(exact).DetachFromDisposeScope();
    }

    /// <summary>g_j' H^-1 (gradient of the loss): float64 [n, losses], in the caller's dispose scope.</summary>
    public Tensor Influences(IReadOnlyList<HeadLoss> losses)
    {
        using var scope = NewDisposeScope();
        return stack([.. losses.Select(loss => Influence(Gradient(loss)))], 1).MoveToOuterDisposeScope();
    }

    /// <summary>theta - H^-1 sum_j epsilon_j g_j: float64 [classes, d], in the caller's dispose scope.</summary>
    public Tensor Updated(IReadOnlyList<double> epsilon)
    {
        using var scope = NewDisposeScope();
        var column = tensor([.. epsilon], [epsilon.Count, 1], dtype: float64, device: weights.device);
        return (weights - Solve((residual * column).t().mm(features))).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var part in (Tensor[])[weights, residual]) part.Dispose();
        factor?.Dispose();
        hessian?.Dispose();
    }

    private Tensor Influence(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        return (residual * features.mm(Solve(gradient).t())).sum(1).MoveToOuterDisposeScope();
    }

    private Tensor Solve(Tensor right) => factor is null ? hessian!.Solve(right)
        : linalg.solve_triangular(factor.t(), linalg.solve_triangular(factor, right.reshape(-1, 1), upper: false), upper: true).view(right.shape);

    private Tensor Gradient(HeadLoss loss)
    {
        using var gradient = enable_grad();
        var theta = weights.clone().requires_grad_();
        loss(theta).backward();
        return theta.grad!;
    }
}
