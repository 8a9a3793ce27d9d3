using XPlot.Plotly;

namespace FaLW.Figures;

/// <summary>The layout of a plotly figure, from the same plan as the still picture, so that the two look alike.</summary>
internal static class PlotlyLayout
{
    public static OpenLayout Of(Figure figure, FigurePlan plan)
    {
        var inner = plan.Inner;
        var layout = new OpenLayout
        {
            height = figure.Height,
            autosize = true,
            paper_bgcolor = Palette.Paper.Hex,
            plot_bgcolor = Palette.Paper.Hex,
            hovermode = "closest",
            font = new Font { family = "Inter, Helvetica Neue, Helvetica, Arial, sans-serif", size = Style.TickLabel, color = Palette.Ink.Hex },
            margin = new Margin { l = Math.Round(inner.Left), r = Math.Round(figure.Width - inner.Right), t = Math.Round(inner.Top), b = Math.Round(figure.Height - inner.Bottom) },
            showlegend = plan.Entries.Count > 0,
            shapes = plan.Panels.SelectMany((panel, i) => panel.Panel.Annotations.Select(annotation => Shape(annotation, panel, i))).OfType<Shape>(),
            annotations = Notes(figure, plan, inner),
        };
        if (plan.Panels.Any(p => p.HasBars)) layout.barmode = "overlay";
        if (layout.showlegend) layout.legend = Legend(plan, inner);
        foreach (var (i, panel) in plan.Panels.Index())
        {
            layout.More[PlotlyJson.Axis("xaxis", i)] = AxisX(panel, i, figure, inner);
            layout.More[PlotlyJson.Axis("yaxis", i)] = AxisY(panel, i, figure, inner);
        }
        return layout;
    }

    private static Legend Legend(FigurePlan plan, Frame inner) => new()
    {
        orientation = "h",
        xanchor = "left",
        yanchor = "bottom",
        font = PlotlyJson.Font(Style.Legend, Palette.Ink),
        x = (Style.Edge - inner.Left) / inner.Width,
        y = 1 + (inner.Top - plan.Top + 2) / inner.Height,
    };

    private static OpenAxis AxisX(PanelPlan panel, int index, Figure figure, Frame inner)
    {
        var isNumeric = panel.Panel.X.Categories.Count == 0;
        var axis = Axis(panel.Panel.X, panel.X, panel.TicksX, panel.LabelsX, grid: panel.Heat is null && isNumeric && !panel.HasBars);
        axis.domain = new[] { (panel.Plot.Left - inner.Left) / inner.Width, (panel.Plot.Right - inner.Left) / inner.Width };
        axis.anchor = PlotlyJson.Axis("y", index);
        if (figure.ShareX && index > 0) axis.More["matches"] = "x";
        if (isNumeric) (axis.ticks, axis.ticklen, axis.tickcolor) = ("outside", Style.TickLength, Palette.Muted.Hex);
        // Bars stand on zero, everything else on the lower edge.
        axis.zeroline = false;
        if (panel.Heat is null && !Hangs(panel)) axis.linecolor = Palette.Ink.Hex;
        if (panel.Slanted) axis.tickangle = Style.SlantDegrees;
        return axis;
    }

    private static OpenAxis AxisY(PanelPlan panel, int index, Figure figure, Frame inner)
    {
        var axis = Axis(panel.Panel.Y, panel.Y, panel.TicksY, panel.LabelsY, grid: panel.Heat is null, panel.Panel.RunsDown);
        axis.domain = new[] { (inner.Bottom - panel.Plot.Bottom) / inner.Height, (inner.Bottom - panel.Plot.Top) / inner.Height };
        axis.anchor = PlotlyJson.Axis("x", index);
        if (figure.ShareY && index > 0) axis.More["matches"] = "y";
        axis.zeroline = Hangs(panel);
        if (Hangs(panel)) axis.zerolinecolor = Palette.Ink.Hex;
        return axis;
    }

