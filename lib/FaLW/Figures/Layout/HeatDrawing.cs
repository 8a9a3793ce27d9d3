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
        if (heat.Rows.Count * heat.Rows[0].Count <= Tips.Most) Cells(plan, heat, ramp, range, drawings);
        else Tiles(plan, heat, ramp, range, drawings);
        ColourBar(plan, heat, ramp, range, drawings);
    }

    private static void Cells(PanelPlan plan, Heat heat, Ramp ramp, Domain range, List<Drawing> drawings)
    {
        var labels = plan.Plot.Width / heat.Rows[0].Count >= 44 && plan.Plot.Height / heat.Rows.Count >= 20;
        for (var row = 0; row < heat.Rows.Count; row++)
        {
            for (var column = 0; column < heat.Rows[row].Count; column++)
            {
                if (!double.IsFinite(heat.Rows[row][column])) continue;
                var (cell, fill) = (Place(plan, row, column), ramp.At((double)Level(heat.Rows[row][column], range) / Steps));
                drawings.Add(new Box(cell, fill, 1, Tip(plan, heat, row, column)));
                if (labels) drawings.Add(Label(cell, Value(heat.Rows[row][column], range), fill));
            }
        }
    }

    // Cells of one colour go together: a large map is a few shapes, not a hundred thousand.
    private static void Tiles(PanelPlan plan, Heat heat, Ramp ramp, Domain range, List<Drawing> drawings)
    {
        var levels = new SortedDictionary<int, List<Frame>>();
        for (var row = 0; row < heat.Rows.Count; row++)
        {
            for (var column = 0; column < heat.Rows[row].Count; column++)
            {
                if (!double.IsFinite(heat.Rows[row][column])) continue;
                var level = Level(heat.Rows[row][column], range);
                if (!levels.TryGetValue(level, out var frames)) levels[level] = frames = [];
                frames.Add(Place(plan, row, column));
            }
        }
        foreach (var (level, frames) in levels) drawings.Add(new Tiles(frames, ramp.At((double)level / Steps)));
    }

    private static Frame Place(PanelPlan plan, int row, int column)
    {
        var (left, top) = (Snap.Half(plan.X.Pixel(column - 0.5)), Snap.Half(plan.Y.Pixel(row - 0.5)));
        return new Frame(left, top, Snap.Half(plan.X.Pixel(column + 0.5)) - left, Snap.Half(plan.Y.Pixel(row + 0.5)) - top);
    }

    /// <summary>The values at the ends of the colour scale.</summary>
    public static Domain Range(Heat heat)
    {
        var finite = heat.Rows.SelectMany(r => r).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (heat.Low ?? finite.Min(), heat.High ?? finite.Max());
        if (heat.Signed) (low, high) = (-Math.Max(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)));
        return low < high ? new Domain(low, high) : new Domain(low - 1, low + 1);
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
