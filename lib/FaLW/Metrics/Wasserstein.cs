namespace FaLW.Metrics;

/// <summary>The Wasserstein-1 (earth mover's) distance on the line.</summary>
public static class Wasserstein
{
    /// <summary>Area between the empirical distribution functions of two samples, in the unit of the values; a metric, exact for any two sizes.</summary>
    /// <param name="first">At least one finite number.</param>
    /// <param name="second">At least one finite number.</param>
    /// <returns>Not negative; NaN when a sample is empty or a number is NaN.</returns>
    public static double Distance(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        if (first.Count == 0 || second.Count == 0 || first.Any(double.IsNaN) || second.Any(double.IsNaN)) return double.NaN;
        (double Value, double Step)[] steps =
            [.. first.Select(value => (value, 1.0 / first.Count)).Concat(second.Select(value => (value, -1.0 / second.Count))).OrderBy(step => step.Item1)];
        var (between, area) = (0.0, 0.0);
        for (var i = 0; i + 1 < steps.Length; i++)
        {
            between += steps[i].Step;
            area += Math.Abs(between) * (steps[i + 1].Value - steps[i].Value);
        }

        return area;
    }
}
