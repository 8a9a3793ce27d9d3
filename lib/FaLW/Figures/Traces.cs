using FaLW.Data;

namespace FaLW.Figures;

/// <summary>Data drawn in a panel. Traces of the same name share a colour and one legend entry.</summary>
public abstract record Trace
{
    private protected Trace(string name) => Name = name;

    /// <summary>The name in the legend.</summary>
    public string Name { get; }

    /// <summary>Colour; null takes the method's colour, or the next free one.</summary>
    public Paint? Paint { get; init; }

    /// <summary>False keeps the trace out of the legend.</summary>
    public bool InLegend { get; init; } = true;

    private protected static ValueList<double> Numbers(string name, IEnumerable<double> x, IEnumerable<double> y, out ValueList<double> other)
    {
        var first = x as ValueList<double> ?? x.ToValueList();
        other = y as ValueList<double> ?? y.ToValueList();
        return first.Count == other.Count ? first : throw new ArgumentException(
            $"'{name}' has {first.Count} places but {other.Count} values. Give one value for each place.", nameof(y));
    }
}

/// <summary>How a line is broken.</summary>
public enum Dash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Long pieces.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,
}

/// <summary>The shape of a point.</summary>
public enum Marker
{
    /// <summary>No point.</summary>
    None,

    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A triangle, one corner up.</summary>
    Triangle,

    /// <summary>A square on its corner.</summary>
    Diamond,
}

/// <summary>Lengths of the bars around values, in the values' unit.</summary>
/// <param name="Below">Length downwards, one per value, not negative; NaN for none.</param>
/// <param name="Above">Length upwards, one per value, not negative; NaN for none.</param>
public sealed record ErrorBars(ValueList<double> Below, ValueList<double> Above)
{
    /// <summary>Bars of equal length up and down.</summary>
    /// <param name="half">Half-lengths, one per value.</param>
    public static ErrorBars Of(IEnumerable<double> half)
    {
        var lengths = half.ToValueList();
        return new ErrorBars(lengths, lengths);
    }
}

/// <summary>One value per place: a line, points or bars.</summary>
public abstract record Series : Trace
{
    private protected Series(string name, IEnumerable<double> x, IEnumerable<double> y)
        : base(name) => (X, Y) = (Numbers(name, x, y, out var values), values);

    /// <summary>Places along x; of bars their centres.</summary>
    public ValueList<double> X { get; }

    /// <summary>Values, one per place; of bars their heights.</summary>
    public ValueList<double> Y { get; }

    /// <summary>Bars around the values; null for none.</summary>
    public ErrorBars? Errors { get; init; }
}

/// <summary>Points joined by a line; NaN breaks it.</summary>
public sealed record Line : Series
{
    /// <summary>A line through points.</summary>
    /// <param name="name">The name in the legend; a method's name brings its colour.</param>
    /// <param name="x">Places along x.</param>
    /// <param name="y">One value per place; NaN breaks the line.</param>
    /// <exception cref="ArgumentException">Places and values differ in number.</exception>
    public Line(string name, IEnumerable<double> x, IEnumerable<double> y)
        : base(name, x, y) { }

    /// <summary>How the line is broken.</summary>
    public Dash Dash { get; init; }

    /// <summary>Points on the line.</summary>
    public Marker Marker { get; init; }

    /// <summary>Width in pixels of a 960-pixel figure.</summary>
    public double Width { get; init; } = 2.25;
}

/// <summary>The stretch between a lower and an upper curve, for example an interval over seeds.</summary>
public sealed record Band : Trace
{
    /// <summary>A band.</summary>
    /// <param name="name">The name of the line it belongs to, to share its colour.</param>
    /// <param name="x">Places along x.</param>
    /// <param name="low">Lower curve, one value per place.</param>
    /// <param name="high">Upper curve, one value per place.</param>
    /// <exception cref="ArgumentException">Places and values differ in number.</exception>
    public Band(string name, IEnumerable<double> x, IEnumerable<double> low, IEnumerable<double> high)
        : base(name)
    {
        X = Numbers(name, x, low, out var lower);
        Numbers(name, X, high, out var upper);
        (Low, High, InLegend) = (lower, upper, false);
    }

    /// <summary>Places along x.</summary>
    public ValueList<double> X { get; }

    /// <summary>Lower curve.</summary>
    public ValueList<double> Low { get; }

    /// <summary>Upper curve.</summary>
    public ValueList<double> High { get; }
}

/// <summary>Points that are not joined.</summary>
public sealed record Points : Series
{
    /// <summary>Points.</summary>
    /// <param name="name">The name in the legend; a method's name brings its colour.</param>
    /// <param name="x">Places along x.</param>
    /// <param name="y">One value per place.</param>
    /// <exception cref="ArgumentException">Places and values differ in number.</exception>
    public Points(string name, IEnumerable<double> x, IEnumerable<double> y)
        : base(name, x, y) { }

    /// <summary>The shape of each point.</summary>
    public Marker Marker { get; init; } = Marker.Circle;

    /// <summary>Radius in pixels of a 960-pixel figure.</summary>
    public double Radius { get; init; } = 3.5;

    /// <summary>0 (invisible) to 1 (opaque); below 1 the density of many points shows.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Colour of each point by a value, with a colour bar; null for one colour.</summary>
    public Shading? Shading { get; init; }

    /// <summary>One text per point, shown when the pointer is on it; empty for the coordinates.</summary>
    public ValueList<string> Labels { get; init; } = [];
}

/// <summary>Upright bars from zero. Several traces in one panel stand side by side, unless they overlay.</summary>
public sealed record Bars : Series
{
    /// <summary>Bars.</summary>
    /// <param name="name">The name in the legend; a method's name brings its colour.</param>
    /// <param name="x">Centres; 0, 1, 2, ... on an axis of names.</param>
    /// <param name="heights">One height per centre, negative ones hang; NaN draws none.</param>
    /// <exception cref="ArgumentException">Centres and heights differ in number.</exception>
    public Bars(string name, IEnumerable<double> x, IEnumerable<double> heights)
        : base(name, x, heights) { }

    /// <summary>Width of the group at one centre, in the unit of x.</summary>
    public double Width { get; init; } = 0.8;

    /// <summary>Drawn over the other bars of the panel instead of beside them, half transparent.</summary>
    public bool Overlay { get; init; }

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

    /// <summary>Lowest value of the colour scale; null lets the data decide.</summary>
    public double? Low { get; init; }

    /// <summary>Highest value of the colour scale; null lets the data decide.</summary>
    public double? High { get; init; }

    /// <summary>The value in the middle of a two-sided colour scale; null for a one-sided one.</summary>
    public double? Middle { get; init; }

    internal Shading Shading => new(Name, [.. Rows.SelectMany(r => r)]) { Unit = Unit, Low = Low, High = High, Middle = Middle };

    // With the decimals that the range needs.
    internal static string Written(double value, Domain range) => Ticks.Label(value, Ticks.Step(range.Low, range.High, 20));
}
