using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Whom soft weights push out and whom they draw in: every training applicant in the plane of income and district, coloured by epsilon.</summary>
public static class SoftWeightMap
{
    private const double Solid = 0.99;

    /// <summary>One panel for the approved, one for the refused; circles are group 1, diamonds group 0.</summary>
    /// <param name="title">What was asked for.</param>
    /// <param name="applicants">The applicants, of both decisions and groups.</param>
    public static Figure Of(string title, IReadOnlyList<WeightedApplicant> applicants)
    {
        var largest = applicants.Max(a => Math.Abs(a.Epsilon));
        return new Figure("Who counts less, and who counts more", [Panel("approved", applicants, true, largest), Panel("refused", applicants, false, largest)])
        {
            Subtitle = title + "; circles group 1, diamonds group 0",
            Note = "Blue counts less, vermillion counts more; pale marks are left alone.",
            Columns = 2,
            ShareX = true,
            ShareY = true,
            Legend = false,
            Height = 520,
        };
    }

    private static Panel Panel(string title, IReadOnlyList<WeightedApplicant> applicants, bool approved, double largest)
    {
        var here = applicants.Where(a => a.Applicant.Approved == approved).ToArray();
        return new Panel(
            new Axis("district", "standard deviations"), new Axis("income", "standard deviations"),
            [.. Enumerable.Range(0, 2).SelectMany(group => Marks([.. here.Where(a => a.Applicant.Group == group)], group, largest, bar: !approved && group == 1))])
        {
            Title = FormattableString.Invariant($"{title}: {here.Length} applicants"),
        };
    }

    // A rim, since an epsilon of zero is as pale as the ground.
    private static IEnumerable<Points> Marks(WeightedApplicant[] here, int group, double largest, bool bar)
    {
        var (x, y) = (here.Select(a => a.Applicant.District).ToValueList(), here.Select(a => a.Applicant.Income).ToValueList());
        var (shape, radius) = group == 1 ? (Marker.Circle, 4.0) : (Marker.Diamond, 4.5);
        yield return new Points("", x, y) { Radius = radius + 0.75, Marker = shape, Paint = Palette.Muted, Opacity = Solid, InLegend = false };
        yield return new Points(FormattableString.Invariant($"group {group}"), x, y)
        {
            Radius = radius,
            Marker = shape,
            Opacity = Solid,
            Shading = new Shading("soft weight ε", here.Select(a => a.Epsilon).ToValueList()) { Low = -largest, High = largest, Middle = 0, Bar = bar },
        };
    }
}