    private static bool Hangs(PanelPlan panel) => panel.HasBars && panel.Y.Holds(0);

    private static OpenAxis Axis(Axis own, Domain range, IReadOnlyList<Tick> ticks, bool labels, bool grid, bool down = false)
    {
        var (low, high) = (range.Place(range.Low), range.Place(range.High));
        var axis = new OpenAxis { type = range.Log ? "log" : "linear", range = down ? new[] { high, low } : [low, high], showticklabels = labels };
        (axis.showgrid, axis.gridcolor) = (grid, grid ? Palette.Grid.Hex : null);
        // Plotly reads a title as an object only.
        if (labels && own.Title.Length > 0) axis.More["title"] = new { text = own.Title, font = PlotlyJson.Font(Style.AxisTitle, Palette.Ink), standoff = 8 };
        if (labels) axis.tickfont = PlotlyJson.Font(Style.TickLabel, own.Categories.Count > 0 ? Palette.Ink : Palette.Muted);
        if (own.Categories.Count > 0) axis.ticks = "";
        Tick[] named = [.. ticks.Where(t => t.Label.Length > 0)];
        // Names and decades need fixed ticks; other numbers keep plotly's own, which follow the reader's zoom.
        var isFixed = own.Categories.Count > 0 || own.Scale == AxisScale.Log;
        if (isFixed) (axis.tickmode, axis.tickvals, axis.ticktext) = ("array", named.Select(t => t.Value), named.Select(t => t.Label));
        else axis.nticks = Math.Max(3, named.Length + 2);
        if (labels && !isFixed && own.SmallestStep >= 1) axis.tickformat = ",d";
        else if (labels && !isFixed) (axis.exponentformat, axis.More["separatethousands"]) = ("power", true);
        return axis;
    }

    private static OpenShape? Shape(Annotation annotation, PanelPlan panel, int index) => annotation switch
    {
        ReferenceLine line when (line.Upright ? panel.X : panel.Y).Holds(line.At) => Shape(line, PlotlyJson.Axis("x", index), PlotlyJson.Axis("y", index)),
        Zone { Shaded: true } zone => new OpenShape
        {
            type = "rect",
            xref = PlotlyJson.Axis("x", index),
            yref = PlotlyJson.Axis("y", index) + " domain",
            x0 = zone.From,
            x1 = zone.To,
            y0 = 0.0,
            y1 = 1.0,
            fillcolor = Palette.Grid.Hex,
            opacity = 0.45,
            line = new XPlot.Plotly.Line { width = 0 },
            More = { ["layer"] = "below" },
        },
        _ => null,
    };

    private static OpenShape Shape(ReferenceLine line, string x, string y)
    {
        var drawn = new XPlot.Plotly.Line { color = (line.Solid ? Palette.Ink : Palette.Muted).Hex, width = line.Solid ? 1.25 : 1.5, dash = line.Solid ? null : "dash" };
        return line.Upright
            ? new OpenShape { type = "line", xref = x, yref = y + " domain", x0 = line.At, x1 = line.At, y0 = 0.0, y1 = 1.0, line = drawn }
            : new OpenShape { type = "line", xref = x + " domain", yref = y, x0 = 0.0, x1 = 1.0, y0 = line.At, y1 = line.At, line = drawn };
    }

