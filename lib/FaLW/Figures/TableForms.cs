using System.Globalization;
using System.Text;
using CsvHelper;

namespace FaLW.Figures;

/// <summary>The forms in which a table is written.</summary>
public static class TableForms
{
    /// <summary>The table for a terminal: aligned columns of plain characters.</summary>
    public static string ToText(this Table table)
    {
        var columns = table.Columns.Select((column, i) => TextColumn.Of(column, [.. table.Rows.Select(r => r.Cells[i])])).ToArray();
        var headings = columns.Max(c => c.Heading.Length);
        var text = new StringBuilder();
        if (table.Title.Length > 0) text.Append(table.Title).Append("\n\n");
        for (var line = -headings; line < table.Rows.Count; line++)
        {
            text.Append(string.Join("  ", columns.Select(c => c.At(line))).TrimEnd(' ')).Append('\n');
            if (line == -1 || (line >= 0 && table.Rows[line].Reference)) text.Append('─', columns.Sum(c => c.Width + 2) - 2).Append('\n');
        }
        if (table.Note.Length > 0) text.Append('\n').Append(table.Note).Append('\n');
        return text.ToString();
    }

    /// <summary>The table as Markdown that GitHub renders; best numbers in bold.</summary>
    public static string ToMarkdown(this Table table)
    {
        static string Safe(string text) => text
            .Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
        static string Body(Column column, Cell cell, bool reference) =>
            Safe(Whole(column, cell)) is var whole && cell.Best ? $"**{whole}**" : reference ? $"*{whole}*" : whole;
        var text = new StringBuilder();
        if (table.Title.Length > 0) text.Append("**").Append(Safe(table.Title)).Append("**\n\n");
        text.Append(Line(table.Columns.Select(c => Safe(c.TitleAndUnit)))).Append(Line(table.Columns.Select(c => c.Words ? ":---" : "---:")));
        foreach (var row in table.Rows) text.Append(Line(row.Cells.Select((cell, i) => Body(table.Columns[i], cell, row.Reference && i == 0))));
        if (table.Note.Length > 0) text.Append('\n').Append(Safe(table.Note)).Append('\n');
        return text.ToString();
    }

