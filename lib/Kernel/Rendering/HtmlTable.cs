using System.Net;
using System.Text;

namespace FaLW.Kernel.Rendering;

/// <summary>A table as HTML without scripts or styles of its own, so that every front end draws it in its own way.</summary>
internal static class HtmlTable
{
    public static string Write(ValueTable table)
    {
        var html = new StringBuilder("<table>");
        if (table.Columns.Any(name => name.Length > 0))
            html.Append("<thead><tr>").AppendJoin("", table.Columns.Select(name => $"<th>{WebUtility.HtmlEncode(name)}</th>")).Append("</tr></thead>");
        html.Append("<tbody>\n");
        foreach (var row in table.Rows)
            html.Append("<tr>").AppendJoin("", row.Select(Cell)).Append("</tr>\n");
        html.Append("</tbody></table>");
        if (table.Rest.Length > 0) html.Append("<p>").Append(WebUtility.HtmlEncode(table.Rest)).Append("</p>");
        return html.ToString();
    }

    private static string Cell(object? value)
    {
        var align = TextTable.IsNumber(value) ? " style=\"text-align: right\"" : "";
        return $"<td{align}>{WebUtility.HtmlEncode(Scalar.Text(value))}</td>";
    }
}
