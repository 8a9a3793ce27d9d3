namespace FaLW.Figures;

/// <summary>Draws a figure as PNG with nothing but the base class library: own outlines for text, own anti-aliasing.</summary>
/// <remarks>No font, no native library and no setting of the machine changes a pixel.</remarks>
public static class Png
{
    /// <summary>Pixels for each logical pixel: sharp on dense screens and on slides.</summary>
    public const int Scale = 2;

    /// <summary>The figure as the bytes of a PNG file, <see cref="Scale"/> times its logical size.</summary>
    /// <param name="figure">What to draw.</param>
    public static byte[] Of(Figure figure) => PngFile.Write(Painter.Draw(FigureLayout.Of(figure), Scale), Scale);

    internal static byte[] Of(ImageSheet sheet) => PngFile.Write(Painter.Draw(ImageSheetLayout.Of(sheet), Scale), Scale);
}
