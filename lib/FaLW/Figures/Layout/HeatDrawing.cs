namespace FaLW.Figures;

/// <summary>Cells of a heat map.</summary>
internal static class HeatDrawing
{
    private const int Steps = 128;

    public static void Draw(PanelPlan plan, Heat heat, List<Drawing> drawings)
    {
        var shading = heat.Shading;
        var (ramp, range) = (shading.Ramp, shading.Range);
        if (heat.Rows.Count * heat.Rows[0].Count <= Tips.Most) Cells(plan, heat, ramp, range, drawings);
        else Tiles(plan, heat, ramp, range, drawings);
        ColourBar.Draw(plan, shading, drawings);
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
}
