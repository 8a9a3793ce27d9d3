namespace FaLW.Figures;

/// <summary>The way from values to logical pixels and back along one axis.</summary>
internal readonly record struct Scale(Domain Domain, double From, double To)
{
    public double Pixel(double value) => From + Share(value) * (To - From);

    /// <summary>False for values that have no place: NaN, and zero or below on a logarithmic axis.</summary>
    public bool Has(double value) => double.IsFinite(value) && (!Domain.Log || value > 0);

    /// <summary>True when the value lies within the axis, up to rounding.</summary>
    public bool Holds(double value) => Has(value) && Share(value) is >= -1e-9 and <= 1 + 1e-9;

    private double Share(double value) => Domain.Log
        ? Math.Log(value / Domain.Low) / Math.Log(Domain.High / Domain.Low)
        : (value - Domain.Low) / (Domain.High - Domain.Low);
}
