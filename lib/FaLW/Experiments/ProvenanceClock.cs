namespace FaLW.Experiments;

/// <summary>The only wall clock of the library; what it says goes into provenance and nowhere else.</summary>
internal static class ProvenanceClock
{
#pragma warning disable RS0030 // This is where the wall clock belongs.
    public static DateTime Now => DateTime.UtcNow;
#pragma warning restore RS0030
}
