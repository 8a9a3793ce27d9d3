using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// A soft-margin support vector classifier of one number between 0 and 1 with the Gaussian kernel of
/// width 1: the optimum that sequential minimal optimisation approaches, found by an interior point on
/// the exact low-rank form of that kernel. How near it came is no guess: <see cref="Gap"/> bounds it.
/// </summary>
public sealed class SupportVectorClassifier
{
    private readonly double[] weights;
    private readonly double bias;

    private SupportVectorClassifier(double[] weights, double bias, double primal, double dual) =>
        (this.weights, this.bias, Primal, Dual) = (weights, bias, primal, dual);

    /// <summary>Objective of this classifier: |w|^2 / 2 + C sum of hinge losses; no classifier has one below <see cref="Dual"/>.</summary>
    public double Primal { get; }

    /// <summary>Objective of the dual at the multipliers found.</summary>
    public double Dual { get; }

    /// <summary>(Primal - Dual) / Primal: how far, relatively, this can be from the optimum at most.</summary>
    public double Gap => (Primal - Dual) / Primal;

    /// <summary>Fits the classifier; the result does not depend on the order of the numbers.</summary>
    /// <param name="members">Numbers of the positive class, each 0 to 1, at least one.</param>
    /// <param name="nonMembers">Numbers of the negative class, each 0 to 1, at least one.</param>
    /// <param name="cost">C, the price of one unit of hinge loss, positive.</param>
    /// <exception cref="ArgumentException">A class is empty or a number lies outside 0 to 1.</exception>
    public static SupportVectorClassifier Fit(IReadOnlyList<float> members, IReadOnlyList<float> nonMembers, double cost = 3)
    {
        Check(members, nameof(members));
        Check(nonMembers, nameof(nonMembers));
        Demand.Above(0, cost, "The price of the loss");
        var points = WeightedPoints.Of(members, nonMembers);
        var features = new SignedFeatures(points);
        double[] box = [.. points.Weights.Select(weight => cost * weight)];
        var alpha = InteriorPoint.Solve(features, points.Signs, box);
        var direction = features.Combine(alpha);
        double[] scores = [.. points.Signs.Select((sign, i) => sign * features.Dot(i, direction))];
        var offset = HingeBias.Of(scores, points.Signs, box);
        var norm = direction.Sum(w => w * w) / 2;
        return new SupportVectorClassifier(
            direction, offset, norm + HingeBias.Loss(scores, points.Signs, box, offset), alpha.Sum() - norm);
    }

    /// <summary>The decision value: positive for a member, negative for a non-member, in units of the margin.</summary>
    /// <param name="value">0 to 1.</param>
    public double Decide(double value) => GaussianFeatures.Dot(value, weights) + bias;

    private static void Check(IReadOnlyList<float> values, string name)
    {
        if (values.Count == 0)
            throw new ArgumentException("A support vector classifier needs at least one number of each class, but one class is empty.", name);
        if (values.Any(value => !(value is >= 0 and <= 1)))
            throw new ArgumentException("A support vector classifier of probabilities needs numbers from 0 to 1, but found one outside or not a number.", name);
    }
}
