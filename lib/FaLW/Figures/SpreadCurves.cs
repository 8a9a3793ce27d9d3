using FaLW.Experiments;
using FaLW.Weighting;

namespace FaLW.Figures;

/// <summary>The weight of an image by the probability of its class, under the three ways to count the distance; on the curves lie the images to forget.</summary>
public static class SpreadCurves
{
    private const int Steps = 400;

    /// <summary>One row of panels per model: head, middle and tail, one class each.</summary>
    /// <param name="views">The same images under one or more models.</param>
    public static Figure Of(params ProfileView[] views) => new(
        "One image, three weights: Equation 7 under three laws",
        [.. from view in views from label in SpreadNames.Exemplars(view) select Panel(view, label)])
    {
        Subtitle = Setting.Of(views[0].Spec).Words,
        Note = "Curves: weight of an image with that probability. Points: the images to forget. Profile from all unseen images of the class.",
        Columns = 3,
        ShareX = true,
        ShareY = true,
        Height = 170 + 250 * views.Length,
    };

    private static Panel Panel(ProfileView view, int label)
    {
        // Narrower towards the ends, where probabilities crowd and the curves bend.
        ClassOdds[] places = [.. Enumerable.Range(0, Steps + 1).Select(i => ClassOdds.Of(label, Math.Clamp((1 - Math.Cos(Math.PI * i / Steps)) / 2, 1e-6, 1 - 1e-6)))];
        ClassOdds[] forget = [.. view.ForgetOf(label)];
        Line Curve(Spread spread) => new(SpreadNames.Of(spread), places.Select(at => at.Probability), view.Weights(By(spread), places)) { Paint = SpreadNames.PaintOf(spread), Width = 1.75 };
        Points Images(Spread spread) => new(SpreadNames.Of(spread), forget.Select(image => image.Probability), view.Weights(By(spread), forget))
        {
            Paint = SpreadNames.PaintOf(spread),
            InLegend = false,
            Radius = 3,
            Opacity = 0.3,
        };
        var top = view.Weights(By(Spread.Gaussian), [places[^1]])[0];
        return new Panel(
            new Axis("p of the true class") { Low = 0, High = 1 }, new Axis("weight w") { Low = 0, High = 2 },
            [.. SmallUnseenSet.Spreads.Select(Curve), .. SmallUnseenSet.Spreads.Select(Images)])
        {
            Title = $"{view.Model}, {SpreadNames.ClassName(view, label)}",
            Annotations = [new ReferenceLine(1), new Note(0.04, 0.92, FormattableString.Invariant($"normal in p: at most {top:F2}"), Corner: true) { Paint = SpreadNames.PaintOf(Spread.Gaussian) }],
        };
    }

    private static ForgettingAwareWeighting By(Spread spread) => new() { Spread = spread };
}
