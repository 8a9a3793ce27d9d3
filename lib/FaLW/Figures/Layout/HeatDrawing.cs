namespace FaLW.Figures;

/// <summary>Cells of a heat map and the colour bar beside it.</summary>
internal static class HeatDrawing
{
    /// <summary>Room for the colour bar right of the plot.</summary>
    public const double BarRoom = 92;
    private const int Steps = 128;

    public static void Draw(PanelPlan plan, Heat heat, List<Drawing> drawings)
    {
        var (ramp, range) = (heat.Signed ? Ramp.Diverging : Ramp.Sequential, Range(heat));
        var labels = plan.Plot.Width / heat.Rows[0].Count >= 44 && plan.Plot.Height / heat.Rows.Count >= 20;
        for (var row = 0; row < heat.Rows.Count; row++)
        {
            foreach (var (from, to, level) in Runs(heat.Rows[row], range, labels))
            {
                var (left, top) = (Snap.Half(plan.X.Pixel(from - 0.5)), Snap.Half(plan.Y.Pixel(row - 0.5)));
                var cell = new Frame(left, top, Snap.Half(plan.X.Pixel(to + 0.5)) - left, Snap.Half(plan.Y.Pixel(row + 0.5)) - top);
                var fill = ramp.At((double)level / Steps);
                drawings.Add(new Box(cell, fill, 1, heat.Rows.Count * heat.Rows[0].Count <= Tips.Most ? Tip(plan, heat, row, from) : ""));
                if (labels) drawings.Add(Label(cell, Value(heat.Rows[row][from], range), fill));
            }
        }
        ColourBar(plan, heat, ramp, range, drawings);
    }

    /// <summary>The values at the ends of the colour scale.</summary>
    public static Domain Range(Heat heat)
    {
        var finite = heat.Rows.SelectMany(r => r).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (heat.Low ?? finite.Min(), heat.High ?? finite.Max());
        if (heat.Signed) (low, high) = (-Math.Max(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)));
        return low < high ? new Domain(low, high) : new Domain(low - 1, low + 1);
    }

    // Neighbours of one colour are one rectangle: large maps stay small, and no seams show between cells.
    private static IEnumerable<(int From, int To, int Level)> Runs(IReadOnlyList<double> row, Domain range, bool single)
    {
        for (var from = 0; from < row.Count; from++)
        {
            if (!double.IsFinite(row[from])) continue;
            var (to, level) = (from, Level(row[from], range));
            while (!single && row.Count > 40 && to + 1 < row.Count && double.IsFinite(row[to + 1]) && Level(row[to + 1], range) == level) to++;
            yield return (from, to, level);
            from = to;
        }
    }

    private static int Level(double value, Domain range) =>
        (int)Math.Round(Math.Clamp((value - range.Low) / (range.High - range.Low), 0, 1) * Steps);

    /// <summary>A cell's value with the decimals its range needs.</summary>
    public static string Value(double value, Domain range) => Ticks.Label(value, Ticks.Step(range.Low, range.High, 20));

    private static string Tip(PanelPlan plan, Heat heat, int row, int column)
    {
        var name = plan.Panel.Y.Categories.Count > row ? plan.Panel.Y.Categories[row] : $"{plan.Panel.Y.Label} {Tips.Number(row)}";
        return $"{name}, {Tips.Of(plan, heat.Name, column, heat.Rows[row][column])}";
    }

    private static Words Label(Frame cell, string text, Paint fill)
    {
        var at = new Spot(cell.Left + cell.Width / 2, cell.Top + cell.Height / 2 + Style.Remark * Style.Capital / 2);
        var paint = fill.Contrast(Paint.Of("ffffff")) >= 4 ? Paint.Of("ffffff") : Paint.Of("1f2328");
        return new Words(at, text, Style.Remark, Align.Centre, paint);
    }

    private static void ColourBar(PanelPlan plan, Heat heat, Ramp ramp, Domain range, List<Drawing> drawings)
    {
        var bar = new Frame(Snap.Half(plan.Plot.Right + 16), plan.Plot.Top, 14, plan.Plot.Height);
        for (var i = 0; i < Steps; i++)
        {
            // Each step reaches to the top and the next one covers it: no seam can show.
            var bottom = Snap.Half(bar.Bottom - i * bar.Height / Steps);
            drawings.Add(new Box(bar with { Height = bottom - bar.Top }, ramp.At((i + 0.5) / Steps)));
        }
        var scale = new Scale(range, bar.Bottom, bar.Top);
        foreach (var tick in Ticks.Linear(range.Low, range.High, bar.Height / Style.TickRoomY))
        {
            var y = scale.Pixel(tick.Value) + Style.TickLabel * Style.Capital / 2;
            drawings.Add(new Words(new Spot(bar.Right + 7, y), tick.Label, Style.TickLabel, Align.Left, Palette.Muted));
        }
        var title = heat.Unit.Length > 0 ? $"{heat.Name} ({heat.Unit})" : heat.Name;
        var at = new Spot(plan.Plot.Right + BarRoom - 6, bar.Top + bar.Height / 2);
        drawings.Add(new Words(at, title, Style.AxisTitle, Align.Centre, Palette.Ink) { Turn = 90 });
    }
}
