namespace FaLW.Figures;

/// <summary>Moves edges to half logical pixels, which are whole pixels of the PNG: crisp, and no seams between neighbours.</summary>
internal static class Snap
{
    public static double Half(double value) => Math.Round(value * 2) / 2;
}
