using FaLW.Data;
using FaLW.Weighting;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>A loss of the weights of a linear head, as a scalar with gradient.</summary>
/// <param name="weights">float64 [classes, features].</param>
public delegate Tensor HeadLoss(Tensor weights);

/// <summary>Tasks and utilities of Soft Weighted Machine Unlearning (arXiv 2505.18783), on features that live as long as the loss is used.</summary>
internal static class HeadLosses
{
    public static HeadLoss CrossEntropy(Tensor features, Tensor labels) => weights =>
        functional.cross_entropy(features.mm(weights.t()), labels, reduction: Reduction.Sum);

    /// <summary>Demographic parity of two classes: mean probability of class 1 in group 1 minus that in group 0, -1 to 1.</summary>
    public static HeadLoss DemographicParity(Tensor features, Tensor group) => weights =>
        Between(features.mm(weights.t()).softmax(1).select(1, 1), group.to_type(float64), 1 - group.to_type(float64));

    /// <summary>Equal opportunity of two classes: mean cross-entropy on samples of class 1, group 0 minus group 1, in nats.</summary>
    public static HeadLoss EqualOpportunity(Tensor features, Tensor labels, Tensor group) => weights =>
    {
        var (positive, one) = (labels.to_type(float64), group.to_type(float64));
        var loss = functional.cross_entropy(features.mm(weights.t()), labels, reduction: Reduction.None);
        return Between(loss, positive * (1 - one), positive * one);
    };

    /// <summary>
    /// The robustness test of the published code: every sample moved past the boundary of two classes, x - 1.3 s d / |d|^2 with s
    /// its score and d the weight difference without the bias. That turns every score s into -0.3 s, so accuracy
    /// on it is 100 minus the accuracy before: a weak test, given because the paper's figures rest on it.
    /// </summary>
    public static Tensor PastBoundary(Tensor features, Tensor weights, double factor = 1.3)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var difference = weights.select(0, 1) - weights.select(0, 0);
        var slope = difference.clone();
        slope.narrow(0, slope.shape[0] - 1, 1).zero_();
        var score = features.mm(difference.unsqueeze(1));
        return (features - (score * slope.unsqueeze(0) * factor / slope.square().sum())).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Projected gradient ascent (Madry et al., ICLR 2018): samples moved inside a box of that radius so that the summed cross-entropy of a model rises. Ten steps of a quarter of
    /// the radius by the sign of the gradient, from the samples themselves; for a linear model of two classes that is the exact worst case.
    /// </summary>
    public static Tensor Attacked(Func<Tensor, Tensor> logits, Tensor samples, Tensor labels, double radius)
    {
        using var scope = NewDisposeScope();
        var moved = samples.clone();
        for (var step = 0; step < 10; step++)
        {
            using var gradient = enable_grad();
            var at = moved.detach().requires_grad_();
            functional.cross_entropy(logits(at), labels, reduction: Reduction.Sum).backward();
            moved = samples + (at.detach() + (at.grad!.sign() * (radius / 4)) - samples).clamp(-radius, radius);
        }

        return moved.MoveToOuterDisposeScope();
    }

    private static Tensor Between(Tensor values, Tensor one, Tensor other) =>
        ((values * one).sum() / one.sum()) - ((values * other).sum() / other.sum());
}

/// <summary>
/// Multinomial logistic regression on fixed features in double precision: a model of a table, or the last layer of
/// a network. Convex, so that the influence of a sample is exact to first order and training again can be done to the last digit: with
/// the whole Hessian where it is small, by conjugate gradients where it is not. The objective is sum_j w_j loss_j + ridge / 2 |theta|^2, sums, not means, as in the
/// code of Soft Weighted Machine Unlearning (arXiv 2505.18783). Takes copies; features [n, d] have a column of ones where there is to be a bias.
/// </summary>
internal sealed class LinearHead(Tensor features, Tensor labels, int classes, double ridge, long mostParameters = LinearHead.MostParameters) : IDisposable
{
    // A Hessian of half a gigabyte.
    private const int MostParameters = 8000;

