using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>Several tests at once: the step-down correction of Holm (Scandinavian Journal of Statistics 6, 1979).</summary>
public static class Holm
{
    /// <summary>
    /// Adjusted p-values: the one of rank k (from the smallest) times the number of tests not yet passed, made monotone, at most 1. Rejecting
    /// those at or below a level keeps the chance of any false rejection at or below it, whatever the dependence.
    /// </summary>
    /// <param name="values">P-values, 0 to 1; NaN is no test, stays NaN and does not count.</param>
    /// <returns>In the order of the arguments.</returns>
    /// <exception cref="Fault">A number is no chance.</exception>
    public static double[] Adjusted(IReadOnlyList<double> values)
    {
        Demand.Shares([.. values.Where(p => !double.IsNaN(p))], "P-values");
        double[] adjusted = [.. values];
        var (left, largest) = (values.Count(p => !double.IsNaN(p)), 0.0);
        foreach (var i in Enumerable.Range(0, values.Count).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i]))
            adjusted[i] = largest = Math.Max(largest, Math.Min(1, values[i] * left--));
        return adjusted;
    }
}
