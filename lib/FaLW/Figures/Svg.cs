using System.Globalization;
using System.Text;

namespace FaLW.Figures;

/// <summary>Draws a figure as SVG: the same text for the same figure on every machine, at most two decimals.</summary>
/// <remarks>
/// Colours stand as attributes, so the file is whole by itself; each neutral one also carries a class
/// (<c>ink</c>, <c>muted</c>, <c>grid</c>, <c>paper</c>, <c>reference</c>) that a page's style sheet may restate on a dark ground.
/// </remarks>
public static class Svg
{
    private const string Family = "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    /// <summary>The figure as one <c>svg</c> element.</summary>
    /// <param name="figure">What to draw.</param>
    public static string Of(Figure figure) => Of(FigureLayout.Of(figure));

    internal static string Of(Scene scene)
    {
        var text = new StringBuilder(16_384);
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {scene.Width} {scene.Height}\" ");
        text.Append(CultureInfo.InvariantCulture, $"width=\"{scene.Width}\" height=\"{scene.Height}\" role=\"img\" font-family=\"{Family}\">\n");
        text.Append("<title>").Append(SvgText.Escaped(scene.Title)).Append("</title>\n");
        text.Append("<desc>").Append(SvgText.Escaped(scene.Summary)).Append("</desc>\n");
        foreach (var drawing in scene.Drawings) Draw(drawing, text);
        return text.Append("</svg>\n").ToString();
    }

    private static void Draw(Drawing drawing, StringBuilder text)
    {
        switch (drawing)
        {
            case Box box:
                Draw(box, text);
                break;
            case Tiles tiles:
                text.Append("<path d=\"").Rectangles(tiles.Frames).Append('"').Colour("fill", tiles.Fill).Append(" shape-rendering=\"crispEdges\"/>\n");
                break;
            case Stroke stroke:
                text.Append("<path d=\"").Outline(stroke.Spots).Append("\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\"")
                    .Number(" stroke-width", stroke.Width).Dashes(stroke).Colour("stroke", stroke.Paint).Append("/>\n");
                break;
            case Area area:
                text.Append("<path d=\"").Outline(area.Spots).Append("Z\"").Colour("fill", area.Fill).Opacity(area.Opacity).Append("/>\n");
                break;
            case Dots dots:
                SvgDots.Draw(dots, text);
                break;
            case Words words:
                SvgWords.Draw(words, text);
                break;
        }
    }

    private static void Draw(Box box, StringBuilder text)
    {
        text.Append("<rect").Number(" x", box.Frame.Left).Number(" y", box.Frame.Top)
            .Number(" width", box.Frame.Width).Number(" height", box.Frame.Height).Colour("fill", box.Fill).Opacity(box.Opacity).Append(" shape-rendering=\"crispEdges\"");
        text.Tip(box.Tip, "rect").Append('\n');
    }
}
