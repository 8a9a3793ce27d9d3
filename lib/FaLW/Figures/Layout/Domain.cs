namespace FaLW.Figures;

/// <summary>The range an axis shows.</summary>
internal readonly record struct Domain(double Low, double High, bool Log = false)
{
    private const double Air = 0.04;

    /// <summary>The range of the values with some air, unless the axis fixes an end.</summary>
    /// <param name="axis">Its own ends win.</param>
    /// <param name="values">Everything to be shown; values without a place are passed over.</param>
    /// <param name="tight">No air: the values are edges (bars, cells) already.</param>
    /// <param name="zero">Include zero and leave no air there: bars grow from it.</param>
    public static Domain Of(Axis axis, IEnumerable<double> values, bool tight = false, bool zero = false)
    {
        var log = axis.Scale == AxisScale.Log;
        var (low, high) = Extent(values, log);
        if (zero && !log) (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (low == high) (low, high) = Opened(low, log);
        var air = tight ? 0 : log ? Math.Pow(high / low, Air) : (high - low) * Air;
        if (log && !tight) (low, high) = (low / air, high * air);
        else if (!log) (low, high) = (zero && low == 0 ? 0 : low - air, zero && high == 0 ? 0 : high + air);
        return Checked(axis, axis.Low ?? low, axis.High ?? high, log);
    }

    /// <summary>The range of an axis of names: each has a place of width one.</summary>
    public static Domain Places(int count) => new(-0.5, count - 0.5);

    private static (double Low, double High) Extent(IEnumerable<double> values, bool log)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!double.IsFinite(value) || (log && value <= 0)) continue;
            if (value < low) low = value;
            if (value > high) high = value;
        }
        return low <= high ? (low, high) : log ? (0.1, 10) : (0, 1);
    }

    private static (double Low, double High) Opened(double value, bool log) =>
        log ? (value / 2, value * 2) : value == 0 ? (-1, 1) : (value - Math.Abs(value) * 0.1, value + Math.Abs(value) * 0.1);

    private static Domain Checked(Axis axis, double low, double high, bool log) => low < high && (!log || low > 0)
        ? new Domain(low, high, log)
        : throw new ArgumentException(FormattableString.Invariant(
            $"The axis '{axis.Title}' runs from {low} to {high}. Give a lower end below the upper one, above zero on a logarithmic axis."), nameof(axis));
}
