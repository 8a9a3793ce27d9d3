namespace FaLW.Figures;

/// <summary>Breaks a text into lines that fit a width, with a tenth to spare: a viewer of the SVG may have a wider font.</summary>
internal static class Paragraph
{
    public static IReadOnlyList<string> Wrap(string text, double size, double width, bool strong = false)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && GlyphFont.Measure(longer, size, strong) > 0.9 * width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }
}
