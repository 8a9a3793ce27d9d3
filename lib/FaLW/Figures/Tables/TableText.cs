using System.Text;

namespace FaLW.Figures;

/// <summary>Tables for terminals.</summary>
internal static class TableText
{
    public static string Of(Table table)
    {
        var columns = table.Columns.Select((column, i) => Lines(column, [.. table.Rows.Select(r => r.Cells[i])])).ToArray();
        var headings = columns.Max(c => c.Heading.Length);
        var text = new StringBuilder();
        if (table.Title.Length > 0) text.Append(table.Title).Append("\n\n");
        for (var line = -headings; line < table.Rows.Count; line++)
        {
            text.AppendJoin("  ", columns.Select(c => c.At(line))).TrimEnd().Append('\n');
            if (line == -1 || (line >= 0 && table.Rows[line].Reference)) text.Append('─', columns.Sum(c => c.Width + 2) - 2).Append('\n');
        }
        if (table.Note.Length > 0) text.Append('\n').Append(table.Note).Append('\n');
        return text.ToString();
    }

    // Value, interval and gap stay in columns of their own, and long headings are broken rather than widening them.
    private static Block Lines(Column column, Cell[] cells)
    {
        var value = cells.Select(c => CellText.Value(column, c)).ToArray();
        var interval = cells.Select(c => CellText.Interval(column, c)).ToArray();
        var gap = cells.Select(c => CellText.Gap(column, c)).ToArray();
        var marks = cells.Any(c => c.Best);
        string[] body = [.. cells.Select((cell, i) => column.Words
            ? value[i]
            : value[i].PadLeft(Width(value)) + Part(" ± ", interval[i], Width(interval), "") + Part(" (", gap[i], Width(gap), ")") + (marks ? cell.Best ? "*" : " " : ""))];
        string[] heading = [.. Broken(column.Title, Math.Max(10, Width(body))), .. column.Unit.Length > 0 ? new[] { column.Unit } : []];
        return new Block([.. heading.Select(h => h + (marks ? " " : ""))], body, column.Words);
    }

    private static List<string> Broken(string title, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in title.Split(' '))
        {
            if (lines[^1].Length == 0) lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= width) lines[^1] += " " + word;
            else lines.Add(word);
        }
        return lines;
    }

    private static StringBuilder TrimEnd(this StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        return text;
    }

    private static string Part(string before, string text, int width, string after) => width == 0 ? ""
        : text.Length == 0 ? new string(' ', before.Length + width + after.Length)
        : before + text.PadLeft(width) + after;

    private static int Width(IEnumerable<string> texts) => texts.Max(t => (int?)t.Length) ?? 0;

    // Headings stand on the line above the body; line 0 is the first row.
    private sealed record Block(string[] Heading, string[] Body, bool Left)
    {
        public int Width { get; } = Heading.Concat(Body).Max(l => l.Length);

        public string At(int line)
        {
            var text = line >= 0 ? Body[line] : line + Heading.Length is var h and >= 0 ? Heading[h] : "";
            return Left ? text.PadRight(Width) : text.PadLeft(Width);
        }
    }
}
