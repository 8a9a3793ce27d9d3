using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>What an attacker reads from a model's output: one number per sample, larger for what looks more like a member.</summary>
/// <param name="Values">One finite number per sample.</param>
/// <param name="Labels">True class of each sample; as many.</param>
/// <exception cref="Fault">A number is not finite, or the lengths differ.</exception>
public sealed record Signal(float[] Values, int[] Labels)
{
    /// <summary>One finite number per sample.</summary>
    public float[] Values { get; } = Of(Values, Labels);

    /// <summary>Number of samples.</summary>
    public int Count => Labels.Length;

    /// <summary>A signal of numbers in double precision.</summary>
    /// <param name="values">One number per sample.</param>
    /// <param name="labels">True class of each sample.</param>
    public static Signal Of(IEnumerable<double> values, IEnumerable<int> labels) => new([.. values.Select(value => (float)value)], [.. labels]);

    private static float[] Of(float[] values, int[] labels)
    {
        Demand.Alike(values.Length, labels.Length, "Signals and labels");
        return Demand.Finite(values, "Signals of an attack");
    }

    /// <summary>The numbers of one class.</summary>
    /// <param name="label">The class id.</param>
    public float[] Of(int label) => [.. Values.Where((_, i) => Labels[i] == label)];
}
