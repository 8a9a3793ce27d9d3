using System.Globalization;
using System.Text;

namespace FaLW.Figures;

/// <summary>Tables for notebooks and pages. Styles stand on the elements, since hosts drop style sheets; colours are inherited, so they fit light and dark.</summary>
internal static class TableHtml
{
    private const string Whole = "border-collapse:collapse;white-space:nowrap;font-variant-numeric:tabular-nums";
    private const string Rule = " style=\"border-bottom:1px solid rgba(128,128,128,.4)\"";
    private const string Quiet = " <small style=\"opacity:.7\">";

    public static string Of(Table table)
    {
        var text = new StringBuilder($"<table class=\"falw\" style=\"{Whole}\">\n");
        if (table.Title.Length > 0) text.Append("<caption style=\"text-align:left;font-weight:600\">").Append(Safe(table.Title)).Append("</caption>\n");
        text.Append("<thead><tr").Append(Rule).Append('>');
        foreach (var column in table.Columns) Heading(text, column);
        text.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append(row.Reference ? $"<tr class=\"reference\"{Rule}>" : "<tr>");
            for (var i = 0; i < row.Cells.Count; i++) Body(text, table.Columns[i], row.Cells[i]);
            text.Append("</tr>\n");
        }
        text.Append("</tbody>\n");
        if (table.Note.Length > 0) Foot(text, table);
        return text.Append("</table>\n").ToString();
    }

    private static void Foot(StringBuilder text, Table table) => text
        .Append(CultureInfo.InvariantCulture, $"<tfoot><tr><td colspan=\"{table.Columns.Count}\" style=\"text-align:left;white-space:normal;opacity:.75\">")
        .Append("<small>").Append(Safe(table.Note)).Append("</small></td></tr></tfoot>\n");

    private static void Heading(StringBuilder text, Column column)
    {
        var meaning = column.Meaning.Length > 0 ? $" title=\"{Safe(column.Meaning)}\"" : "";
        text.Append("<th scope=\"col\"").Append(meaning).Append(Side(column)).Append('>').Append(Safe(column.Title));
        if (column.Unit.Length > 0) text.Append(Quiet).Append(Safe(column.Unit)).Append("</small>");
        text.Append("</th>");
    }

    private static void Body(StringBuilder text, Column column, Cell cell)
    {
        var (interval, gap) = (CellText.Interval(column, cell), CellText.Gap(column, cell));
        var sort = column.Words || double.IsNaN(cell.Value) ? "" : string.Create(CultureInfo.InvariantCulture, $" data-sort=\"{cell.Value:G9}\"");
        text.Append("<td").Append(Side(column)).Append(sort).Append('>');
        text.Append(cell.Best ? "<b>" : "").Append(Safe(CellText.Value(column, cell))).Append(cell.Best ? "</b>" : "");
        string[] beside = [interval.Length > 0 ? "± " + interval : "", gap.Length > 0 ? $"({gap})" : ""];
        if (interval.Length + gap.Length > 0) text.Append(Quiet).AppendJoin(' ', beside.Where(b => b.Length > 0)).Append("</small>");
        text.Append("</td>");
    }

    private static string Side(Column column) =>
        column.Wraps ? " style=\"text-align:left;white-space:normal;min-width:8em\"" : column.Words ? " style=\"text-align:left\"" : " style=\"text-align:right\"";

    private static string Safe(string text) => SvgText.Escaped(text);
}
