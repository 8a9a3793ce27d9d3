using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Weighting;

namespace FaLW.Plots;

/// <summary>Class by class, how far unseen images are from a normal law, in p and in its logit, beside what normal samples of that size show by chance.</summary>
public static class NormalityPlot
{
    // The names of the groups stand above the lines.
    private const double HeadRoom = 1.2;

    /// <summary>One panel per model.</summary>
    /// <param name="views">The same images under one or more models.</param>
    public static Figure Of(params ProfileView[] views)
    {
        var highest = views.Max(view => Fits(view, Spread.Gaussian).Concat(Fits(view, Spread.GaussianOfLogit)).Max(fit => fit.Distance));
        return new Figure("How far from normal? Class by class, and by chance", [.. views.Select(view => Panel(view, HeadRoom * highest))])
        {
            Subtitle = Setting.Of(views[0].Spec).Words,
            Note = "Kolmogorov-Smirnov distance to the fitted normal law. Chance: normal samples of that size, fitted in the same way (Lilliefors 1967), seeded simulation.",
            ShareY = true,
            Height = 420,
        };
    }

    private static Panel Panel(ProfileView view, double high)
    {
        var chance = Chance(view);
        double[] ranks = [.. view.HeadToTail.Select((_, i) => i + 1.0)];
        Line Found(Spread spread, Marker marker) => new(SpreadNames.Of(spread), ranks, Fits(view, spread).Select(fit => fit.Distance))
        {
            Paint = SpreadNames.PaintOf(spread),
            Marker = marker,
        };
        return new Panel(
            Axis.Whole("class, most forgotten first", "rank"), new Axis("distance D") { Low = 0, High = high },
            [
                Found(Spread.Gaussian, Marker.Circle), Found(Spread.GaussianOfLogit, Marker.Diamond),
                new Line("95 % of normal samples are below", [0.5, ranks.Length + 0.5], [chance.Level(), chance.Level()]) { Paint = Palette.Ink, Dash = Dash.Dashed, Width = 1.5 },
            ])
        {
            Title = $"Unseen images under {view.Model}",
            Annotations = [.. GroupZones.Of(view.Groups)],
        };
    }

    /// <summary>The fits of all classes, most forgotten first.</summary>
    internal static IReadOnlyList<NormalFit> Fits(ProfileView view, Spread spread) =>
    [
        .. view.HeadToTail.Select(label => NormalFit.Of(view.UnseenOf(label).Select(image => spread == Spread.GaussianOfLogit ? image.LogOdds : image.Probability))),
    ];

    /// <summary>Chance for the smallest class: the others' level is a little lower.</summary>
    internal static NormalNull Chance(ProfileView view) => NormalNull.Of(view.HeadToTail.Min(label => view.UnseenOf(label).Count()), seed: 0);
}
