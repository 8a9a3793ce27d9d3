namespace FaLW.Figures;

/// <summary>Turns a figure into drawing commands; SVG and PNG draw the same scene.</summary>
internal static class FigureLayout
{
    public static Scene Of(Figure figure)
    {
        var drawings = new List<Drawing> { new Box(new Frame(0, 0, figure.Width, figure.Height), Palette.Paper) };
        var inks = new Inks(figure);
        var top = Header.Draw(figure, inks, drawings);
        Footer(figure, drawings);
        if (figure.Panels.Count > 0)
            foreach (var plan in new Grid(figure).Plans(Room(figure, top))) Draw(plan, inks, drawings);
        return new Scene(figure.Width, figure.Height, figure.Title, FigureSummary.Of(figure), drawings);
    }

    /// <summary>The room of the panels, between header and footer.</summary>
    public static Frame Room(Figure figure, double top)
    {
        var bottom = Footer(figure, []);
        return new Frame(Style.Edge, top, figure.Width - 2 * Style.Edge - 6, bottom - top);
    }

    private static void Draw(PanelPlan plan, Inks inks, List<Drawing> drawings)
    {
        AnnotationDrawing.Behind(plan, drawings);
        AxisDrawing.Lines(plan, drawings);
        AnnotationDrawing.Ground(plan, drawings);
        if (plan.Heat is { } heat) HeatDrawing.Draw(plan, heat, drawings);
        BarDrawing.Draw(plan, inks, drawings);
        AxisDrawing.Labels(plan, drawings);
        AnnotationDrawing.Lines(plan, drawings);
        foreach (var trace in plan.Panel.Traces) LineDrawing.Draw(plan, trace, inks.Of(trace), drawings);
        AnnotationDrawing.Texts(plan, drawings);
    }

    private static double Footer(Figure figure, List<Drawing> drawings)
    {
        var bottom = figure.Height - Style.Edge * 0.7;
        if (figure.Note.Length == 0) return bottom;
        var lines = Paragraph.Wrap(figure.Note, Style.Footnote, figure.Width - 2 * Style.Edge);
        for (var i = 0; i < lines.Count; i++)
        {
            var at = new Spot(Style.Edge, bottom - (lines.Count - 1 - i) * Style.Footnote * Style.Leading);
            drawings.Add(new Words(at, lines[i], Style.Footnote, Align.Left, Palette.Muted));
        }
        return bottom - lines.Count * Style.Footnote * Style.Leading - 4;
    }
}
