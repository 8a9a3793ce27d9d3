using System.Text;

namespace FaLW.Figures;

/// <summary>Tables for LaTeX with booktabs rules.</summary>
internal static class TableLatex
{
    public static string Of(Table table)
    {
        var text = new StringBuilder();
        if (table.Title.Length > 0) text.Append("% ").Append(table.Title.ReplaceLineEndings(" ")).Append('\n');
        text.Append("% needs \\usepackage{booktabs}\n\\begin{tabular}{")
            .Append(string.Concat(table.Columns.Select(c => c.Words ? 'l' : 'r'))).Append("}\n\\toprule\n");
        Line(text, table.Columns.Select(c => Safe(c.Heading)));
        text.Append("\\midrule\n");
        foreach (var row in table.Rows)
        {
            Line(text, row.Cells.Select((cell, i) => Whole(table.Columns[i], cell)));
            if (row.Reference) text.Append("\\midrule\n");
        }
        text.Append("\\bottomrule\n\\end{tabular}\n");
        if (table.Note.Length > 0) text.Append("% ").Append(table.Note.ReplaceLineEndings(" ")).Append('\n');
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(" & ", cells).Append(" \\\\\n");

    private static string Whole(Column column, Cell cell)
    {
        if (column.Words) return cell.Best ? $"\\textbf{{{Safe(cell.Text)}}}" : Safe(cell.Text);
        var whole = CellText.Whole(column, cell).Replace("–", "--", StringComparison.Ordinal)
            .Replace("−", "$-$", StringComparison.Ordinal).Replace(" ± ", "$\\,\\pm\\,$", StringComparison.Ordinal);
        return cell.Best ? $"\\textbf{{{whole}}}" : whole;
    }

    private static string Safe(string text)
    {
        var safe = new StringBuilder();
        foreach (var letter in text)
        {
            safe.Append(letter switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '−' => "$-$",
                '±' => "$\\pm$",
                'γ' => "$\\gamma$",
                'τ' => "$\\tau$",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => "\\" + letter,
                _ => letter.ToString(),
            });
        }
        return safe.ToString();
    }
}
