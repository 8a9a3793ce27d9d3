using FaLW.Data;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The forgetting-aware weight as a function of the z-score (FaLW, Eq. 7), one line per class size.</summary>
public static class WeightCurve
{
    private const double Reach = 3;
    private const int Steps = 121;

    /// <summary>The curve of several classes.</summary>
    /// <param name="tau">Exponent of the balance factor, not negative.</param>
    /// <param name="classes">Name and balance factor B of each class; 1 is a class of average size.</param>
    /// <param name="weight">From z-score and balance factor to weight.</param>
    public static Figure Of(double tau, IEnumerable<(string Name, double Balance)> classes, Func<double, double, double> weight)
    {
        double[] z = [.. Enumerable.Range(0, Steps).Select(i => Reach * (2.0 * i / (Steps - 1) - 1))];
        var panel = new Panel(
            new Axis("z-score: distance from unseen images", "standard deviations"), new Axis("weight w") { Low = 0, High = 2 },
            classes.Select(c => (Trace)new Line(c.Name, z, z.Select(at => weight(at, c.Balance)))).ToValueList())
        {
            Annotations =
            [
                new ReferenceLine(1), new ReferenceLine(0, "as unseen", Upright: true),
                new Note(0.97, 0.06, "under-forgotten: push", Corner: true) { Align = Align.Right }, new Note(0.03, 0.92, "over-forgotten: let go", Corner: true),
            ],
        };
        return new Figure("The forgetting-aware weight", [panel])
        {
            Subtitle = FormattableString.Invariant($"τ = {tau:0.##}; 1 is the unweighted method"),
            Width = 760,
            Height = 480,
        };
    }
}
