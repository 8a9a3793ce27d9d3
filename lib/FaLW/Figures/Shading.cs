using FaLW.Data;

namespace FaLW.Figures;

/// <summary>Values shown as colour, with a colour bar beside the panel.</summary>
/// <param name="Label">What the colours show.</param>
/// <param name="Values">One per point; NaN is drawn in the muted ink.</param>
public sealed record Shading(string Label, ValueList<double> Values)
{
    /// <summary>Unit of the values; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Lowest value of the colour scale; null lets the data decide.</summary>
    public double? Low { get; init; }

    /// <summary>Highest value of the colour scale; null lets the data decide.</summary>
    public double? High { get; init; }

    /// <summary>The value in the middle of a two-sided scale (blue below, vermillion above); null for a one-sided scale.</summary>
    public double? Middle { get; init; }

    /// <summary>False leaves the colour bar out, where a neighbour with the same scale has one.</summary>
    public bool Bar { get; init; } = true;

    /// <summary>Label and unit as written beside the bar.</summary>
    public string Title => Unit.Length == 0 ? Label : $"{Label} ({Unit})";

    internal Ramp Ramp => Middle is null ? Ramp.Sequential : Ramp.Diverging;

    /// <summary>The values at the ends of the scale; around a middle both sides reach equally far.</summary>
    internal Domain Range
    {
        get
        {
            var finite = Values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
            var (low, high) = (Low ?? finite.Min(), High ?? finite.Max());
            var reach = Middle is { } m ? Math.Max(Math.Abs(low - m), Math.Abs(high - m)) : 0;
            if (Middle is { } middle) (low, high) = (middle - reach, middle + reach);
            return low < high ? new Domain(low, high) : new Domain(low - 1, low + 1);
        }
    }
}
