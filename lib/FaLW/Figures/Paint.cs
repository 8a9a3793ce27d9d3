using System.Globalization;

namespace FaLW.Figures;

/// <summary>What a colour stands for, so that a page can restate it on a dark ground.</summary>
public enum Role
{
    /// <summary>Carries data; the same on every ground.</summary>
    Data,

    /// <summary>Text and axis lines.</summary>
    Ink,

    /// <summary>Tick labels, subtitles and notes.</summary>
    Muted,

    /// <summary>Grid lines.</summary>
    Grid,

    /// <summary>The ground itself, and halos in its colour.</summary>
    Paper,

    /// <summary>Retrain: neutral, as dark as the ground is light.</summary>
    Reference,
}

/// <summary>An sRGB colour and its role.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
/// <param name="Role">What it stands for.</param>
public readonly record struct Paint(byte Red, byte Green, byte Blue, Role Role = Role.Data)
{
    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    /// <summary>Relative luminance as the web's accessibility guidelines define it: 0 for black, 1 for white.</summary>
    public double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    /// <summary>Contrast ratio to another colour, 1 to 21; 3 is the least for a graphical object, 4.5 for text.</summary>
    /// <param name="other">The colour behind or beside this one.</param>
    public double Contrast(Paint other)
    {
        var (high, low) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (high + 0.05) / (low + 0.05);
    }

    /// <summary>The colour on the straight way from this one to another.</summary>
    /// <param name="other">The far end.</param>
    /// <param name="share">0 gives this colour, 1 the other.</param>
    public Paint Toward(Paint other, double share) => new(
        Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    /// <summary>A colour from its <c>rrggbb</c> digits.</summary>
    /// <param name="digits">Six hexadecimal digits, with or without a leading <c>#</c>.</param>
    /// <param name="role">What it stands for.</param>
    public static Paint Of(string digits, Role role = Role.Data)
    {
        var value = int.Parse(digits.AsSpan().TrimStart('#'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Paint((byte)(value >> 16), (byte)(value >> 8), (byte)value, role);
    }

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + share * (to - from));

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
