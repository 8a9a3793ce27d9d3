using FaLW.Data;

namespace FaLW.Figures;

/// <summary>Points joined by a line; NaN breaks it.</summary>
public sealed record Line : Trace
{
    /// <summary>A line through points.</summary>
    /// <param name="name">The name in the legend; a method's name brings its colour.</param>
    /// <param name="x">Places along x.</param>
    /// <param name="y">One value per place; NaN breaks the line.</param>
    /// <exception cref="ArgumentException">Places and values differ in number.</exception>
    public Line(string name, IEnumerable<double> x, IEnumerable<double> y)
        : base(name) => (X, Y) = (Numbers(name, x, y, out var values), values);

    /// <summary>Places along x.</summary>
    public ValueList<double> X { get; }

    /// <summary>Values, one per place.</summary>
    public ValueList<double> Y { get; }

    /// <summary>Bars around the values; null for none.</summary>
    public ErrorBars? Errors { get; init; }

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
public sealed record Points : Trace
{
    /// <summary>Points.</summary>
    /// <param name="name">The name in the legend; a method's name brings its colour.</param>
    /// <param name="x">Places along x.</param>
    /// <param name="y">One value per place.</param>
    /// <exception cref="ArgumentException">Places and values differ in number.</exception>
    public Points(string name, IEnumerable<double> x, IEnumerable<double> y)
        : base(name) => (X, Y) = (Numbers(name, x, y, out var values), values);

    /// <summary>Places along x.</summary>
    public ValueList<double> X { get; }

    /// <summary>Values, one per place.</summary>
    public ValueList<double> Y { get; }

    /// <summary>Bars around the values; null for none.</summary>
    public ErrorBars? Errors { get; init; }

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
