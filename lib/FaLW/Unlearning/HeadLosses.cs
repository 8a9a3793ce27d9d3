using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>Tasks and utilities of Soft Weighted Machine Unlearning (arXiv 2505.18783), on features that live as long as the loss is used.</summary>
public static class HeadLosses
{
    /// <summary>Sum of the cross-entropies, in nats: the utility.</summary>
    /// <param name="features">float64 [n, d].</param>
    /// <param name="labels">int64 [n].</param>
    public static HeadLoss CrossEntropy(Tensor features, Tensor labels) => weights =>
        functional.cross_entropy(features.mm(weights.t()), labels, reduction: Reduction.Sum);

    /// <summary>Demographic parity of two classes: mean probability of class 1 in group 1 minus that in group 0, -1 to 1.</summary>
    /// <param name="features">float64 [n, d].</param>
    /// <param name="group">int64 [n], 0 or 1, both present.</param>
    public static HeadLoss DemographicParity(Tensor features, Tensor group) => weights =>
        Between(features.mm(weights.t()).softmax(1).select(1, 1), group.to_type(float64), 1 - group.to_type(float64));

    /// <summary>Equal opportunity of two classes: mean cross-entropy on samples of class 1, group 0 minus group 1, in nats.</summary>
    /// <param name="features">float64 [n, d].</param>
    /// <param name="labels">int64 [n], 0 or 1.</param>
    /// <param name="group">int64 [n], 0 or 1, both present among class 1.</param>
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
    /// <param name="features">float64 [n, d], the last column ones.</param>
    /// <param name="weights">float64 [2, d] of the model that is attacked.</param>
    /// <param name="factor">1 stops on the boundary.</param>
    /// <returns>float64 [n, d], in the caller's dispose scope.</returns>
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
