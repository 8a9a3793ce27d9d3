using System.Text;

namespace FaLW.Figures;

/// <summary>Tables for Markdown.</summary>
internal static class TableMarkdown
{
    public static string Of(Table table)
    {
        var text = new StringBuilder();
        if (table.Title.Length > 0) text.Append("**").Append(Safe(table.Title)).Append("**\n\n");
        Line(text, table.Columns.Select(c => Safe(c.Heading)));
        Line(text, table.Columns.Select(c => c.Words ? ":---" : "---:"));
        foreach (var row in table.Rows) Line(text, row.Cells.Select((cell, i) => Whole(table.Columns[i], cell, row.Reference && i == 0)));
        if (table.Note.Length > 0) text.Append('\n').Append(Safe(table.Note)).Append('\n');
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Whole(Column column, Cell cell, bool reference)
    {
        var whole = Safe(CellText.Whole(column, cell));
        return cell.Best ? $"**{whole}**" : reference ? $"*{whole}*" : whole;
    }

    private static string Safe(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
