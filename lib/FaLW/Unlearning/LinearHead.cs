using FaLW.Data;
using FaLW.Weighting;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>A loss of the weights of a linear head, as a scalar with gradient.</summary>
/// <param name="weights">float64 [classes, features].</param>
public delegate Tensor HeadLoss(Tensor weights);

/// <summary>Tasks and utilities of Soft Weighted Machine Unlearning (arXiv 2505.18783), on features that live as long as the loss is used.</summary>
internal static class HeadLosses
{
    /// <summary>Sum of the cross-entropies, in nats: the utility.</summary>
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

    private static Tensor Between(Tensor values, Tensor one, Tensor other) =>
        ((values * one).sum() / one.sum()) - ((values * other).sum() / other.sum());
}

/// <summary>
/// Multinomial logistic regression on fixed features in double precision: a model of a table, or the last layer of
/// a network. Convex, so that the influence of a sample is exact to first order and training again can be done to the last digit: with
/// the whole Hessian where it is small, by conjugate gradients where it is not. The objective is sum_j w_j loss_j + ridge / 2 |theta|^2, sums, not means, as in the
/// code of Soft Weighted Machine Unlearning (arXiv 2505.18783).
/// </summary>
internal sealed class LinearHead : IDisposable
{
    // A Hessian of half a gigabyte.
    private const int MostParameters = 8000;
    private readonly Tensor features, labels, oneHot;
    private readonly double ridge;
    private readonly bool isSmall;

    /// <summary>Takes copies; features [n, d] have a column of ones where there is to be a bias. Without a ridge the weights of two classes could move together for ever.</summary>
    public LinearHead(Tensor features, Tensor labels, int classes, double ridge, long mostParameters = MostParameters)
    {
        if (!(ridge > 0)) throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "The ridge of a linear head must lie above 0; 1e-4 is usual.");
        isSmall = classes * features.shape[1] <= mostParameters;
        using var scope = NewDisposeScope();
        this.ridge = ridge;
        this.features = features.to_type(float64, copy: true).DetachFromDisposeScope();
        this.labels = labels.clone().DetachFromDisposeScope();
        oneHot = functional.one_hot(labels, classes).to_type(float64).DetachFromDisposeScope();
    }

    public Tensor Losses(Tensor weights) => functional.cross_entropy(features.mm(weights.t()), labels, reduction: Reduction.None);

    /// <summary>Trains to the optimum by Newton's method; negative weights of samples with care.</summary>
    public Tensor Fit(Tensor? sampleWeights = null)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var count = (sampleWeights ?? ones(features.shape[0], dtype: float64, device: features.device)).unsqueeze(1);
        var theta = zeros(oneHot.shape[1], features.shape[1], dtype: float64, device: features.device);
        for (var i = 0; i < 100; i++)
        {
            var p = Probabilities(theta);
            var gradient = (count * (p - oneHot)).t().mm(features) + (ridge * theta);
            if (gradient.abs().max().item<double>() < 1e-10) return theta.MoveToOuterDisposeScope();
            theta = Lower(theta, Step(p, count, gradient), count.squeeze(1));
        }

        throw new Fault("The linear head did not reach its optimum in 100 Newton steps; raise the ridge, or keep the weights of the samples positive.");
    }

    /// <summary>
    /// Influence of every sample on some losses: g_j' H^-1 (gradient of the loss). Raising the weight of sample j
    /// by epsilon changes the loss by minus epsilon times this.
    /// </summary>
    public Tensor Influences(Tensor weights, params HeadLoss[] losses)
    {
        using var curvature = At(weights);
        return curvature.Influences(losses);
    }

    /// <summary>The problem of soft weights for a task that is to vanish and a utility that is to stay.</summary>
    public SoftProblem Problem(Tensor weights, HeadLoss task, HeadLoss utility)
    {
        using var scope = NewDisposeScope();
        var influences = Influences(weights, task, utility);
        double[] Column(int k) => influences.select(1, k).contiguous().cpu().data<double>().ToArray();
        return new SoftProblem(Column(0), Column(1), task(weights).item<double>());
    }

    /// <summary>The weights after one influence step, theta - H^-1 sum_j epsilon_j g_j.</summary>
    public Tensor Updated(Tensor weights, SoftWeights soft)
    {
        using var curvature = At(weights);
        return curvature.Updated(soft.Epsilon);
    }

    /// <summary>Residuals and Hessian at some weights, for whoever asks more than once; it must not outlive this head.</summary>
    internal HeadCurvature At(Tensor weights)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (p, count) = (Probabilities(weights), ones(features.shape[0], 1, dtype: float64, device: features.device));
        return new HeadCurvature(weights, features, p - oneHot, isSmall ? Hessian(p, count) : null, isSmall ? null : new HeadHessian(features, p, count, ridge));
    }

    public void Dispose()
    {
        foreach (var part in (Tensor[])[features, labels, oneHot]) part.Dispose();
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
