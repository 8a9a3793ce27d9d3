namespace FaLW.Figures;

/// <summary>A colour scale for heat maps: anchors at equal distances, straight lines between them.</summary>
/// <param name="Anchors">At least two colours, lowest value first.</param>
public sealed record Ramp(IReadOnlyList<Paint> Anchors)
{
    /// <summary>Dark blue to yellow, even to the eye and safe for colour-blind readers (viridis' anchors).</summary>
    public static readonly Ramp Sequential = Of("440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6ece58", "b5de2b", "fde725");

    /// <summary>Blue below, white at the middle, vermillion above: for signed values.</summary>
    public static readonly Ramp Diverging = Of("00436d", "0072b2", "6fb1d8", "f7f7f7", "f0a46c", "d55e00", "8a3a00");

    /// <summary>The colour at a place on the scale.</summary>
    /// <param name="share">0 (lowest) to 1 (highest); values outside are clamped.</param>
    public Paint At(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Anchors.Count - 1);
        var left = Math.Min((int)place, Anchors.Count - 2);
        return Anchors[left].Toward(Anchors[left + 1], place - left);
    }

    private static Ramp Of(params string[] digits) => new([.. digits.Select(d => Paint.Of(d))]);
}
