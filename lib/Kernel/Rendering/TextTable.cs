using System.Text;

namespace FaLW.Kernel.Rendering;

/// <summary>A table as aligned text: words to the left, numbers to the right.</summary>
internal static class TextTable
{
    private const int WidestCell = 80;

    public static string Write(ValueTable table)
    {
        var rows = table.Rows.Select(row => row.Select(Cell).ToList()).ToList();
        var header = table.Columns.ToList();
        var lines = header.Count > 0 ? rows.Prepend(header).ToList() : rows;
        var widths = Enumerable.Range(0, lines.Max(line => line.Count)).Select(i => lines.Max(line => line[i].Length)).ToList();
        var right = widths.Select((_, i) => table.Rows.Count > 0 && table.Rows.All(row => IsNumber(row[i]))).ToList();
        var text = new StringBuilder();
        foreach (var line in lines) AppendLine(text, line, widths, right);
        return text.Append(table.Rest).ToString().TrimEnd('\n');
    }

    public static bool IsNumber(object? value) =>
        value is IFormattable and not (Enum or DateTime or DateTimeOffset or TimeSpan or Guid);

    private static void AppendLine(StringBuilder text, List<string> cells, List<int> widths, List<bool> right)
    {
        var padded = cells.Select((cell, i) => right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
        text.Append(string.Join("  ", padded).TrimEnd()).Append('\n');
    }

    private static string Cell(object? value)
    {
        var text = Scalar.Text(value).ReplaceLineEndings(" ");
        return text.Length <= WidestCell ? text : text[..(WidestCell - 1)] + "…";
    }
}
