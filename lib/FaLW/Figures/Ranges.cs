using System.Globalization;
using System.Text.RegularExpressions;

namespace FaLW.Figures;

/// <summary>The range an axis shows.</summary>
internal readonly record struct Domain(double Low, double High, bool Log = false)
{
    private const double Air = 0.04;

    // Along a logarithmic axis everything is drawn at its decade.
    public double Place(double value) => Log ? Math.Log10(value) : value;

    /// <summary>False for values that have no place: NaN, and zero or below on a logarithmic axis.</summary>
    public bool Has(double value) => double.IsFinite(value) && (!Log || value > 0);

    /// <summary>True when the value lies within the axis, up to rounding.</summary>
    public bool Holds(double value) => Has(value) && Share(value) is >= -1e-9 and <= 1 + 1e-9;

    public double Share(double value) => (Place(value) - Place(Low)) / (Place(High) - Place(Low));

    public static Domain X(Axis axis, IReadOnlyList<Panel> panels)
    {
        var traces = panels.SelectMany(p => p.Traces).ToArray();
        if (traces.OfType<Heat>().FirstOrDefault() is { } heat && axis.Categories.Count == 0) return Places(heat.Rows[0].Count);
        var tight = traces.Any(t => t is Bars) || (traces.Length > 0 && traces.All(t => t is Line { Marker: Marker.None, Errors: null } or Band));
        var values = traces.SelectMany(trace => trace switch
        {
            Band band => band.X,
            // Bars side by side leave the same ground outside the first and the last as between neighbours.
            Bars bars => bars.X.SelectMany(x => new[] { -1, 1 }.Select(side => x + side * bars.Width * (bars.Overlay ? 0.5 : 0.625))),
            Series series => series.X,
            _ => Enumerable.Empty<double>(),
        });
        return Of(axis, values.Concat(Lines(panels, upright: true)), tight);
    }

    public static Domain Y(Axis axis, IReadOnlyList<Panel> panels)
    {
        static IEnumerable<double> Ends(IReadOnlyList<double> values, ErrorBars? errors) =>
            errors is null ? values : values.Concat(values.SelectMany((v, i) => new[] { v - errors.Below[i], v + errors.Above[i] }));
        var traces = panels.SelectMany(p => p.Traces).ToArray();
        if (traces.OfType<Heat>().FirstOrDefault() is { } heat && axis.Categories.Count == 0) return Places(heat.Rows.Count);
        var values = traces.SelectMany(trace => trace switch
        {
            Band band => band.Low.Concat(band.High),
            Series series => Ends(series.Y, series.Errors),
            _ => [],
        });
        return Of(axis, values.Concat(Lines(panels, upright: false)), zero: traces.Any(t => t is Bars));
    }

    /// <summary>A free end of a linear axis moves out to the next tick when that is near, so the top line has a label.</summary>
    public Domain Rounded(Axis axis, double wanted)
    {
        if (Log) return this;
        var step = Ticks.Step(Low, High, Math.Max(2, wanted), axis.SmallestStep);
        var (low, high) = (Math.Floor(Low / step) * step, Math.Ceiling(High / step) * step);
        return new Domain(axis.Low is null && Low - low < 0.5 * step ? low : Low, axis.High is null && high - High < 0.5 * step ? high : High);
    }

    private static Domain Places(int count) => new(-0.5, count - 0.5);

    private static IEnumerable<double> Lines(IEnumerable<Panel> panels, bool upright) =>
        panels.SelectMany(p => p.Annotations).OfType<ReferenceLine>().Where(r => r.Upright == upright).Select(r => r.At);

    // Some air, unless the axis fixes an end, the values are edges already (tight), or bars stand on zero.
    private static Domain Of(Axis axis, IEnumerable<double> values, bool tight = false, bool zero = false)
    {
        if (axis.Categories.Count > 0) return Places(axis.Categories.Count);
        var log = axis.Scale == AxisScale.Log;
        double[] shown = [.. values.Where(v => double.IsFinite(v) && (!log || v > 0))];
        var (low, high) = shown.Length > 0 ? (shown.Min(), shown.Max()) : log ? (0.1, 10) : (0, 1);
        if (zero && !log) (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (low == high) (low, high) = log ? (low / 2, low * 2) : low == 0 ? (-1, 1) : (low - Math.Abs(low) * 0.1, low + Math.Abs(low) * 0.1);
        var air = tight ? 0 : log ? Math.Pow(high / low, Air) : (high - low) * Air;
        if (log && !tight) (low, high) = (low / air, high * air);
        else if (!log) (low, high) = (zero && low == 0 ? 0 : low - air, zero && high == 0 ? 0 : high + air);
        (low, high) = (axis.Low ?? low, axis.High ?? high);
        return low < high && (!log || low > 0) ? new Domain(low, high, log) : throw new ArgumentException(Invariant(
            $"The axis '{axis.Title}' runs from {low} to {high}. Give a lower end below the upper one, above zero on a logarithmic axis."), nameof(axis));
    }
}

/// <summary>A place on an axis; one without a label is a minor tick.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Chooses places that people count in, 1, 2 or 5 times a power of ten, the same for still and interactive figures in every culture.</summary>
internal static partial class Ticks
{
    /// <summary>About as many ticks as wanted.</summary>
    public static IReadOnlyList<Tick> Of(Axis axis, Domain domain, double wanted)
    {
        if (axis.Categories.Count > 0) return [.. axis.Categories.Select((name, i) => new Tick(i, Lettering.Shortened(name, Style.TickLabel, Style.LongestName)))];
        if (!domain.Log) return Linear(domain.Low, domain.High, Math.Max(2, wanted), axis.SmallestStep);
        var ticks = Log(domain.Low, domain.High, wanted);
        // Between zero and the first value there is nothing to count.
        return axis.Zero is { } place ? [new Tick(place, "0"), .. ticks.Where(tick => tick.Value > 2.5 * place)] : ticks;
    }

    /// <summary>Ticks within [low, high], at least two unless the range holds fewer.</summary>
    public static IReadOnlyList<Tick> Linear(double low, double high, double wanted, double smallest = 0)
    {
        var step = Step(low, high, wanted, smallest);
        var (first, last) = (Math.Ceiling(low / step - 1e-9), Math.Floor(high / step + 1e-9));
        return [.. Enumerable.Range(0, (int)Math.Clamp(last - first + 1, 0, 60)).Select(i => (first + i) * step).Select(value => new Tick(value, Label(value, step)))];
    }

    /// <summary>Ticks of a logarithmic axis: labelled decades, and 2 and 5 between them where there is room.</summary>
    public static IReadOnlyList<Tick> Log(double low, double high, double wanted)
    {
        var decades = Math.Log10(high / low);
        if (decades < 0.7) return Linear(low, high, wanted);
        var every = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, wanted)));
        int[] labelled = wanted / decades >= 5 ? [1, 2, 5] : wanted / decades >= 2 ? [1, 3] : [1];
        return
        [
            .. from power in Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)(Math.Floor(Math.Log10(high) + 1e-9) - Math.Floor(Math.Log10(low))) + 1)
               from digit in Enumerable.Range(1, 9)
               let value = digit * Math.Pow(10, power)
               where value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)
               select new Tick(value, !labelled.Contains(digit) || power % every != 0 ? ""
                   : power is >= -4 and <= 5 ? (digit * Math.Pow(10, power)).ToString(power >= 0 ? "N0" : Format('F', -power), CultureInfo.InvariantCulture)
                   : (digit == 1 ? "" : Format(digit) + "×") + "10" + Raised(power)),
        ];
    }

    /// <summary>The distance between ticks: the nicest step that comes closest to the wanted number.</summary>
    public static double Step(double low, double high, double wanted, double smallest = 0)
    {
        var rough = (high - low) / Math.Max(1, wanted);
        if (!(rough > 0) || !double.IsFinite(rough)) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return Math.Max(power * (rough / power) switch { <= 1.42 => 1, <= 3.17 => 2, <= 7.08 => 5, _ => 10 }, smallest);
    }

    /// <summary>A value with as many decimals as its step needs; thousands are grouped, very large and small ones in powers.</summary>
    public static string Label(double value, double step)
    {
        if (Math.Abs(value) < step / 1e6) return "0";
        var largest = Math.Max(Math.Abs(value), step);
        var exponent = largest is >= 1e7 or < 1e-4 ? (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9) : 0;
        var decimals = Math.Clamp((int)Math.Ceiling(exponent - Math.Log10(step) - 1e-9), 0, 9);
        return Signed((value / Math.Pow(10, exponent)).ToString(Format('N', decimals), CultureInfo.InvariantCulture)) + (largest is >= 1e7 or < 1e-4 ? $"×10{Raised(exponent)}" : "");
    }

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "no value" : Signed(value.ToString("G4", CultureInfo.InvariantCulture));

    /// <summary>Text with true minus signs, which are as wide as the plus and the digits; what rounds to nothing has none.</summary>
    public static string Signed(string text) => SignOfNothing().Replace(text, "").Replace('-', '−');

    [GeneratedRegex(@"-(?=0(\.0*)?(?![\d.]))")]
    private static partial Regex SignOfNothing();

    private static string Format(char letter, int digits) => letter + Format(digits);

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Raised(int exponent) => string.Concat(Format(exponent).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
