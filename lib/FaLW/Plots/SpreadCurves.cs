using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Weighting;

namespace FaLW.Plots;

/// <summary>The weight of an image over the logit of its probability, under the three ways to count the distance; on the curves lie the images to forget.</summary>
public static class SpreadCurves
{
    private const int Steps = 140;
    private static readonly double Sure = Math.Log(0.99 / 0.01);

    /// <summary>One row of panels per model: head, middle and tail, one class each.</summary>
    /// <param name="views">The same images under one or more models.</param>
    public static Figure Of(params ProfileView[] views)
    {
        double[] odds = [.. from view in views from label in SpreadNames.Exemplars(view) from image in view.ForgetOf(label) select image.LogOdds];
        var (low, high) = (Math.Min(odds.Min(), -2) - 0.5, Math.Max(odds.Max(), 5) + 0.5);
        return new Figure(
            "One image, three weights: Equation 7 under three laws",
            [.. from view in views from label in SpreadNames.Exemplars(view) select Panel(view, label, low, high)])
        {
            Subtitle = Setting.Of(views[0].Spec).Words,
            Note = "Curves: weight of an image with that probability, drawn over its logit. Points: the images to forget. Profile from all unseen images of the class.",
            Columns = 3,
            ShareX = true,
            ShareY = true,
            Height = 170 + 250 * views.Length,
        };
    }

    private static Panel Panel(ProfileView view, int label, double low, double high)
    {
        ClassOdds[] places = [.. Enumerable.Range(0, Steps + 1).Select(i => new ClassOdds(label, low + (high - low) * i / Steps))];
        ClassOdds[] forget = [.. view.ForgetOf(label)];
        Line Curve(Spread spread) => new(SpreadNames.Of(spread), places.Select(at => at.LogOdds), view.Weights(By(spread), places)) { Paint = SpreadNames.PaintOf(spread), Width = 1.75 };
        Points Images(Spread spread) => new(SpreadNames.Of(spread), forget.Select(image => image.LogOdds), view.Weights(By(spread), forget))
        {
            Paint = SpreadNames.PaintOf(spread),
            InLegend = false,
            Radius = 3,
            Opacity = 0.3,
        };
        var top = view.Weights(By(Spread.Gaussian), [places[^1]])[0];
        return new Panel(
            new Axis("logit of p") { Low = low, High = high }, new Axis("weight w") { Low = 0, High = 2 },
            [.. SmallUnseenSet.Spreads.Select(Curve), .. SmallUnseenSet.Spreads.Select(Images)])
        {
            Title = FormattableString.Invariant($"{view.Model}, {view.Groups.NameOf(label).ToLowerInvariant()}: class {label}"),
            Annotations =
            [
                new ReferenceLine(1), new ReferenceLine(0, Upright: true), new Note(0, 1.88, "p = 0.5 ") { Align = Align.Right }, new ReferenceLine(Sure, Upright: true), new Note(Sure, 0.12, " p = 0.99"),
                new Note(0.97, 0.3, FormattableString.Invariant($"at most {top:F2}"), Corner: true) { Align = Align.Right, Paint = SpreadNames.PaintOf(Spread.Gaussian) },
            ],
        };
    }

    private static ForgettingAwareWeighting By(Spread spread) => new() { Spread = spread };
}
