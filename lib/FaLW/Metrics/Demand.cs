using System.Numerics;
using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// What metrics ask of their numbers. A comparison with NaN is false, so a NaN that gets in would come out as a definite
/// number: an area of 0, a chance of 0. Here it ends in a sentence; elsewhere it stays NaN.
/// </summary>
internal static class Demand
{
    public static void Finite<T>(IReadOnlyList<T> values, string what) where T : INumberBase<T> => Each(values, T.IsFinite, what, "finite numbers");

    public static void Shares(IReadOnlyList<double> values, string what) => Each(values, value => value is >= 0 and <= 1, what, "numbers from 0 to 1");

    public static void Positive(double value, string what)
    {
        if (!(value > 0 && double.IsFinite(value))) throw new Fault(Invariant($"{what} must be a number above 0, but is {value}."));
    }

    public static void Alike(int count, int other, string what)
    {
        if (count != other)
            throw new Fault(Invariant($"{what} must be as many on both sides, but there are {count} and {other}; give one for each sample."));
    }

    public static void Some(int count, string what)
    {
        if (count == 0) throw new Fault($"{what} are needed, but there is none; give at least one.");
    }

    private static void Each<T>(IReadOnlyList<T> values, Func<T, bool> holds, string what, string wanted)
    {
        for (var i = 0; i < values.Count; i++)
            if (!holds(values[i]))
                throw new Fault(Invariant($"{what} must be {wanted}, but number {i} of {values.Count} is {values[i]}; the model or the step before gave something that is no number."));
    }
}
