namespace FaLW.Figures;

/// <summary>A place in logical pixels, y downwards.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>A rectangle in logical pixels, y downwards.</summary>
internal readonly record struct Frame(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;
}

/// <summary>What the back ends draw, in order. Everything is already clipped to where it may be.</summary>
internal sealed record Scene(int Width, int Height, string Title, string Summary, IReadOnlyList<Drawing> Drawings);

/// <summary>One drawing command.</summary>
internal abstract record Drawing;

/// <summary>A filled rectangle.</summary>
internal sealed record Box(Frame Frame, Paint Fill, double Opacity = 1, string Tip = "") : Drawing;

/// <summary>Many rectangles of one colour: the cells of a large heat map.</summary>
internal sealed record Tiles(IReadOnlyList<Frame> Frames, Paint Fill) : Drawing;

/// <summary>A line with round joins and ends.</summary>
internal sealed record Stroke(IReadOnlyList<Spot> Spots, Paint Paint, double Width, Dash Dash = Dash.Solid) : Drawing;

/// <summary>A filled outline.</summary>
internal sealed record Area(IReadOnlyList<Spot> Spots, Paint Fill, double Opacity = 1) : Drawing;

/// <summary>Points of one shape and colour; a halo separates opaque neighbours.</summary>
internal sealed record Dots(IReadOnlyList<Spot> Spots, Marker Marker, double Radius, Paint Fill, double Opacity, IReadOnlyList<string> Tips) : Drawing
{
    public bool Halo => Opacity >= 1 && Radius >= 2.5 && Spots.Count <= 400;
}

/// <summary>A line of text; <c>At</c> is on its baseline. Turn is in degrees, clockwise.</summary>
internal sealed record Words(Spot At, string Text, double Size, Align Align, Paint Paint) : Drawing
{
    public bool Strong { get; init; }

    public bool Halo { get; init; }

    public double Turn { get; init; }
}
