using System.Text;

namespace FaLW.Figures;

/// <summary>Text in SVG stays text: it can be searched, copied and read aloud.</summary>
internal static class SvgWords
{
    public static void Draw(Words words, StringBuilder text)
    {
        text.Append("<text").Number(" x", words.At.X).Number(" y", words.At.Y).Number(" font-size", words.Size);
        if (words.Strong) text.Append(" font-weight=\"600\"");
        if (words.Align != Align.Left) text.Append(" text-anchor=\"").Append(words.Align == Align.Centre ? "middle" : "end").Append('"');
        if (words.Turn != 0)
            text.Append(" transform=\"rotate(").Number(words.Turn).Append(' ').Number(words.At.X).Append(' ').Number(words.At.Y).Append(")\"");
        text.Colour("fill", words.Paint);
        if (words.Halo) text.Append(" stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\" style=\"stroke:var(--paper,#ffffff)\"");
        text.Append('>').Append(SvgText.Escaped(words.Text)).Append("</text>\n");
    }
}
