using FaLW.Data;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace FaLW.Metrics;

/// <summary>
/// How far samples that are normal lie from the normal law fitted to them, by chance alone. Since mean and spread come from
/// the sample itself, the tables of Kolmogorov and Smirnov are far too generous; Lilliefors (JASA 62, 1967) simulated the right
/// ones, and so does this, with draws that are the same on every machine.
/// </summary>
/// <param name="Count">Values in a sample.</param>
/// <param name="Distances">Distances of the simulated samples, ascending.</param>
public sealed record NormalNull(int Count, ValueList<double> Distances)
{
    // A draw is a multiple of 2^-53; half a step more, and the quantile of 0 is never asked for.
    private const double HalfStep = 1.0 / (1UL << 54);

    /// <summary>Simulates normal samples.</summary>
    /// <param name="count">Values in a sample, at least 3.</param>
    /// <param name="seed">Seed of the draws; zero is a seed.</param>
    /// <param name="samples">Number of samples, at least 100.</param>
    public static NormalNull Of(int count, int seed, int samples = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 100);
        var stream = new SeededStream(seed, "normal samples");
        double Draw() => Normal.InvCDF(0, 1, stream.Unit() + HalfStep);
        return new NormalNull(count, [.. Enumerable.Range(0, samples).Select(_ => NormalFit.Of(Enumerable.Range(0, count).Select(_ => Draw())).Distance).Order()]);
    }

    /// <summary>The distance that a share of normal samples stays below.</summary>
    /// <param name="share">Between 0 and 1; 0.95 is usual.</param>
    /// <exception cref="Fault">The share lies outside.</exception>
    public double Level(double share = 0.95)
    {
        Demand.Shares([share], "Shares of samples");
        return Distances.Any(double.IsNaN) ? double.NaN : Distances.QuantileCustom(share, QuantileDefinition.Excel);
    }

    /// <summary>Chance of a normal sample to lie as far from its law or farther; never 0, since only so many samples were drawn.</summary>
    /// <param name="distance">A distance found; NaN gives NaN.</param>
    public double PValue(double distance) => double.IsNaN(distance) || Distances.Any(double.IsNaN) ? double.NaN : (1.0 + Distances.Count(chance => chance >= distance)) / (1 + Distances.Count);
}
