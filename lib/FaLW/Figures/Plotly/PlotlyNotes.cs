using System.Text.Json;

namespace FaLW.Figures;

/// <summary>Every text of a plotly layout that is not an axis or a legend.</summary>
internal static class PlotlyNotes
{
    public static void Write(Figure figure, IReadOnlyList<PanelPlan> plans, Frame inner, Utf8JsonWriter json)
    {
        json.WriteStartArray("annotations");
        // Plotly's own title is placed by its last line, so two lines would leave the picture.
        Text(Title(figure), "paper", "paper", 0, 1, Align.Left, "top", Style.Title, Palette.Ink, json, (Style.Edge - inner.Left, inner.Top - Style.Edge * 0.7 - 4));
        for (var i = 0; i < plans.Count; i++) Panel(plans[i], i, json);
        if (figure.Note.Length > 0)
        {
            var below = figure.Height - inner.Bottom - Style.Edge * 0.5;
            var lines = Paragraph.Wrap(figure.Note, Style.Footnote, figure.Width - 2 * Style.Edge);
            Text(string.Join("<br>", lines.Select(Safe)), "paper", "paper", 0, 0, Align.Left, "bottom", Style.Footnote, Palette.Muted, json, (Style.Edge - inner.Left, -below));
        }
        json.WriteEndArray();
    }

    private static void Panel(PanelPlan plan, int index, Utf8JsonWriter json)
    {
        var (x, y) = (PlotlyPlace.Axis('x', index), PlotlyPlace.Axis('y', index));
        if (plan.Panel.Title.Length > 0)
            Text($"<b>{Safe(plan.Panel.Title)}</b>", x + " domain", y + " domain", 0, 1, Align.Left, "bottom", Style.PanelTitle, Palette.Ink, json, (0, 4));
        if (ColourBar.Of(plan.Panel) is { } shading) ColourTitle(shading, x, y, json);
        foreach (var annotation in plan.Panel.Annotations) Annotation(plan, annotation, x, y, json);
    }

    private static void Annotation(PanelPlan plan, Annotation annotation, string x, string y, Utf8JsonWriter json)
    {
        switch (annotation)
        {
            case Zone { Text.Length: > 0 } zone:
                Text(Safe(zone.Text), x, y + " domain", (zone.From + zone.To) / 2, 1, Align.Centre, "top", Style.Remark, Palette.Muted, json);
                break;
            case ReferenceLine { Text.Length: > 0, Upright: true } line when plan.X.Holds(line.At):
                Text(Safe(line.Text), x, y + " domain", Place(plan.X, line.At), 1, Align.Left, "top", Style.Remark, Palette.Muted, json, (4, 0));
                break;
            case ReferenceLine { Text.Length: > 0, Upright: false } line when plan.Y.Holds(line.At):
                Text(Safe(line.Text), x + " domain", y, 1, Place(plan.Y, line.At), Align.Right, "bottom", Style.Remark, Palette.Muted, json);
                break;
            case Note { Corner: true } note:
                Text(Safe(note.Text), x + " domain", y + " domain", note.X, note.Y, note.Align, "bottom", Style.Remark, note.Paint ?? Palette.Muted, json, (0, -5));
                break;
            case Note note:
                Text(Safe(note.Text), x, y, Place(plan.X, note.X), Place(plan.Y, note.Y), note.Align, "bottom", Style.Remark, note.Paint ?? Palette.Muted, json, (0, -5));
                break;
        }
    }

    private static void ColourTitle(Shading shading, string x, string y, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("text", Safe(shading.Title));
        json.WriteString("xref", x + " domain");
        json.WriteString("yref", y + " domain");
        json.WriteNumber("x", 1);
        json.WriteNumber("y", 0.5);
        json.WriteNumber("xshift", ColourBar.Room - 10);
        json.WriteNumber("textangle", 90);
        json.WriteBoolean("showarrow", false);
        json.Font("font", Style.AxisTitle, Palette.Ink);
        json.WriteEndObject();
    }

    private static string Title(Figure figure)
    {
        var width = figure.Width - 2 * Style.Edge;
        var title = string.Join("<br>", Paragraph.Wrap(figure.Title, Style.Title, width, strong: true).Select(l => $"<b>{Safe(l)}</b>"));
        var quiet = Paragraph.Wrap(figure.Subtitle, Style.Subtitle, width)
            .Select(l => FormattableString.Invariant($"<br><span style=\"font-size:{Style.Subtitle}px;color:{Palette.Muted.Hex}\">{Safe(l)}</span>"));
        return title + string.Concat(quiet);
    }

    // Plotly reads a small HTML of its own in texts.
    private static string Safe(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    // On a logarithmic axis annotations are placed by exponent.
    private static double Place(Scale scale, double value) => scale.Domain.Log ? Math.Log10(value) : value;

    private static void Text(
        string text, string xref, string yref, double x, double y, Align align, string anchor, double size, Paint paint, Utf8JsonWriter json, (double X, double Y) shift = default)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteString("xref", xref);
        json.WriteString("yref", yref);
        json.WritePropertyName("x");
        json.Number(x);
        json.WritePropertyName("y");
        json.Number(y);
        json.WriteString("xanchor", align switch { Align.Left => "left", Align.Centre => "center", _ => "right" });
        json.WriteString("align", "left");
        json.WriteString("yanchor", anchor);
        json.WriteNumber("xshift", Math.Round(shift.X));
        json.WriteNumber("yshift", Math.Round(shift.Y));
        json.WriteBoolean("showarrow", false);
        json.Font("font", size, paint);
        json.WriteEndObject();
    }
}
