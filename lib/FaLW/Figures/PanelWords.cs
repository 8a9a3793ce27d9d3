namespace FaLW.Figures;

/// <summary>The words in and around one panel: titles, tick labels, what is noted.</summary>
internal static class PanelWords
{
    public static IEnumerable<Words> Of(PanelPlan panel) =>
    [
        .. Titles(panel), .. TickLabels(panel), .. Cells(panel), .. ColourBar(panel),
        .. panel.Panel.Annotations.Select(annotation => Of(panel, annotation)).OfType<Words>(),
    ];

    public static Words Of(PanelPlan panel, Note note)
    {
        var (x, y) = note.Corner ? (panel.Plot.Left + note.X * panel.Plot.Width, panel.Plot.Bottom - note.Y * panel.Plot.Height)
            : (panel.Plot.Left + panel.Right(note.X), panel.Plot.Bottom - panel.Up(note.Y));
        return new Words(x, y, note.Text, Style.Remark, note.Align, note.Paint ?? Palette.Muted, Halo: note.Halo);
    }

    private static IEnumerable<Words> Titles(PanelPlan panel)
    {
        var (plot, x, y) = (panel.Plot, panel.Panel.X, panel.Panel.Y);
        if (panel.Panel.Title.Length > 0)
            yield return new Words(plot.Left, plot.Top - 9, panel.Panel.Title, Style.PanelTitle, Align.Left, Palette.Ink, Strong: true);
        if (panel.LabelsX && x.Title.Length > 0)
            yield return Title(x.Title, plot.Left + plot.Width / 2, plot.Bottom + FigurePlan.Depth(x, panel.Slanted) - 4);
        if (panel.LabelsY && y.Title.Length > 0)
            yield return Title(y.Title, plot.Left - 9 - FigurePlan.Widest(panel.TicksY) - 10, plot.Top + plot.Height / 2, turn: -90);
    }

    private static Words Title(string text, double x, double y, double turn = 0) => new(x, y, text, Style.AxisTitle, Align.Centre, Palette.Ink, Turn: turn);

    private static IEnumerable<Words> TickLabels(PanelPlan panel)
    {
        // Names are read, numbers are glanced at.
        static Paint Ink(Axis axis) => axis.Categories.Count > 0 ? Palette.Ink : Palette.Muted;
        var (plot, half) = (panel.Plot, Style.TickLabel * Style.Capital / 2);
        var under = plot.Bottom + Style.TickLength + 2 * half + 5;
        foreach (var tick in panel.TicksX.Where(t => panel.LabelsX && t.Label.Length > 0))
        {
            var x = plot.Left + panel.Right(tick.Value);
            yield return panel.Slanted
                ? new Words(x + 5, under - 1, tick.Label, Style.TickLabel, Align.Right, Ink(panel.Panel.X), Turn: Style.SlantDegrees)
                : new Words(x, under, tick.Label, Style.TickLabel, Align.Centre, Ink(panel.Panel.X));
        }
        foreach (var tick in panel.TicksY.Where(t => panel.LabelsY && t.Label.Length > 0))
            yield return new Words(plot.Left - 9, plot.Bottom - panel.Up(tick.Value) + half, tick.Label, Style.TickLabel, Align.Right, Ink(panel.Panel.Y));
    }

    private static IEnumerable<Words> Cells(PanelPlan panel)
    {
        if (panel.Heat is not { } heat || panel.Plot.Width / heat.Rows[0].Count < 44 || panel.Plot.Height / heat.Rows.Count < 20) yield break;
        var range = heat.Shading.Range;
        foreach (var (row, values) in heat.Rows.Index())
            foreach (var (column, value) in values.Index().Where(cell => double.IsFinite(cell.Item)))
            {
                var ground = heat.Shading.Ramp.At(range.Share(value));
                var at = (X: panel.Plot.Left + panel.Right(column), Y: panel.Plot.Bottom - panel.Up(row) + Style.Remark * Style.Capital / 2);
                yield return new Words(at.X, at.Y, Heat.Written(value, range), Style.Remark, Align.Centre, ground.Contrast(Palette.Paper) >= 4 ? Palette.Paper : Palette.Ink);
            }
    }

    private static IEnumerable<Words> ColourBar(PanelPlan panel)
    {
        if (panel.Panel.ColourBar is not { } shading) yield break;
        var (plot, range) = (panel.Plot, shading.Range);
        foreach (var tick in Ticks.Linear(range.Low, range.High, plot.Height / Style.TickRoomY))
            yield return new Words(panel.ColourBarLeft + 21, plot.Bottom - range.Share(tick.Value) * plot.Height + Style.TickLabel * Style.Capital / 2, tick.Label, Style.TickLabel, Align.Left, Palette.Muted);
        yield return Title(shading.Title, plot.Right + Style.ColourBarRoom - 6, plot.Top + plot.Height / 2, turn: 90);
    }

    private static Words? Of(PanelPlan panel, Annotation annotation)
    {
        var plot = panel.Plot;
        return annotation switch
        {
            Zone { Text.Length: > 0 } zone => new Words(
                plot.Left + (Math.Max(0, panel.Right(zone.From)) + Math.Min(plot.Width, panel.Right(zone.To))) / 2, plot.Top + 16,
                zone.Text, Style.Remark, Align.Centre, Palette.Muted),
            ReferenceLine { Text.Length: > 0, Upright: true } line when panel.X.Holds(line.At) => new Words(
                plot.Left + panel.Right(line.At) + 6, plot.Top + 14, line.Text, Style.Remark, Align.Left, Palette.Muted, Halo: true),
            ReferenceLine { Text.Length: > 0, Upright: false } line when panel.Y.Holds(line.At) && panel.NameOf(line) is var (side, above) => new Words(
                side == Align.Right ? plot.Right - 4 : plot.Left + 4, plot.Bottom - panel.Up(line.At) + (above ? -6 : 15),
                line.Text, Style.Remark, side, Palette.Muted, Halo: true),
            Note { Behind: false } note => Of(panel, note),
            _ => null,
        };
    }
}
