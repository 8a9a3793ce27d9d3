using System.Globalization;

namespace FaLW.Figures;

/// <summary>Numbers of cells as text, in the invariant culture.</summary>
internal static class CellText
{
    public static string Value(Column column, Cell cell) =>
        cell.Text.Length > 0 ? cell.Text : double.IsNaN(cell.Value) ? "–" : Number(column, cell.Value);

    public static string Interval(Column column, Cell cell) => double.IsNaN(cell.Interval) ? "" : Number(column, cell.Interval);

    /// <summary>The gap with its sign: a method above Retrain and one below are different faults.</summary>
    public static string Gap(Column column, Cell cell)
    {
        if (double.IsNaN(cell.Gap)) return "";
        var number = Number(column, Math.Abs(cell.Gap));
        return number.All(c => c is '0' or '.') ? number : (cell.Gap < 0 ? "−" : "+") + number;
    }

    /// <summary>Value, interval and gap on one line.</summary>
    public static string Whole(Column column, Cell cell)
    {
        var (interval, gap) = (Interval(column, cell), Gap(column, cell));
        return Value(column, cell) + (interval.Length > 0 ? " ± " + interval : "") + (gap.Length > 0 ? $" ({gap})" : "");
    }

    private static string Number(Column column, double value) =>
        Ticks.Signed(value.ToString("F" + column.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
}
