using FaLW.Data;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The forget counts that the long-tail law of this kit gives, head to tail, one line per imbalance.</summary>
public static class LongTailPlot
{
    /// <summary>The law for several imbalances.</summary>
    /// <param name="total">Images to forget over all classes.</param>
    /// <param name="capacity">For each rank, head first, how many images may be forgotten.</param>
    /// <param name="gammas">Imbalances, 0 for a balanced request; usually those of the paper's sweep.</param>
    /// <exception cref="Fault">The classes cannot give so many.</exception>
    public static Figure Of(int total, IReadOnlyList<int> capacity, IReadOnlyList<double> gammas)
    {
        var ranks = Enumerable.Range(1, capacity.Count).Select(k => (double)k).ToValueList();
        var most = capacity.Max();
        var panel = new Panel(
            Axis.Whole("class, most forgotten first", "rank"), new Axis("forget samples", "images") { Low = 0, High = 1.12 * most, SmallestStep = 1 },
            gammas.Select((gamma, i) => (Trace)Curve(gamma, (double)i / Math.Max(1, gammas.Count - 1))).ToValueList())
        {
            Annotations = [new ReferenceLine(most, "all that one class may give")],
        };
        return new Figure("From balanced to steep: one number sets the shape of a request", [panel])
        {
            Subtitle = FormattableString.Invariant($"{total:N0} images of {capacity.Count} classes, whatever the imbalance"),
            Height = 480,
        };

        Line Curve(double gamma, double place) =>
            new(FormattableString.Invariant($"γ = {gamma:0.##}"), ranks, LongTail.Counts(total, gamma, capacity).Select(n => (double)n))
            {
                Paint = Ramp.Sequential.At(0.88 * place),
                Marker = capacity.Count <= 25 ? Marker.Circle : Marker.None,
            };
    }
}