    // Without one the weights of two classes could move together for ever.
    private readonly double ridge =
        ridge > 0 ? ridge : throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "The ridge of a linear head must lie above 0; 1e-4 is usual.");

    private readonly bool isSmall = classes * features.shape[1] <= mostParameters;
    private readonly Tensor features = features.to_type(float64, copy: true).DetachFromDisposeScope(), labels = labels.clone().DetachFromDisposeScope();
    private readonly Tensor oneHot = OneHot(labels, classes);

    public Tensor Losses(Tensor weights) => functional.cross_entropy(features.mm(weights.t()), labels, reduction: Reduction.None);

    /// <summary>Trains to the optimum by Newton's method, from zeros or from a start near by; negative weights of samples with care.</summary>
    public Tensor Fit(Tensor? sampleWeights = null, Tensor? start = null)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var count = (sampleWeights ?? ones(features.shape[0], dtype: float64, device: features.device)).unsqueeze(1);
        var theta = start ?? zeros(oneHot.shape[1], features.shape[1], dtype: float64, device: features.device);
        for (var i = 0; i < 100; i++)
        {
            var p = Probabilities(theta);
            var gradient = (count * (p - oneHot)).t().mm(features) + (ridge * theta);
            if (gradient.abs().max().item<double>() < 1e-10) return (ReferenceEquals(theta, start) ? theta.clone() : theta).MoveToOuterDisposeScope();
            theta = Lower(theta, Step(p, count, gradient), count.squeeze(1));
        }

        throw new Fault("The linear head did not reach its optimum in 100 Newton steps; raise the ridge, or keep the weights of the samples positive.");
    }

    /// <summary>Residuals and Hessian at some weights, for any number of questions; it must not outlive this head.</summary>
    internal HeadCurvature At(Tensor weights)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (p, count) = (Probabilities(weights), ones(features.shape[0], 1, dtype: float64, device: features.device));
        return new HeadCurvature(weights, features, p - oneHot, isSmall ? Hessian(p, count) : null, isSmall ? null : new HeadHessian(features, p, count, ridge));
    }

    public void Dispose() => Owned.Release(features, labels, oneHot);

    private static Tensor OneHot(Tensor labels, int classes)
    {
        using var codes = functional.one_hot(labels, classes);
        return codes.to_type(float64).DetachFromDisposeScope();
    }

    private Tensor Probabilities(Tensor weights) => features.mm(weights.t()).softmax(1);

    private Tensor Step(Tensor p, Tensor count, Tensor gradient)
    {
        if (isSmall) return linalg.solve(Hessian(p, count), gradient.reshape(-1, 1)).view(gradient.shape);
        using var hessian = new HeadHessian(features, p, count, ridge);
        return hessian.Solve(gradient);
    }

    // Block k of the diagonal is X' diag(p_k) X; from all of it goes Z'Z with Z [n, classes * d] the products of p and X.
    private Tensor Hessian(Tensor p, Tensor count)
    {
        // Of two classes all four blocks are one, up to their sign.
        if (p.shape[1] == 2)
        {
            var block = features.t().mm(features * (p.narrow(1, 0, 1) * p.narrow(1, 1, 1) * count));
            return cat([cat([block, -block], 1), cat([-block, block], 1)], 0) + (ridge * eye(2 * features.shape[1], dtype: float64, device: p.device));
        }

        var products = (p.unsqueeze(2) * features.unsqueeze(1)).flatten(1);
        var hessian = ridge * eye(products.shape[1], dtype: float64, device: p.device) - products.t().mm(products * count);
        for (var (k, d) = (0L, features.shape[1]); k < p.shape[1]; k++)
            hessian.narrow(0, k * d, d).narrow(1, k * d, d).add_(features.t().mm(features * (p.narrow(1, k, 1) * count)));
        return hessian;
    }

    // Halves the step until the objective does not rise, up to rounding.
    private Tensor Lower(Tensor theta, Tensor step, Tensor count)
    {
        double At(Tensor weights) => ((count * Losses(weights)).sum() + weights.square().sum() * (ridge / 2)).item<double>();
        var before = At(theta);
        before += 1e-12 * Math.Abs(before);
        var share = 1.0;
        while (share > 1e-6 && !(At(theta - (share * step)) <= before)) share /= 2;
        return theta - (share * step);
    }
}

/// <summary>
/// A linear head at one point: the residual of every sample, and the Hessian ready to be solved with, made once for any number of questions.
/// Takes copies, of the features nothing: they must live as long. The residual is probabilities minus one-hot labels, so that the gradient of sample j
/// is residual_j times x_j; where the exact Hessian does not fit, the other takes its place and is disposed with this.
/// </summary>
internal sealed class HeadCurvature(Tensor weights, Tensor features, Tensor residual, Tensor? exact, HeadHessian? hessian) : IDisposable
{
    private readonly Tensor weights = weights.detach().clone().DetachFromDisposeScope(), residual = residual.clone().DetachFromDisposeScope();
    private readonly Tensor? factor = exact is null ? null : linalg.cholesky(exact).DetachFromDisposeScope();

    /// <summary>
    /// Influence of every sample on some losses, a vector for each: g_j' H^-1 (gradient of the loss). Raising the weight of sample j
    /// by epsilon changes the loss by minus epsilon times this.
    /// </summary>
    public Vector<double>[] Influences(params IReadOnlyList<HeadLoss> losses)
    {
        using var scope = NewDisposeScope();
        return [.. losses.Select(loss => Vector<double>.Build.Dense(Influence(Gradient(loss)).cpu().data<double>().ToArray()))];
    }

    /// <summary>The problem of soft weights for a task that is to vanish and a utility that is to stay.</summary>
    public SoftProblem Problem(HeadLoss task, HeadLoss utility)
    {
        using var scope = NewDisposeScope();
        var found = Influences(task, utility);
        return new SoftProblem(found[0].AsArray(), found[1].AsArray(), task(weights).item<double>());
    }

    /// <summary>theta - H^-1 sum_j epsilon_j g_j: float64 [classes, d], in the caller's dispose scope.</summary>
    public Tensor Updated(IReadOnlyList<double> epsilon)
    {
        using var scope = NewDisposeScope();
        var column = tensor([.. epsilon], [epsilon.Count, 1], dtype: float64, device: weights.device);
        return (weights - Solve((residual * column).t().mm(features))).MoveToOuterDisposeScope();
    }

    public void Dispose() => Owned.Release(weights, residual, factor, hessian);

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

    public void Dispose() => Owned.Release(p, count, preconditioner);

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
