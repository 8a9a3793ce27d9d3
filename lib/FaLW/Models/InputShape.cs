namespace FaLW.Models;

/// <summary>Shape of one image.</summary>
internal sealed record InputShape(int Channels, int Height, int Width)
{
    public int Pixels => Channels * Height * Width;

    public void Check()
    {
        if (Channels < 1 || Height < 1 || Width < 1)
            throw new InvalidOperationException($"An image has at least one channel, row and column, but {this} was asked for.");
    }

    public bool Fits(ReadOnlySpan<long> batch) =>
        batch.Length == 4 && batch[1] == Channels && batch[2] == Height && batch[3] == Width;

    public override string ToString() => FormattableString.Invariant($"{Channels}x{Height}x{Width}");
}
