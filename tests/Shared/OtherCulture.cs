namespace FaLW.Tests.Shared;

/// <summary>A culture with a decimal comma, for as long as it lives. The build knows the invariant one only, so it is made by hand.</summary>
internal sealed class OtherCulture : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public OtherCulture(string group = ".", string minus = "~")
    {
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator) = (",", group);
        (other.NumberFormat.NegativeSign, other.TextInfo.ListSeparator) = (minus, ";");
        CultureInfo.CurrentCulture = other;
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;
}
