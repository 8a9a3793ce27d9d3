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
