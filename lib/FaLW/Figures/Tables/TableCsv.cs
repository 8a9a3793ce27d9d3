using System.Globalization;
using CsvHelper;

namespace FaLW.Figures;

/// <summary>Tables as CSV: for spreadsheets and scripts, so numbers stay whole and each has a column of its own.</summary>
internal static class TableCsv
{
    public static string Of(Table table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true))
        {
            var columns = table.Columns.Select((column, i) => new Fields(column, [.. table.Rows.Select(r => r.Cells[i])])).ToArray();
            foreach (var heading in columns.SelectMany(c => c.Headings)) csv.WriteField(heading);
            csv.EndRecord();
            for (var row = 0; row < table.Rows.Count; row++)
            {
                foreach (var field in columns.SelectMany(c => c.Row(row))) csv.WriteField(field);
                csv.EndRecord();
            }
        }
        return text.ToString();
    }

    private sealed class Fields(Column column, Cell[] cells)
    {
        private readonly bool intervals = cells.Any(c => !double.IsNaN(c.Interval));
        private readonly bool gaps = cells.Any(c => !double.IsNaN(c.Gap));

        public IEnumerable<string> Headings
        {
            get
            {
                yield return column.Heading;
                if (intervals) yield return $"{column.Title} ±";
                if (gaps) yield return $"{column.Title} gap";
            }
        }

        public IEnumerable<string> Row(int row)
        {
            yield return column.Words ? cells[row].Text : Number(cells[row].Value);
            if (intervals) yield return Number(cells[row].Interval);
            if (gaps) yield return Number(cells[row].Gap);
        }

        private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("G9", CultureInfo.InvariantCulture);
    }
}
