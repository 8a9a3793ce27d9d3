namespace FaLW.Figures;

/// <summary>Grid lines, axis lines, tick labels and titles of one panel.</summary>
internal static class AxisDrawing
{
    /// <summary>What lies under the data.</summary>
    public static void Lines(PanelPlan plan, List<Drawing> drawings)
    {
        var plot = plan.Plot;
        if (plan.Heat is not null) return;
        foreach (var tick in plan.TicksY.Where(t => t.Label.Length > 0 && plan.Panel.Y.Categories.Count == 0))
            drawings.Add(Level(plot.Left, plot.Right, plan.Y.Pixel(tick.Value), Palette.Grid));
        if (plan.Panel.X.Categories.Count > 0 || plan.Panel.Traces.Any(t => t is Bars)) return;
        foreach (var tick in plan.TicksX.Where(t => t.Label.Length > 0))
            drawings.Add(Upright(plan.X.Pixel(tick.Value), plot.Top, plot.Bottom, Palette.Grid));
    }

    /// <summary>What lies over bars and cells: the base line and everything outside the plot.</summary>
    public static void Labels(PanelPlan plan, List<Drawing> drawings)
    {
        var plot = plan.Plot;
        if (plan.Heat is null) drawings.Add(Level(plot.Left, plot.Right, BaseLine(plan), Palette.Ink));
        Title(plan, drawings);
        LabelsX(plan, drawings);
        LabelsY(plan, drawings);
    }

    public static Box Level(double left, double right, double y, Paint paint, double width = Style.Hairline) =>
        new(new Frame(left, Snap.Half(y - width / 2), right - left, width), paint);

    public static Box Upright(double x, double top, double bottom, Paint paint, double width = Style.Hairline) =>
        new(new Frame(Snap.Half(x - width / 2), top, width, bottom - top), paint);

    private static double BaseLine(PanelPlan plan) =>
        plan.Panel.Traces.Any(t => t is Bars) && plan.Y.Holds(0) ? plan.Y.Pixel(0) : plan.Plot.Bottom;

    private static void Title(PanelPlan plan, List<Drawing> drawings)
    {
        if (plan.Panel.Title.Length == 0) return;
        var at = new Spot(plan.Plot.Left, plan.Plot.Top - 9);
        drawings.Add(new Words(at, plan.Panel.Title, Style.PanelTitle, Align.Left, Palette.Ink) { Strong = true });
    }

    private static void LabelsX(PanelPlan plan, List<Drawing> drawings)
    {
        var plot = plan.Plot;
        foreach (var tick in plan.TicksX.Where(_ => plan.Heat is null && plan.Panel.X.Categories.Count == 0))
        {
            var length = tick.Label.Length > 0 ? Style.TickLength : Style.TickLength * 0.6;
            drawings.Add(Upright(plan.X.Pixel(tick.Value), plot.Bottom, plot.Bottom + length, Palette.Muted));
        }
        if (!plan.LabelsX) return;
        var y = plot.Bottom + Style.TickLength + Style.TickLabel * Style.Capital + 5;
        foreach (var tick in plan.TicksX.Where(t => t.Label.Length > 0)) drawings.Add(LabelX(plan, tick, y));
        if (plan.Panel.X.Title.Length == 0) return;
        var at = new Spot(plot.Left + plot.Width / 2, plot.Bottom + AxisTicks.Depth(plan.Panel.X, plan.Slanted) - 4);
        drawings.Add(new Words(at, plan.Panel.X.Title, Style.AxisTitle, Align.Centre, Palette.Ink));
    }

    private static Words LabelX(PanelPlan plan, Tick tick, double y)
    {
        var x = plan.X.Pixel(tick.Value);
        return plan.Slanted
            ? new Words(new Spot(x + 5, y - 1), tick.Label, Style.TickLabel, Align.Right, Label(plan.Panel.X)) { Turn = AxisTicks.SlantDegrees }
            : new Words(new Spot(x, y), tick.Label, Style.TickLabel, Align.Centre, Label(plan.Panel.X));
    }

    // Names are read, numbers are glanced at.
    private static Paint Label(Axis axis) => axis.Categories.Count > 0 ? Palette.Ink : Palette.Muted;

    private static void LabelsY(PanelPlan plan, List<Drawing> drawings)
    {
        if (!plan.LabelsY) return;
        var plot = plan.Plot;
        foreach (var tick in plan.TicksY.Where(t => t.Label.Length > 0))
        {
            var at = new Spot(plot.Left - 9, plan.Y.Pixel(tick.Value) + Style.TickLabel * Style.Capital / 2);
            drawings.Add(new Words(at, tick.Label, Style.TickLabel, Align.Right, Label(plan.Panel.Y)));
        }
        if (plan.Panel.Y.Title.Length == 0) return;
        var x = plot.Left - 9 - AxisTicks.Widest(plan.TicksY) - 10;
        var middle = new Spot(x, plot.Top + plot.Height / 2);
        drawings.Add(new Words(middle, plan.Panel.Y.Title, Style.AxisTitle, Align.Centre, Palette.Ink) { Turn = -90 });
    }
}
