using System.Globalization;
using System.Text;

namespace FaLW.Figures;

/// <summary>Tables for notebooks and pages. Styles stand on the elements: hosts drop style sheets, and inherited colours fit light and dark.</summary>
internal static class TableHtml
{
    private const string Rule = "border-bottom:1px solid rgba(128,128,128,.35)";
    private const string Plain = "border:0;background:none;padding:.35em .9em;white-space:nowrap;font-variant-numeric:tabular-nums;text-align:";

    public static string Of(Table table)
    {
        var text = new StringBuilder("<table class=\"falw\" style=\"border-collapse:collapse;border:0\">\n");
        if (table.Title.Length > 0) text.Append("<caption style=\"caption-side:top;text-align:left;font-weight:600;padding:.4em .9em\">").Append(Safe(table.Title)).Append("</caption>\n");
        text.Append("<thead><tr>");
        foreach (var column in table.Columns) Heading(text, column);
        text.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append(row.Reference ? "<tr class=\"reference\">" : "<tr>");
            for (var i = 0; i < row.Cells.Count; i++) Body(text, table.Columns[i], row.Cells[i], row.Reference);
            text.Append("</tr>\n");
        }
        text.Append("</tbody>\n");
        if (table.Note.Length > 0) text.Append(CultureInfo.InvariantCulture, $"<tfoot><tr><td colspan=\"{table.Columns.Count}\" style=\"{Plain}left;white-space:normal;opacity:.75;font-size:.9em\">").Append(Safe(table.Note)).Append("</td></tr></tfoot>\n");
        return text.Append("</table>\n").ToString();
    }

    private static void Heading(StringBuilder text, Column column)
    {
        var meaning = column.Meaning.Length > 0 ? $" title=\"{Safe(column.Meaning)}\"" : "";
        text.Append($"<th scope=\"col\"{meaning} style=\"{Plain}{Side(column)};{Rule}\">").Append(Safe(column.Title));
        if (column.Unit.Length > 0) text.Append($" <span style=\"opacity:.65;font-weight:400\">{Safe(column.Unit)}</span>");
        text.Append("</th>");
    }

    private static void Body(StringBuilder text, Column column, Cell cell, bool reference)
    {
        var style = Plain + Side(column) + (reference ? ";" + Rule : "") + (reference && column.Words ? ";font-style:italic" : "");
        text.Append($"<td style=\"{style}\">");
        var (interval, gap) = (CellText.Interval(column, cell), CellText.Gap(column, cell));
        text.Append(cell.Best ? "<b>" : "").Append(Safe(CellText.Value(column, cell))).Append(cell.Best ? "</b>" : "");
        if (interval.Length > 0) text.Append($" <span style=\"opacity:.65\">± {interval}</span>");
        if (gap.Length > 0) text.Append($" <span style=\"opacity:.65;font-size:.88em\">({gap})</span>");
        text.Append("</td>");
    }

    private static string Side(Column column) => column.Words ? "left" : "right";

    private static string Safe(string text) => SvgText.Escaped(text);
}
