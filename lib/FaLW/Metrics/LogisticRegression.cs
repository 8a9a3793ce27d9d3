using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// Logistic regression on one number with balanced classes and an L2 penalty on the slope alone: the optimum of scikit-learn's
/// LogisticRegression(C = cost, class_weight = "balanced"), found by Newton's method.
/// </summary>
/// <param name="Slope">Change of the log-odds of membership per unit.</param>
/// <param name="Intercept">Log-odds at zero.</param>
public sealed record LogisticRegression(double Slope, double Intercept)
{
    private const int MostSteps = 100;
    private const double Enough = 1e-12;

    /// <summary>Fits the two numbers.</summary>
    /// <param name="members">Numbers of the positive class, at least one.</param>
    /// <param name="nonMembers">Numbers of the negative class, at least one.</param>
    /// <param name="cost">C, the price of the log-loss against the penalty, positive.</param>
    /// <exception cref="ArgumentException">A class is empty or holds something that is not a number.</exception>
    public static LogisticRegression Fit(IReadOnlyList<double> members, IReadOnlyList<double> nonMembers, double cost = 1)
    {
        if (members.Count == 0 || nonMembers.Count == 0 || !members.Concat(nonMembers).All(double.IsFinite))
            throw new ArgumentException("A logistic regression needs at least one finite number of each class and nothing else.", nameof(members));
        Demand.Above(0, cost, "The price of the loss");
        double all = members.Count + nonMembers.Count;
        (double X, double Y, double Weight)[] points =
        [
            .. members.Select(x => (x, 1.0, cost * all / (2 * members.Count))),
            .. nonMembers.Select(x => (x, -1.0, cost * all / (2 * nonMembers.Count))),
        ];
        var found = new LogisticRegression(0, 0);
        for (var step = 0; step < MostSteps; step++)
        {
            var next = found.Improved(points);
            var change = Math.Abs(next.Slope - found.Slope) + Math.Abs(next.Intercept - found.Intercept);
            found = next;
            if (change < Enough) break;
        }

        return found;
    }

    /// <summary>Log-odds of membership; positive is a member.</summary>
    /// <param name="value">The number.</param>
    public double Decide(double value) => Slope * value + Intercept;

    private LogisticRegression Improved((double X, double Y, double Weight)[] points)
    {
        var (slope, intercept) = Newton(points);
        var before = Loss(points);
        for (var step = 1.0; step > 1e-10; step /= 2)
        {
            var next = new LogisticRegression(Slope + step * slope, Intercept + step * intercept);
            if (next.Loss(points) <= before) return next;
        }

        return this;
    }

    private (double Slope, double Intercept) Newton((double X, double Y, double Weight)[] points)
    {
        var (first, second, xx, x1, one) = (Slope, 0.0, 1.0, 0.0, 0.0);
        foreach (var (x, y, weight) in points)
        {
            var wrong = 1 / (1 + Math.Exp(y * Decide(x)));
            first -= weight * y * x * wrong;
            second -= weight * y * wrong;
            var bend = weight * wrong * (1 - wrong);
            xx += bend * x * x;
            x1 += bend * x;
            one += bend;
        }

        var determinant = xx * one - x1 * x1;
        return ((x1 * second - one * first) / determinant, (x1 * first - xx * second) / determinant);
    }

    private double Loss((double X, double Y, double Weight)[] points)
    {
        var sum = Slope * Slope / 2;
        foreach (var (x, y, weight) in points)
        {
            var off = -y * Decide(x);
            sum += weight * (Math.Max(off, 0) + Math.Log(1 + Math.Exp(-Math.Abs(off))));
        }

        return sum;
    }
}