    private static List<XPlot.Plotly.Annotation> Notes(Figure figure, FigurePlan plan, Frame inner)
    {
        // Plotly's own title is placed by its last line, so two lines would leave the picture.
        var title = string.Join("<br>", plan.Words.TakeWhile(words => words.Size >= Style.Title).Select(words => $"<b>{Safe(words.Text)}</b>"));
        var quiet = Lettering.Wrapped(figure.Subtitle, Style.Subtitle, plan.TextWidth)
            .Select(line => Invariant($"<br><span style=\"font-size:{Style.Subtitle}px;color:{Palette.Muted.Hex}\">{Safe(line)}</span>"));
        List<XPlot.Plotly.Annotation> notes =
        [
            Text(title + string.Concat(quiet), "paper", "paper", 0, 1, Align.Left, "top", Style.Title, Palette.Ink, Style.Edge - inner.Left, inner.Top - Style.Edge * 0.7 - 4),
            .. plan.Panels.SelectMany(Panel),
        ];
        if (plan.Note.Count > 0)
            notes.Add(Text(string.Join("<br>", plan.Note.Select(Safe)), "paper", "paper", 0, 0, Align.Left, "bottom", Style.Footnote, Palette.Muted, Style.Edge - inner.Left, inner.Bottom - figure.Height + Style.Edge * 0.5));
        return notes;
    }

    private static IEnumerable<XPlot.Plotly.Annotation> Panel(PanelPlan panel, int index)
    {
        var (x, y) = (PlotlyJson.Axis("x", index), PlotlyJson.Axis("y", index));
        if (panel.Panel.Title.Length > 0)
            yield return Text($"<b>{Safe(panel.Panel.Title)}</b>", x + " domain", y + " domain", 0, 1, Align.Left, "bottom", Style.PanelTitle, Palette.Ink, 0, 4);
        if (panel.Panel.ColourBar is { } shading)
        {
            var turned = Text(Safe(shading.Title), x + " domain", y + " domain", 1, 0.5, Align.Centre, "middle", Style.AxisTitle, Palette.Ink, Style.ColourBarRoom - 10, 0);
            turned.textangle = 90;
            yield return turned;
        }
        foreach (var annotation in panel.Panel.Annotations)
            if (Text(panel, annotation, x, y) is { } text) yield return text;
    }

    private static OpenAnnotation? Text(PanelPlan panel, Annotation annotation, string x, string y) => annotation switch
    {
        Zone { Text.Length: > 0 } zone => Remark(zone.Text, x, y + " domain", (zone.From + zone.To) / 2, 1, Align.Centre, "top"),
        ReferenceLine { Text.Length: > 0, Upright: true } line when panel.X.Holds(line.At) => Remark(line.Text, x, y + " domain", panel.X.Place(line.At), 1, Align.Left, "top", 4),
        ReferenceLine { Text.Length: > 0, Upright: false } line when panel.Y.Holds(line.At) && panel.NameOf(line) is var (side, above) =>
            Remark(line.Text, x + " domain", y, side == Align.Right ? 1 : 0, panel.Y.Place(line.At), side, above ? "bottom" : "top"),
        Note { Corner: true } note => Remark(note.Text, x + " domain", y + " domain", note.X, note.Y, note.Align, "bottom", 0, -5, note.Paint),
        Note note => Remark(note.Text, x, y, panel.X.Place(note.X), panel.Y.Place(note.Y), note.Align, "bottom", 0, -5, note.Paint),
        _ => null,
    };

    private static OpenAnnotation Remark(string text, string xref, string yref, double x, double y, Align align, string anchor, double right = 0, double up = 0, Paint? paint = null) =>
        Text(Safe(text), xref, yref, x, y, align, anchor, Style.Remark, paint ?? Palette.Muted, right, up);

    private static OpenAnnotation Text(string text, string xref, string yref, double x, double y, Align align, string anchor, double size, Paint paint, double right, double up) => new()
    {
        text = text,
        xref = xref,
        yref = yref,
        x = x,
        y = y,
        xanchor = align switch { Align.Left => "left", Align.Centre => "center", _ => "right" },
        align = "left",
        yanchor = anchor,
        showarrow = false,
        font = PlotlyJson.Font(size, paint),
        More = { ["xshift"] = Math.Round(right), ["yshift"] = Math.Round(up) },
    };

    // Plotly reads a small HTML of its own in texts.
    private static string Safe(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
