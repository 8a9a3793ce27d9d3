using System.Text;

namespace FaLW.Figures;

/// <summary>Points in SVG: one group per trace, one element per point.</summary>
internal static class SvgDots
{
    public static void Draw(Dots dots, StringBuilder text)
    {
        text.Append("<g").Colour("fill", dots.Fill).Opacity(dots.Opacity);
        if (dots.Halo) text.Append(" stroke=\"#ffffff\" stroke-width=\"1\" style=\"stroke:var(--paper,#ffffff)\"");
        text.Append(">\n");
        for (var i = 0; i < dots.Spots.Count; i++)
        {
            var tip = dots.Tips.Count > i ? dots.Tips[i] : "";
            var spot = dots.Spots[i];
            if (dots.Marker == Marker.Circle)
                text.Append("<circle").Number(" cx", spot.X).Number(" cy", spot.Y).Number(" r", dots.Radius).Tip(tip, "circle");
            else
                text.Append("<path d=\"").Outline(MarkerShape.Of(dots.Marker, spot, dots.Radius)).Append("Z\"").Tip(tip, "path");
            text.Append('\n');
        }
        text.Append("</g>\n");
    }
}
