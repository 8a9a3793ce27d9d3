using FaLW.Data;

namespace FaLW.Figures;

/// <summary>Upright bars from zero. Several traces in one panel stand side by side, unless they overlay.</summary>
public sealed record Bars : Trace
{
    /// <summary>Bars.</summary>
    /// <param name="name">The name in the legend; a method's name brings its colour.</param>
    /// <param name="x">Centres; 0, 1, 2, ... on an axis of names.</param>
    /// <param name="heights">One height per centre, negative ones hang; NaN draws none.</param>
    /// <exception cref="ArgumentException">Centres and heights differ in number.</exception>
    public Bars(string name, IEnumerable<double> x, IEnumerable<double> heights)
        : base(name) => (X, Y) = (Numbers(name, x, heights, out var values), values);

    /// <summary>Centres.</summary>
    public ValueList<double> X { get; }

    /// <summary>Heights.</summary>
    public ValueList<double> Y { get; }

    /// <summary>Bars around the heights; null for none.</summary>
    public ErrorBars? Errors { get; init; }

    /// <summary>Width of the group at one centre, in the unit of x.</summary>
    public double Width { get; init; } = 0.8;

    /// <summary>Drawn over the other bars of the panel instead of beside them, half transparent.</summary>
    public bool Overlay { get; init; }

    /// <summary>One colour per bar; empty for the trace's colour.</summary>
    public ValueList<Paint> Paints { get; init; } = [];

    /// <summary>A histogram: counts of values in equal bins.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="values">The values; NaN is left out.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <param name="low">Left end; null for the smallest value.</param>
    /// <param name="high">Right end; null for the largest value. The last bin includes it; values outside are left out.</param>
    public static Bars Histogram(string name, IEnumerable<double> values, int bins = 30, double? low = null, double? high = null)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var (from, to) = (low ?? finite.DefaultIfEmpty(0).Min(), high ?? finite.DefaultIfEmpty(1).Max());
        if (to <= from) to = from + 1;
        var (width, counts) = ((to - from) / bins, new double[bins]);
        foreach (var value in finite.Where(v => v >= from && v <= to)) counts[Math.Min(bins - 1, (int)((value - from) / width))]++;
        return new Bars(name, Enumerable.Range(0, bins).Select(i => from + (i + 0.5) * width), counts) { Width = width, Overlay = true };
    }
}

/// <summary>Values on a grid, as colours.</summary>
public sealed record Heat : Trace
{
    /// <summary>A heat map; row 0 is at the top, column 0 at the left, cell (r, c) centred on (c, r).</summary>
    /// <param name="name">What the colours show.</param>
    /// <param name="rows">Rows of equal length; NaN leaves a cell empty.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or there is no value.</exception>
    public Heat(string name, IEnumerable<IEnumerable<double>> rows, string unit = "")
        : base(name)
    {
        Rows = rows.Select(row => row.ToValueList()).ToValueList();
        Unit = unit;
        InLegend = false;
        if (Rows.Count == 0 || Rows[0].Count == 0 || Rows.Any(row => row.Count != Rows[0].Count))
            throw new ArgumentException($"'{name}' needs at least one row, and rows of equal length.", nameof(rows));
    }

    /// <summary>The values, row by row.</summary>
    public ValueList<ValueList<double>> Rows { get; }

    /// <summary>Unit of the values.</summary>
    public string Unit { get; }

    /// <summary>Signed values: the colour scale is centred on zero.</summary>
    public bool Signed { get; init; }

    /// <summary>Lowest value of the colour scale; null lets the data decide.</summary>
    public double? Low { get; init; }

    /// <summary>Highest value of the colour scale; null lets the data decide.</summary>
    public double? High { get; init; }

    /// <summary>The value in the middle of a two-sided colour scale; null for a one-sided one, unless the values are <see cref="Signed"/>.</summary>
    public double? Middle { get; init; }

    internal Shading Shading => new(Name, [.. Rows.SelectMany(r => r)]) { Unit = Unit, Low = Low, High = High, Middle = Middle ?? (Signed ? 0 : null) };
}
