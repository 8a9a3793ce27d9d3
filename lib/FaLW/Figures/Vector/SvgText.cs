using System.Globalization;
using System.Text;

namespace FaLW.Figures;

/// <summary>The small words of SVG: numbers, colours, outlines.</summary>
internal static class SvgText
{
    // Written by hand: formatting every coordinate as a double would cost most of the time of a large figure.
    public static StringBuilder Number(this StringBuilder text, double value)
    {
        var hundredths = (long)Math.Round(value * 100, MidpointRounding.AwayFromZero);
        if (hundredths < 0) text.Append('-');
        hundredths = Math.Abs(hundredths);
        text.Append(CultureInfo.InvariantCulture, $"{hundredths / 100}");
        var rest = (int)(hundredths % 100);
        if (rest == 0) return text;
        text.Append('.').Append((char)('0' + rest / 10));
        return rest % 10 == 0 ? text : text.Append((char)('0' + rest % 10));
    }

    public static StringBuilder Number(this StringBuilder text, string attribute, double value) =>
        text.Append(attribute).Append("=\"").Number(value).Append('"');

    public static StringBuilder Opacity(this StringBuilder text, double opacity) =>
        opacity >= 1 ? text : text.Number(" fill-opacity", opacity);

    public static StringBuilder Colour(this StringBuilder text, string attribute, Paint paint)
    {
        text.Append(' ').Append(attribute).Append("=\"").Append(paint.Hex).Append('"');
        if (paint.Role == Role.Data) return text;
        var name = paint.Role switch { Role.Ink => "ink", Role.Muted => "muted", Role.Grid => "grid", Role.Paper => "paper", _ => "reference" };
        return text.Append(" class=\"").Append(attribute[0] == 's' ? "s-" : "f-").Append(name).Append('"');
    }

    public static StringBuilder Outline(this StringBuilder text, IReadOnlyList<Spot> spots)
    {
        for (var i = 0; i < spots.Count; i++)
            text.Append(i == 0 ? 'M' : 'L').Number(spots[i].X).Append(' ').Number(spots[i].Y);
        return text;
    }

    public static StringBuilder Rectangles(this StringBuilder text, IReadOnlyList<Frame> frames)
    {
        foreach (var frame in frames)
            text.Append('M').Number(frame.Left).Append(' ').Number(frame.Top).Append('h').Number(frame.Width)
                .Append('v').Number(frame.Height).Append('h').Number(-frame.Width).Append('z');
        return text;
    }

    public static StringBuilder Dashes(this StringBuilder text, Stroke stroke) => DashPattern.Of(stroke.Dash, stroke.Width) is { Length: > 0 } pattern
        ? text.Append(" stroke-dasharray=\"").AppendJoin(' ', pattern.Select(p => p.ToString("0.##", CultureInfo.InvariantCulture))).Append('"')
        : text;

    /// <summary>Ends an element: empty, or holding the text shown under the pointer.</summary>
    public static StringBuilder Tip(this StringBuilder text, string tip, string element) => tip.Length == 0
        ? text.Append("/>")
        : text.Append("><title>").Append(Escaped(tip)).Append("</title></").Append(element).Append('>');

    public static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
