using System.Globalization;

namespace FaLW.Figures;

/// <summary>A place on an axis; one without a label is a minor tick.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Chooses places that people count in: 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    /// <summary>Ticks within [low, high], about as many as wanted, at least two unless the range holds fewer.</summary>
    public static IReadOnlyList<Tick> Linear(double low, double high, double wanted, double smallest = 0)
    {
        var step = Step(low, high, wanted, smallest);
        var (first, last) = (Math.Ceiling(low / step - 1e-9), Math.Floor(high / step + 1e-9));
        var count = (int)Math.Clamp(last - first + 1, 0, 60);
        var values = Enumerable.Range(0, count).Select(i => (first + i) * step).ToArray();
        return [.. values.Select(value => new Tick(value, Label(value, step)))];
    }

    /// <summary>The distance between ticks: the nicest step that comes closest to the wanted number.</summary>
    public static double Step(double low, double high, double wanted, double smallest = 0)
    {
        var rough = (high - low) / Math.Max(1, wanted);
        if (!(rough > 0) || !double.IsFinite(rough)) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1.42 => 1, <= 3.17 => 2, <= 7.08 => 5, _ => 10 };
        return Math.Max(step, smallest);
    }

    /// <summary>A value with as many decimals as its step needs; thousands are grouped, very large and small ones in powers.</summary>
    public static string Label(double value, double step)
    {
        if (Math.Abs(value) < step / 1e6) return "0";
        var largest = Math.Max(Math.Abs(value), step);
        if (largest >= 1e7 || largest < 1e-4) return Power(value, step);
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9);
        // What rounds to nothing has no sign.
        if (Math.Round(value, decimals, MidpointRounding.AwayFromZero) == 0) value = 0;
        return Signed(value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    /// <summary>The number with a true minus sign, which is as wide as the plus and the digits.</summary>
    public static string Signed(string number) => number.Replace('-', '−');

    private static string Power(double value, double step)
    {
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        var mantissa = value / Math.Pow(10, exponent);
        var decimals = Math.Clamp((int)Math.Ceiling(exponent - Math.Log10(step) - 1e-9), 0, 9);
        var digits = Signed(mantissa.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        return $"{digits}×10{LogTicks.Raised(exponent)}";
    }
}
