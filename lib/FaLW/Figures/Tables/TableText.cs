using System.Text;

namespace FaLW.Figures;

/// <summary>Tables for terminals.</summary>
internal static class TableText
{
    public static string Of(Table table)
    {
        var columns = table.Columns.Select((column, i) => Lines(column, [.. table.Rows.Select(r => r.Cells[i])])).ToArray();
        var text = new StringBuilder();
        if (table.Title.Length > 0) text.Append(table.Title).Append("\n\n");
        for (var line = 0; line <= table.Rows.Count; line++)
        {
            text.Append(string.Join("  ", columns.Select(c => c[line])).TrimEnd()).Append('\n');
            var ruled = line == 0 || table.Rows[line - 1].Reference;
            if (ruled) text.Append(new string('─', columns.Sum(c => c[0].Length + 2) - 2)).Append('\n');
        }
        if (table.Note.Length > 0) text.Append('\n').Append(table.Note).Append('\n');
        return text.ToString();
    }

    // The heading and one line per row, all of the same width; value, interval and gap stay in columns of their own.
    private static string[] Lines(Column column, Cell[] cells)
    {
        var value = cells.Select(c => CellText.Value(column, c)).ToArray();
        var interval = cells.Select(c => CellText.Interval(column, c)).ToArray();
        var gap = cells.Select(c => CellText.Gap(column, c)).ToArray();
        var marks = cells.Any(c => c.Best);
        var bodies = cells.Select((cell, i) => column.Words
            ? value[i]
            : value[i].PadLeft(Width(value)) + Part(" ± ", interval[i], Width(interval), "") + Part(" (", gap[i], Width(gap), ")") + (marks ? cell.Best ? "*" : " " : ""));
        string[] lines = [column.Heading + (marks ? " " : ""), .. bodies];
        var width = lines.Max(l => l.Length);
        return [.. lines.Select(l => column.Words ? l.PadRight(width) : l.PadLeft(width))];
    }

    private static string Part(string before, string text, int width, string after) => width == 0 ? ""
        : text.Length == 0 ? new string(' ', before.Length + width + after.Length)
        : before + text.PadLeft(width) + after;

    private static int Width(IEnumerable<string> texts) => texts.Max(t => (int?)t.Length) ?? 0;
}
