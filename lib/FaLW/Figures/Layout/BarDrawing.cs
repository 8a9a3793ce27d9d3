namespace FaLW.Figures;

/// <summary>Bars side by side at each centre, or over one another.</summary>
internal static class BarDrawing
{
    public static void Draw(PanelPlan plan, Inks inks, List<Drawing> drawings)
    {
        var all = plan.Panel.Traces.OfType<Bars>().ToArray();
        var beside = all.Where(b => !b.Overlay).ToArray();
        foreach (var bars in all)
        {
            var place = Array.IndexOf(beside, bars);
            var width = bars.Width / (bars.Overlay ? 1 : beside.Length);
            var shift = bars.Overlay ? 0 : (place - (beside.Length - 1) / 2.0) * width;
            Draw(plan, bars, inks.Of(bars), shift, width, bars.Overlay && all.Length > 1 ? 0.55 : 1, drawings);
        }
    }

    private static void Draw(PanelPlan plan, Bars bars, Paint paint, double shift, double width, double opacity, List<Drawing> drawings)
    {
        var zero = plan.Y.Pixel(plan.Y.Domain.Log ? plan.Y.Domain.Low : Math.Clamp(0, plan.Y.Domain.Low, plan.Y.Domain.High));
        for (var i = 0; i < bars.X.Count; i++)
        {
            if (!plan.Y.Has(bars.Y[i])) continue;
            var (left, right) = Sides(plan, bars.X[i] + shift, width, bars.Overlay);
            var end = Math.Clamp(plan.Y.Pixel(bars.Y[i]), plan.Plot.Top, plan.Plot.Bottom);
            var fill = bars.Paints.Count > i ? bars.Paints[i] : paint;
            var tip = bars.X.Count <= Tips.Most ? Tips.Of(plan, bars.Name, bars.X[i], bars.Y[i]) : "";
            if (right > left) drawings.Add(new Box(new Frame(left, Math.Min(zero, end), right - left, Math.Abs(end - zero)), fill, opacity, tip));
        }
        ErrorDrawing.Draw(plan, [.. bars.X.Select(x => x + shift)], bars.Y, bars.Errors, Palette.Ink, drawings, Math.Clamp((plan.X.Pixel(width) - plan.X.Pixel(0)) * 0.22, 1.5, 4));
    }

    // A hair of ground between neighbours, as long as the bars are wide enough to spare it.
    private static (double Left, double Right) Sides(PanelPlan plan, double centre, double width, bool overlay)
    {
        var (left, right) = (plan.X.Pixel(centre - width / 2), plan.X.Pixel(centre + width / 2));
        var gap = right - left > 6 ? overlay ? 0.5 : 1 : 0;
        return (Snap.Half(Math.Max(plan.Plot.Left, left + gap / 2.0)), Snap.Half(Math.Min(plan.Plot.Right, right - gap / 2.0)));
    }
}
