namespace FaLW.Figures;

/// <summary>Draws a scene's commands on a canvas, at a whole multiple of its size.</summary>
internal sealed class Painter
{
    private readonly int scale;
    private readonly Canvas canvas;
    private readonly Filler filler;
    private readonly Stroker stroker;

    private Painter(Scene scene, int scale)
    {
        this.scale = scale;
        canvas = new Canvas(scene.Width * scale, scene.Height * scale);
        filler = new Filler(canvas);
        stroker = new Stroker(canvas);
    }

    public static Canvas Draw(Scene scene, int scale)
    {
        var painter = new Painter(scene, scale);
        foreach (var drawing in scene.Drawings) painter.Draw(drawing);
        return painter.canvas;
    }

    private void Draw(Drawing drawing)
    {
        switch (drawing)
        {
            case Box box:
                Fill(box);
                break;
            case Stroke stroke:
                stroker.Draw(Dashing.Cut(Scaled(stroke.Spots), DashPattern.Of(stroke.Dash, stroke.Width * scale)), stroke.Width * scale, stroke.Paint);
                break;
            case Tiles tiles:
                foreach (var frame in tiles.Frames) Fill(new Box(frame, tiles.Fill));
                break;
            case Area area:
                filler.Fill([Scaled(area.Spots)], area.Fill, area.Opacity);
                break;
            case Dots dots:
                foreach (var spot in dots.Spots) Dot(dots, spot);
                break;
            case Words words:
                Write(words);
                break;
        }
    }

    // Frames on whole pixels, which most are, need no outline.
    private void Fill(Box box)
    {
        var frame = box.Frame;
        var (left, top, right, bottom) = (frame.Left * scale, frame.Top * scale, frame.Right * scale, frame.Bottom * scale);
        if (box.Opacity >= 1 && Whole(left) && Whole(top) && Whole(right) && Whole(bottom))
            canvas.Fill(Math.Max(0, (int)left), Math.Max(0, (int)top), Math.Min(canvas.Width, (int)right), Math.Min(canvas.Height, (int)bottom), box.Fill);
        else filler.Fill([[new(left, top), new(right, top), new(right, bottom), new(left, bottom)]], box.Fill, box.Opacity);
    }

    private static bool Whole(double value) => value == Math.Round(value);

    private void Dot(Dots dots, Spot spot)
    {
        var at = new Spot(spot.X * scale, spot.Y * scale);
        var radius = dots.Radius * scale;
        if (dots.Marker == Marker.Circle)
        {
            if (dots.Halo) Disc(at, radius + 0.5 * scale, Palette.Paper, 1);
            Disc(at, dots.Halo ? radius - 0.5 * scale : radius, dots.Fill, dots.Opacity);
            return;
        }
        if (dots.Halo) filler.Fill([MarkerShape.Of(dots.Marker, at, radius + 0.8 * scale)], Palette.Paper, 1);
        filler.Fill([MarkerShape.Of(dots.Marker, at, dots.Halo ? radius - 0.4 * scale : radius)], dots.Fill, dots.Opacity);
    }

    private void Disc(Spot at, double radius, Paint paint, double opacity)
    {
        var reach = radius + 0.5;
        for (var y = Math.Max(0, (int)(at.Y - reach)); y <= Math.Min(canvas.Height - 1, (int)(at.Y + reach)); y++)
        {
            var dy = y + 0.5 - at.Y;
            if (Math.Abs(dy) >= reach) continue;
            var half = Math.Sqrt(reach * reach - dy * dy);
            var (first, last) = (Math.Max(0, (int)(at.X - half)), Math.Min(canvas.Width - 1, (int)(at.X + half)));
            for (var x = first; x <= last; x++)
            {
                var dx = x + 0.5 - at.X;
                var near = reach - Math.Sqrt(dx * dx + dy * dy);
                canvas.Blend(x, y, paint, (float)(Math.Min(1, near) * opacity));
            }
        }
    }

    private void Write(Words words)
    {
        var glyphs = Lettering.Of(words, scale).ToArray();
        if (words.Halo)
            stroker.Draw(glyphs.SelectMany(g => g).Select(c => (IReadOnlyList<Spot>)[.. c, c[0]]), 4 * scale, Palette.Paper);
        foreach (var glyph in glyphs) filler.Fill(glyph, words.Paint, 1);
    }

    private Spot[] Scaled(IReadOnlyList<Spot> spots) => [.. spots.Select(s => new Spot(s.X * scale, s.Y * scale))];
}
