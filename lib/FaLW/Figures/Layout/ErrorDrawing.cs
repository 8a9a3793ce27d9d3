namespace FaLW.Figures;

/// <summary>Error bars: a stem and two caps.</summary>
internal static class ErrorDrawing
{
    private const double Cap = 4;
    private const double Width = 1.5;

    public static void Draw(PanelPlan plan, IReadOnlyList<double> x, IReadOnlyList<double> y, ErrorBars? errors, Paint paint, List<Drawing> drawings, double cap = Cap)
    {
        if (errors is null) return;
        for (var i = 0; i < x.Count; i++)
        {
            if (!plan.X.Holds(x[i]) || !plan.Y.Has(y[i])) continue;
            var (low, high) = (Edge(plan, y[i] - errors.Below[i]), Edge(plan, y[i] + errors.Above[i]));
            if (low is null || high is null) continue;
            var at = plan.X.Pixel(x[i]);
            foreach (var piece in Clip.Line([new Spot(at, low.Value), new Spot(at, high.Value)], plan.Plot)) drawings.Add(new Stroke(piece, paint, Width));
            foreach (var end in new[] { low.Value, high.Value }.Where(e => e >= plan.Plot.Top && e <= plan.Plot.Bottom))
                drawings.Add(new Stroke([new Spot(at - cap, end), new Spot(at + cap, end)], paint, Width));
        }
    }

    // On a logarithmic axis a bar that reaches zero or below goes on to the edge of the plot.
    private static double? Edge(PanelPlan plan, double value) =>
        plan.Y.Has(value) ? plan.Y.Pixel(value) : double.IsNaN(value) ? null : plan.Plot.Bottom + 10;
}
