using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Weighting;

namespace FaLW.Plots;

/// <summary>How unseen images of a class lie, and the normal law that a weighting puts in their place: for the probability of the true class and for its logit.</summary>
public static class UnseenLawPlot
{
    private const int Bins = 20, Steps = 100;
    private const double Beside = 0.3;

    // Words stand above the bars.
    private const double HeadRoom = 1.25;

    /// <summary>Two rows of three panels: head, middle and tail, one class each.</summary>
    /// <param name="view">The images under one model.</param>
    public static Figure Of(ProfileView view)
    {
        var classes = SpreadNames.Exemplars(view);
        double[] odds = [.. classes.SelectMany(label => view.UnseenOf(label)).Select(image => image.LogOdds)];
        var (low, high) = (odds.Min(), odds.Max());
        return new Figure($"Unseen images under {view.Model}, and the normal law in their place",
            [.. classes.Select(label => Panel(view, label, Spread.Gaussian, 0, 1)), .. classes.Select(label => Panel(view, label, Spread.GaussianOfLogit, low, high))])
        {
            Subtitle = Setting.Of(view.Spec).Words,
            Note = "Bars: images no model was trained on. Lines: the normal law with their mean and deviation, as many images. Shaded: where a probability can be. D: Kolmogorov-Smirnov distance of the two.",
            Columns = 3,
            Height = 620,
        };
    }

    private static Panel Panel(ProfileView view, int label, Spread spread, double low, double high)
    {
        var isLogit = spread == Spread.GaussianOfLogit;
        double[] values = [.. view.UnseenOf(label).Select(image => isLogit ? image.LogOdds : image.Probability)];
        var fit = NormalFit.Of(values);
        var (from, to, bin) = (low - Beside * (high - low), high + Beside * (high - low), (high - low) / Bins);
        double[] places = [.. Enumerable.Range(0, Steps + 1).Select(i => from + (to - from) * i / Steps)];
        var bars = Bars.Histogram("unseen images", values, Bins, low, high) with { Paint = Palette.Original };
        return new Panel(
            new Axis(isLogit ? "logit of p" : "p of the true class") { Low = from, High = to }, new Axis("images") { Low = 0, High = HeadRoom * bars.Y.Max() },
            [
                bars,
                new Line(SpreadNames.Of(spread), places, places.Select(x => values.Length * bin * fit.Density(x))) { Paint = SpreadNames.PaintOf(spread) },
            ])
        {
            Title = isLogit ? "" : SpreadNames.ClassName(view, label),
            Annotations = [.. Possible(isLogit), new Note(0.03, 0.9, Words(fit, isLogit), Corner: true) { Halo = false }],
        };
    }

    private static string Words(NormalFit fit, bool isLogit) => FormattableString.Invariant($"D = {fit.Distance:F2}") +
        (isLogit ? "" : FormattableString.Invariant($"; {100 * fit.Outside(0, 1):F0} % of the law outside"));

    private static Annotation[] Possible(bool isLogit) => isLogit ? [] : [new Zone(0, 1, "")];
}
