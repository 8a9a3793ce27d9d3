using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// What metrics and audits ask of their numbers. A comparison with NaN is false, so a NaN that gets in would come out as a definite
/// number: an area of 0, a chance of 0. Here it ends in a sentence; elsewhere it stays NaN.
/// </summary>
internal static class Demand
{
    /// <summary>The numbers themselves, when all of them are finite.</summary>
    /// <exception cref="Fault">One is NaN or infinite.</exception>
    public static IReadOnlyList<double> Finite(IReadOnlyList<double> values, string what) =>
        Each(values, double.IsFinite, what, "finite numbers");

    /// <summary>The numbers themselves, when all of them are finite.</summary>
    /// <exception cref="Fault">One is NaN or infinite.</exception>
    public static float[] Finite(float[] values, string what)
    {
        Each(values, float.IsFinite, what, "finite numbers");
        return values;
    }

    /// <summary>The numbers themselves, when each lies in 0 to 1.</summary>
    /// <exception cref="Fault">One lies outside or is NaN.</exception>
    public static IReadOnlyList<double> Shares(IReadOnlyList<double> values, string what) =>
        Each(values, value => value is >= 0 and <= 1, what, "numbers from 0 to 1");

    /// <summary>One number above a bound.</summary>
    /// <exception cref="Fault">It is not, or is NaN or infinite.</exception>
    public static double Above(double bound, double value, string what) => value > bound && double.IsFinite(value)
        ? value
        : throw new Fault(FormattableString.Invariant($"{what} must be a number above {bound}, but is {value}."));

    /// <summary>Lists that belong together.</summary>
    /// <exception cref="Fault">They have different lengths.</exception>
    public static void Alike(int count, int other, string what)
    {
        if (count != other)
            throw new Fault(FormattableString.Invariant($"{what} must be as many on both sides, but there are {count} and {other}; give one for each sample."));
    }

    /// <summary>A list with something in it.</summary>
    /// <exception cref="Fault">It is empty.</exception>
    public static void Some(int count, string what)
    {
        if (count == 0) throw new Fault($"{what} are needed, but there is none; give at least one.");
    }

    private static IReadOnlyList<T> Each<T>(IReadOnlyList<T> values, Func<T, bool> holds, string what, string wanted)
    {
        for (var i = 0; i < values.Count; i++)
            if (!holds(values[i]))
                throw new Fault(FormattableString.Invariant($"{what} must be {wanted}, but number {i} of {values.Count} is {values[i]}; the model or the step before gave something that is no number."));
        return values;
    }
}
