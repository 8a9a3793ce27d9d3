using System.Globalization;

namespace FaLW.Figures;

/// <summary>Ticks of a logarithmic axis: labelled decades, and 2 and 5 between them where there is room.</summary>
internal static class LogTicks
{
    public static IReadOnlyList<Tick> Of(double low, double high, double wanted)
    {
        var decades = Math.Log10(high / low);
        var every = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, wanted)));
        var labelled = Labelled(decades, wanted);
        if (decades < 0.7) return Ticks.Linear(low, high, wanted);
        var ticks = new List<Tick>();
        for (var power = (int)Math.Floor(Math.Log10(low)); power <= Math.Log10(high) + 1e-9; power++)
        {
            for (var digit = 1; digit < 10; digit++)
            {
                var value = digit * Math.Pow(10, power);
                if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
                var named = labelled.Contains(digit) && power % every == 0;
                ticks.Add(new Tick(value, named ? Label(digit, power) : ""));
            }
        }
        return ticks;
    }

    /// <summary>An exponent in raised digits.</summary>
    public static string Raised(int exponent) => string.Concat(
        exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private static int[] Labelled(double decades, double wanted) =>
        wanted / decades >= 5 ? [1, 2, 5] : wanted / decades >= 2 ? [1, 3] : [1];

    private static string Label(int digit, int power) => power is >= -4 and <= 5
        ? (digit * Math.Pow(10, power)).ToString(power >= 0 ? "N0" : "F" + (-power).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : (digit == 1 ? "" : digit.ToString(CultureInfo.InvariantCulture) + "×") + "10" + Raised(power);
}
