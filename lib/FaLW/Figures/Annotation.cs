namespace FaLW.Figures;

/// <summary>Something said about a panel that is not data.</summary>
public abstract record Annotation
{
    private protected Annotation()
    {
    }
}

/// <summary>A line at one value of an axis, for example zero deviation.</summary>
/// <param name="At">The value, in the axis' unit.</param>
/// <param name="Text">Written beside it; may be empty.</param>
/// <param name="Upright">False for a level line (a value of the y axis), true for an upright one.</param>
public sealed record ReferenceLine(double At, string Text = "", bool Upright = false) : Annotation
{
    /// <summary>Drawn unbroken in ink rather than dashed.</summary>
    public bool Solid { get; init; }
}

/// <summary>A word at a place of the panel.</summary>
/// <param name="X">Place along x, in its unit; with <paramref name="Corner"/> a share of the width, 0 to 1.</param>
/// <param name="Y">Place along y, in its unit; with <paramref name="Corner"/> a share of the height, 0 at the bottom.</param>
/// <param name="Text">What is said.</param>
/// <param name="Corner">True when the place is a share of the panel rather than a value.</param>
public sealed record Note(double X, double Y, string Text, bool Corner = false) : Annotation
{
    /// <summary>Where the text lies seen from its place.</summary>
    public Align Align { get; init; } = Align.Left;

    /// <summary>Sets the word off from data under it; not needed on bare or shaded ground.</summary>
    public bool Halo { get; init; } = true;

    /// <summary>Drawn under the data, so that it hides none.</summary>
    public bool Behind { get; init; }

    /// <summary>Colour; null for the muted ink.</summary>
    public Paint? Paint { get; init; }
}

/// <summary>A shaded stretch of the x axis with a name at its top, for example head, middle and tail classes.</summary>
/// <param name="From">Left end, in the axis' unit.</param>
/// <param name="To">Right end, in the axis' unit.</param>
/// <param name="Text">Its name.</param>
/// <param name="Shaded">False draws the name only, so that neighbours alternate.</param>
public sealed record Zone(double From, double To, string Text, bool Shaded = true) : Annotation;

/// <summary>Which side of a text its place marks.</summary>
public enum Align
{
    /// <summary>The text starts at its place.</summary>
    Left,

    /// <summary>The text is centred on its place.</summary>
    Centre,

    /// <summary>The text ends at its place.</summary>
    Right,
}
