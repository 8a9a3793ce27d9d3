using System.Globalization;
using FaLW.Data;

namespace FaLW.Figures;

/// <summary>An sRGB colour.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Paint(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    /// <summary>Contrast ratio to another colour as the web's accessibility guidelines define it, 1 to 21; 3 is the least for a graphical object, 4.5 for text.</summary>
    public double Contrast(Paint other)
    {
        var (high, low) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (high + 0.05) / (low + 0.05);
    }

    /// <summary>A colour from its <c>rrggbb</c> digits, with or without a leading <c>#</c>.</summary>
    public static Paint Of(string digits)
    {
        var value = int.Parse(digits.AsSpan().TrimStart('#'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Paint((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    internal Paint Toward(Paint other, double share)
    {
        byte Mix(byte from, byte to) => (byte)Math.Round(from + share * (to - from));
        return new Paint(Mix(Red, other.Red), Mix(Green, other.Green), Mix(Blue, other.Blue));
    }

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(byte channel) => channel / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}

/// <summary>
/// The colours of every figure. Data colours start from Okabe and Ito's set; those too pale for thin lines on
/// white were darkened, so that each has a contrast of at least 3 on white and stays apart from the others
/// for readers with protanopia, deuteranopia or tritanopia.
/// </summary>
public static class Palette
{
    /// <summary>Text and axis lines.</summary>
    public static readonly Paint Ink = Paint.Of("1f2328");

    /// <summary>Tick labels, subtitles and notes.</summary>
    public static readonly Paint Muted = Paint.Of("5b636d");

    /// <summary>Grid lines and zones.</summary>
    public static readonly Paint Grid = Paint.Of("e4e7eb");

    /// <summary>The ground.</summary>
    public static readonly Paint Paper = Paint.Of("ffffff");

    /// <summary>Retrain, the reference every method is measured against.</summary>
    public static readonly Paint Retrain = Paint.Of("3d434a");

    /// <summary>Original, the model before unlearning.</summary>
    public static readonly Paint Original = Paint.Of("8b0000");

    /// <summary>Colours for series that name no method, strongest first.</summary>
    public static readonly IReadOnlyList<Paint> Series =
        [Paint.Of("d55e00"), Paint.Of("0072b2"), Paint.Of("009e73"), Paint.Of("cc79a7"), Paint.Of("7f46c9"), Paint.Of("946b3d")];

    // One method, one colour, in every figure of the kit; FaLW has the strongest.
    private static readonly Dictionary<string, Paint> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Retrain"] = Retrain,
        ["Original"] = Original,
        ["Retrain, another seed"] = Muted,
        ["FaLW"] = Series[0],
        ["SalUn"] = Series[1],
        ["RL"] = Series[2],
        ["GA"] = Series[3],
        ["FT"] = Series[5],
        ["SFRon"] = Series[4],
        ["RL, constant as FaLW"] = Paint.Of("48005a"),
    };

    /// <summary>The colour of a series: fixed for a method's name, otherwise by its place.</summary>
    /// <param name="name">The series' name; a variant (<c>FaLW, refresh 20</c>) is not the method itself.</param>
    /// <param name="place">Its place among the series that have no fixed colour, from 0; the colours come round again.</param>
    public static Paint Of(string name, int place) => Methods.TryGetValue(name, out var paint) ? paint : Series[place % Series.Count];

    // Named series of one figure share a colour; those of no method take what the methods leave free.
    internal static Func<Trace, Paint> Inks(Figure figure)
    {
        Trace[] traces = [.. figure.Panels.SelectMany(p => p.Traces).Where(t => t is not Heat)];
        var taken = traces.Where(t => Methods.ContainsKey(t.Name)).Select(t => Methods[t.Name]).ToHashSet();
        // Among methods FaLW's colour is FaLW's, also where it is no trace of the figure.
        if (traces.Any(t => t.Name.Contains(" + ", StringComparison.Ordinal))) taken.Add(Series[0]);
        var free = Series.Where(p => !taken.Contains(p)).DefaultIfEmpty(Muted).ToArray();
        var (paints, place) = (new Dictionary<string, Paint>(StringComparer.Ordinal), 0);
        foreach (var trace in traces.Where(t => !paints.ContainsKey(t.Name)))
            paints[trace.Name] = trace.Paint ?? (Methods.TryGetValue(trace.Name, out var own) ? own : free[place++ % free.Length]);
        return trace => trace.Paint ?? paints.GetValueOrDefault(trace.Name, Ink);
    }
}

/// <summary>A colour scale: anchors at equal distances, straight lines between them.</summary>
/// <param name="Anchors">At least two colours, lowest value first.</param>
internal sealed record Ramp(IReadOnlyList<Paint> Anchors)
{
    // Dark blue to yellow, even to the eye and safe for colour-blind readers (viridis' anchors).
    public static readonly Ramp Sequential = Of("440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6ece58", "b5de2b", "fde725");

    // Blue below, white at the middle, vermillion above.
    public static readonly Ramp Diverging = Of("00436d", "0072b2", "6fb1d8", "f7f7f7", "f0a46c", "d55e00", "8a3a00");

    public Paint At(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Anchors.Count - 1);
        var left = Math.Min((int)place, Anchors.Count - 2);
        return Anchors[left].Toward(Anchors[left + 1], place - left);
    }

    private static Ramp Of(params string[] digits) => new([.. digits.Select(Paint.Of)]);
}

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

    internal string Title => Unit.Length == 0 ? Label : $"{Label} ({Unit})";

    internal Ramp Ramp => Middle is null ? Ramp.Sequential : Ramp.Diverging;

    // Around a middle both sides reach equally far.
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

    // Forty colours are as many as a reader tells apart, and keep marks of one colour together.
    internal Paint Colour(double value, Domain range) =>
        double.IsNaN(value) ? Palette.Muted : Ramp.At(Math.Round(40 * (value - range.Low) / (range.High - range.Low)) / 40);
}
