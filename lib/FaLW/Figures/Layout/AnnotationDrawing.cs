namespace FaLW.Figures;

/// <summary>Zones behind the data, reference lines under it, words over it.</summary>
internal static class AnnotationDrawing
{
    public static void Behind(PanelPlan plan, List<Drawing> drawings)
    {
        foreach (var zone in plan.Panel.Annotations.OfType<Zone>().Where(z => z.Shaded))
        {
            var (left, right) = Sides(plan, zone);
            if (right > left) drawings.Add(new Box(new Frame(left, plan.Plot.Top, right - left, plan.Plot.Height), Palette.Grid, 0.45));
        }
    }

    /// <summary>Words on the bare plot, under the data.</summary>
    public static void Ground(PanelPlan plan, List<Drawing> drawings) => Notes(plan, behind: true, drawings);

    public static void Lines(PanelPlan plan, List<Drawing> drawings)
    {
        var plot = plan.Plot;
        foreach (var line in plan.Panel.Annotations.OfType<ReferenceLine>())
        {
            if (!(line.Upright ? plan.X : plan.Y).Holds(line.At)) continue;
            var at = Math.Round((line.Upright ? plan.X : plan.Y).Pixel(line.At));
            Spot[] ends = line.Upright ? [new(at, plot.Bottom), new(at, plot.Top)] : [new(plot.Left, at), new(plot.Right, at)];
            drawings.Add(new Stroke(ends, line.Solid ? Palette.Ink : Palette.Muted, line.Solid ? 1.25 : 1.5, line.Solid ? Dash.Solid : Dash.Dashed));
        }
    }

    public static void Texts(PanelPlan plan, List<Drawing> drawings)
    {
        foreach (var zone in plan.Panel.Annotations.OfType<Zone>().Where(z => z.Text.Length > 0))
        {
            var (left, right) = Sides(plan, zone);
            drawings.Add(Remark(new Spot((left + right) / 2, plan.Plot.Top + 16), zone.Text, Align.Centre, Palette.Muted) with { Halo = false });
        }
        foreach (var line in plan.Panel.Annotations.OfType<ReferenceLine>().Where(l => l.Text.Length > 0)) Name(plan, line, drawings);
        Notes(plan, behind: false, drawings);
    }

    private static void Notes(PanelPlan plan, bool behind, List<Drawing> drawings)
    {
        foreach (var note in plan.Panel.Annotations.OfType<Note>().Where(n => n.Behind == behind))
            drawings.Add(Remark(Place(plan, note), note.Text, note.Align, note.Paint ?? Palette.Muted) with { Halo = note.Halo });
    }

    private static void Name(PanelPlan plan, ReferenceLine line, List<Drawing> drawings)
    {
        if (!(line.Upright ? plan.X : plan.Y).Holds(line.At)) return;
        var at = line.Upright
            ? new Spot(plan.X.Pixel(line.At) + 6, plan.Plot.Top + 14)
            : new Spot(plan.Plot.Right - 4, plan.Y.Pixel(line.At) - 6);
        drawings.Add(Remark(at, line.Text, line.Upright ? Align.Left : Align.Right, Palette.Muted));
    }

    private static Spot Place(PanelPlan plan, Note note) => note.Corner
        ? new Spot(plan.Plot.Left + note.X * plan.Plot.Width, plan.Plot.Bottom - note.Y * plan.Plot.Height)
        : new Spot(plan.X.Pixel(note.X), plan.Y.Pixel(note.Y));

    private static Words Remark(Spot at, string text, Align align, Paint paint) =>
        new(at, text, Style.Remark, align, paint) { Halo = true };

    private static (double Left, double Right) Sides(PanelPlan plan, Zone zone) =>
        (Math.Max(plan.Plot.Left, plan.X.Pixel(zone.From)), Math.Min(plan.Plot.Right, plan.X.Pixel(zone.To)));
}
