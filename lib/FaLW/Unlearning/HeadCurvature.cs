using FaLW.Data;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>A linear head at one point: the residual of every sample, and the Hessian ready to be solved with, made once for any number of questions.</summary>
internal sealed class HeadCurvature : IDisposable
{
    private readonly Tensor weights, features, residual;
    private readonly Tensor? factor;
    private readonly HeadHessian? hessian;

    /// <summary>
    /// Takes copies, of the features nothing: they must live as long. The residual is probabilities minus one-hot labels, so that the gradient of sample j
    /// is residual_j times x_j; where the exact Hessian does not fit, the other takes its place and is disposed with this.
    /// </summary>
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

/// <summary>
/// The Hessian of a linear head without the matrix: H V = X' (c (p o A - p sum(p o A))) + ridge V with A = X V', one pass over the features
/// each way, and H^-1 by conjugate gradients. The preconditioner is the Hessian of every class by itself (the blocks on the diagonal), or its
/// diagonal where even those do not fit. For a last layer of 100 x 513 weights, whose matrix would take 21 GB.
/// </summary>
internal sealed class HeadHessian : IDisposable
{
    // Numbers in all blocks together: 2 GB.
    private const long MostInBlocks = 1L << 28;
    private const int MostSteps = 2000;

    // Of the right side's norm. Influences are used to four digits, and products of double precision carry ten and more.
    private const double Tolerance = 1e-10;

    private readonly Tensor features, p, count, preconditioner;
    private readonly double ridge;

    /// <summary>Takes copies, of the features nothing: they must live as long. The count says how much each sample counts.</summary>
    public HeadHessian(Tensor features, Tensor probabilities, Tensor count, double ridge)
    {
        using var scope = NewDisposeScope();
        (this.features, this.ridge) = (features, ridge);
        p = probabilities.clone().DetachFromDisposeScope();
        this.count = count.clone().DetachFromDisposeScope();
        var (classes, d) = (p.shape[1], features.shape[1]);
        var own = count * p * (1 - p);
        preconditioner = (classes * d * d <= MostInBlocks ? Blocks(own) : own.t().mm(features.square()) + ridge).DetachFromDisposeScope();
    }

    /// <summary>H^-1 times the right side: float64 [classes, d], in the caller's dispose scope.</summary>
    public Tensor Solve(Tensor right)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor solution = zeros_like(right), rest = right.clone(), step = Preconditioned(rest).clone();
        var (goal, slope) = (Tolerance * Math.Sqrt(Dot(right, right)), Dot(rest, step));
        for (var i = 0; i < MostSteps && Math.Sqrt(Dot(rest, rest)) is var left; i++)
        {
            if (left <= goal) return solution.MoveToOuterDisposeScope();
            using var pass = NewDisposeScope();
            var turned = Times(step);
            var share = slope / Dot(step, turned);
            if (!(share > 0)) break;
            solution.add_(step, alpha: share);
            rest.add_(turned, alpha: -share);
            var next = Preconditioned(rest);
            var before = slope;
            slope = Dot(rest, next);
            step.mul_(slope / before).add_(next);
        }

        throw new Fault("The influence of samples on the last layer cannot be solved for: its Hessian is nearly singular. Raise the weight decay (ridge), or keep the weights of the samples positive.");
    }

    public void Dispose()
    {
        foreach (var part in (Tensor[])[p, count, preconditioner]) part.Dispose();
    }

    private Tensor Times(Tensor v)
    {
        using var scope = NewDisposeScope();
        var moved = p * features.mm(v.t());
        return ((count * (moved - (p * moved.sum(1, keepdim: true)))).t().mm(features) + (ridge * v)).MoveToOuterDisposeScope();
    }

    // Cholesky factors [classes, d, d].
    private Tensor Blocks(Tensor own)
    {
        var eyes = ridge * eye(features.shape[1], dtype: float64, device: features.device);
        return stack([.. Enumerable.Range(0, (int)own.shape[1]).Select(k =>
        {
            using var scope = NewDisposeScope();
            return linalg.cholesky((features * own.narrow(1, k, 1)).t().mm(features) + eyes).MoveToOuterDisposeScope();
        })]);
    }

    private Tensor Preconditioned(Tensor rest) => preconditioner.dim() == 2 ? rest / preconditioner : cholesky_solve(rest.unsqueeze(2), preconditioner).squeeze(2);

    private static double Dot(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        return (a * b).sum().item<double>();
    }
}
