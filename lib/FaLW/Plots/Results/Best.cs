using FaLW.Data;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Marks in every column the method nearest to Retrain; equal ones share the mark.</summary>
internal static class Best
{
    public static IReadOnlyList<Row> Marked(IReadOnlyList<Row> rows, int lastColumns = 1)
    {
        Row[] methods = [.. rows.Where(row => !row.Reference)];
        if (methods.Length < 2) return rows;
        var nearest = Enumerable.Range(0, rows[0].Cells.Count).Select(c => methods.Min(r => Distance(r.Cells[c]))).ToArray();
        return [.. rows.Select(row => row.Reference ? row : row with
        {
            Cells = row.Cells.Select((cell, c) => c == 0 || c >= row.Cells.Count - lastColumns ? cell : cell with { Best = Distance(cell) <= nearest[c] }).ToValueList(),
        })];
    }

    // Where no gap is given the number itself is a distance to Retrain. Time and memory are not: their columns are left out.
    private static double Distance(Cell cell)
    {
        var distance = Math.Abs(double.IsNaN(cell.Gap) ? cell.Value : cell.Gap);
        return double.IsNaN(distance) ? double.PositiveInfinity : distance;
    }
}
