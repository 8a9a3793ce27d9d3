using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using MathNet.Numerics.Statistics;

namespace FaLW.Plots;

/// <summary>What few unseen images do to mean, spread and weight: the middle of many draws, and a band that nine in ten lie in.</summary>
public static class SmallSetPlot
{
    /// <summary>Three panels over the number of unseen images of a class.</summary>
    /// <param name="view">The images the draws were taken from.</param>
    /// <param name="sets">One per size, sizes ascending.</param>
    public static Figure Of(ProfileView view, IReadOnlyList<SmallUnseenSet> sets)
    {
        var least = view.HeadToTail.Min(label => view.UnseenOf(label).Count());
        return new Figure($"Few unseen images: what is left of the profile under {view.Model}",
        [
            Panel("Mean of p", "|error of the mean|", [.. Course(sets, "mean", Palette.Ink, set => set.MeanErrors)]),
            Panel("Standard deviation of p", "times that of all", [.. Course(sets, "spread", Palette.Ink, set => set.SpreadRatios)]) with { Annotations = [new ReferenceLine(1)] },
            Panel("Weight, images to forget", "mean |error of the weight|",
                [.. SmallUnseenSet.Spreads.SelectMany((way, i) => Course(sets, SpreadNames.Of(way), SpreadNames.PaintOf(way), set => set.WeightErrors[i], isNamed: true))]),
        ])
        {
            Subtitle = Setting.Of(view.Spec).Words,
            Note = FormattableString.Invariant($"Line: median of {sets[0].MeanErrors.Count} draws; band: 5 % to 95 %. Against all unseen images of a class ({least} or more); averaged over classes, or over images."),
            Columns = 3,
            Height = 440,
        };
    }

    private static Panel Panel(string title, string label, ValueList<Trace> traces) =>
        new(new Axis("unseen images of a class") { Low = 0 }, new Axis(label) { Low = 0 }, traces) { Title = title };

    private static Trace[] Course(IReadOnlyList<SmallUnseenSet> sets, string name, Paint paint, Func<SmallUnseenSet, ValueList<double>> draws, bool isNamed = false)
    {
        double[] sizes = [.. sets.Select(set => (double)set.Size)];
        double[] At(double share) => [.. sets.Select(set => draws(set).QuantileCustom(share, QuantileDefinition.Excel))];
        return
        [
            new Band(name, sizes, At(0.05), At(0.95)) { Paint = paint },
            new Line(name, sizes, At(0.5)) { Paint = paint, Marker = Marker.Circle, InLegend = isNamed },
        ];
    }
}