    /// <summary>The table as CSV for spreadsheets and scripts: whole numbers and points, one column each for value, interval and gap.</summary>
    public static string ToCsv(this Table table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true))
        {
            var columns = table.Columns.Select((column, i) => CsvColumns(column, [.. table.Rows.Select(r => r.Cells[i])])).SelectMany(fields => fields).ToArray();
            for (var line = 0; line <= table.Rows.Count; line++)
            {
                foreach (var fields in columns) csv.WriteField(fields[line]);
                csv.EndRecord();
            }
        }
        return text.ToString();
    }

    /// <summary>The table as a LaTeX <c>tabular</c> for the booktabs package.</summary>
    public static string ToLatex(this Table table)
    {
        static string Line(IEnumerable<string> cells) => $"{string.Join(" & ", cells)} \\\\\n";
        var text = new StringBuilder();
        if (table.Title.Length > 0) text.Append("% ").Append(table.Title.ReplaceLineEndings(" ")).Append('\n');
        text.Append("% needs \\usepackage{booktabs}\n\\begin{tabular}{").Append(string.Concat(table.Columns.Select(c => c.Words ? 'l' : 'r'))).Append("}\n\\toprule\n");
        text.Append(Line(table.Columns.Select(c => Latex(c.TitleAndUnit)))).Append("\\midrule\n");
        foreach (var row in table.Rows)
            text.Append(Line(row.Cells.Select((cell, i) => Latex(table.Columns[i], cell)))).Append(row.Reference ? "\\midrule\n" : "");
        text.Append("\\bottomrule\n\\end{tabular}\n");
        if (table.Note.Length > 0) text.Append("% ").Append(table.Note.ReplaceLineEndings(" ")).Append('\n');
        return text.ToString();
    }

    /// <summary>
    /// The table as an HTML <c>table</c> without script. Styles stand on the elements, since hosts drop style sheets; colours are inherited,
    /// so they fit light and dark.
    /// </summary>
    public static string ToHtml(this Table table)
    {
        const string Rule = " style=\"border-bottom:1px solid rgba(128,128,128,.4)\"";
        var text = new StringBuilder("<table class=\"falw\" style=\"border-collapse:collapse;white-space:nowrap;font-variant-numeric:tabular-nums\">\n");
        if (table.Title.Length > 0) text.Append("<caption style=\"text-align:left;font-weight:600\">").Append(Html(table.Title)).Append("</caption>\n");
        text.Append("<thead><tr").Append(Rule).Append('>').AppendJoin("", table.Columns.Select(HtmlHeading)).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append(row.Reference ? $"<tr class=\"reference\"{Rule}>" : "<tr>")
                .AppendJoin("", row.Cells.Select((cell, i) => HtmlCell(table.Columns[i], cell))).Append("</tr>\n");
        }
        text.Append("</tbody>\n");
        if (table.Note.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<tfoot><tr><td colspan=\"{table.Columns.Count}\" style=\"text-align:left;white-space:normal;opacity:.75\">")
                .Append("<small>").Append(Html(table.Note)).Append("</small></td></tr></tfoot>\n");
        }
        return text.Append("</table>\n").ToString();
    }

    /// <summary>The table for a notebook host that asks by name: HTML, Markdown and plain text.</summary>
    public static IReadOnlyDictionary<string, object> ToMimeBundle(this Table table) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["text/html"] = table.ToHtml(),
        ["text/markdown"] = table.ToMarkdown(),
        ["text/plain"] = table.ToText(),
    };

    internal static string Html(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Number(Column column, double value) =>
        double.IsNaN(value) ? "" : Ticks.Signed(value.ToString("F" + column.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string Value(Column column, Cell cell) => cell.Text.Length > 0 ? cell.Text : double.IsNaN(cell.Value) ? "–" : Number(column, cell.Value);

    // The gap with its sign: a method above Retrain and one below are different faults.
    private static string Gap(Column column, Cell cell)
    {
        var number = Number(column, Math.Abs(cell.Gap));
        return number.All(c => c is '0' or '.') ? number : (cell.Gap < 0 ? "−" : "+") + number;
    }

    private static string Whole(Column column, Cell cell) => Value(column, cell) + Beside(column, cell);

    private static string Beside(Column column, Cell cell)
    {
        var (interval, gap) = (Number(column, cell.Interval), Gap(column, cell));
        return (interval.Length > 0 ? " ± " + interval : "") + (gap.Length > 0 ? $" ({gap})" : "");
    }

    private static IEnumerable<string[]> CsvColumns(Column column, Cell[] cells)
    {
        static string Full(double value) => double.IsNaN(value) ? "" : value.ToString("G9", CultureInfo.InvariantCulture);
        yield return [column.TitleAndUnit, .. cells.Select(cell => column.Words ? cell.Text : Full(cell.Value))];
        if (cells.Any(cell => !double.IsNaN(cell.Interval))) yield return [$"{column.Title} ±", .. cells.Select(cell => Full(cell.Interval))];
        if (cells.Any(cell => !double.IsNaN(cell.Gap))) yield return [$"{column.Title} gap", .. cells.Select(cell => Full(cell.Gap))];
    }

    private static string Latex(Column column, Cell cell)
    {
        var whole = column.Words ? Latex(cell.Text) : Whole(column, cell).Replace("–", "--", StringComparison.Ordinal)
            .Replace("−", "$-$", StringComparison.Ordinal).Replace(" ± ", "$\\,\\pm\\,$", StringComparison.Ordinal);
        return cell.Best ? $"\\textbf{{{whole}}}" : whole;
    }

    private static string Latex(string text) => string.Concat(text.Select(letter => letter switch
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
    }));

    private static string Quiet(string text) => $" <small style=\"opacity:.7\">{text}</small>";

    private static string HtmlSide(Column column) =>
        $" style=\"text-align:{(column.Wraps ? "left;white-space:normal;min-width:8em" : column.Words ? "left" : "right")}\"";

    private static string HtmlHeading(Column column)
    {
        var meaning = column.Meaning.Length > 0 ? $" title=\"{Html(column.Meaning)}\"" : "";
        return $"<th scope=\"col\"{meaning}{HtmlSide(column)}>{Html(column.Title)}{(column.Unit.Length > 0 ? Quiet(Html(column.Unit)) : "")}</th>";
    }

    private static string HtmlCell(Column column, Cell cell)
    {
        var sort = column.Words || double.IsNaN(cell.Value) ? "" : string.Create(CultureInfo.InvariantCulture, $" data-sort=\"{cell.Value:G9}\"");
        var (value, beside) = (Html(Value(column, cell)), Beside(column, cell).TrimStart());
        return $"<td{HtmlSide(column)}{sort}>{(cell.Best ? $"<b>{value}</b>" : value)}{(beside.Length > 0 ? Quiet(beside) : "")}</td>";
    }

    // A column of text. Headings stand on the lines above the body, up from -1; line 0 is the first row.
    private sealed record TextColumn(string[] Heading, string[] Body, bool Left)
    {
        public int Width { get; } = Heading.Concat(Body).Max(l => l.Length);

        // Value, interval and gap stay in columns of their own, and long headings are broken rather than widening them.
        public static TextColumn Of(Column column, Cell[] cells)
        {
            var value = cells.Select(c => Value(column, c)).ToArray();
            var interval = cells.Select(c => Number(column, c.Interval)).ToArray();
            var gap = cells.Select(c => Gap(column, c)).ToArray();
            var marks = cells.Any(c => c.Best);
            string[] body = [.. cells.Select((cell, i) => column.Words
                ? value[i]
                : value[i].PadLeft(Longest(value)) + Part(" ± ", interval[i], Longest(interval), "") + Part(" (", gap[i], Longest(gap), ")") + (marks ? cell.Best ? "*" : " " : ""))];
            string[] heading = [.. Broken(column.Title, Math.Max(10, Longest(body))), .. column.Unit.Length > 0 ? new[] { column.Unit } : []];
            return new TextColumn([.. heading.Select(h => h + (marks ? " " : ""))], body, column.Words);
        }

        public string At(int line)
        {
            var text = line >= 0 ? Body[line] : line + Heading.Length is var h and >= 0 ? Heading[h] : "";
            return Left ? text.PadRight(Width) : text.PadLeft(Width);
        }

        private static int Longest(string[] texts) => texts.Select(t => t.Length).DefaultIfEmpty(0).Max();

        private static string Part(string before, string text, int width, string after) => width == 0 ? ""
            : text.Length == 0 ? new string(' ', before.Length + width + after.Length)
            : before + text.PadLeft(width) + after;

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
    }
}
