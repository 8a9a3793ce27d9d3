namespace FaLW.Models;

/// <summary>Shape of one image.</summary>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
public sealed record InputShape(int Channels, int Height, int Width)
{
    /// <summary>Numbers in one image.</summary>
    public int Pixels => Channels * Height * Width;

    internal void Check()
    {
        if (Channels < 1 || Height < 1 || Width < 1)
            throw new InvalidOperationException($"An image has at least one channel, row and column, but {this} was asked for.");
    }

    internal bool Fits(ReadOnlySpan<long> batch) =>
        batch.Length == 4 && batch[1] == Channels && batch[2] == Height && batch[3] == Width;

    /// <summary>"3x32x32".</summary>
    public override string ToString() => FormattableString.Invariant($"{Channels}x{Height}x{Width}");
}
