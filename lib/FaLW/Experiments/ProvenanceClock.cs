namespace FaLW.Experiments;

/// <summary>The only wall clock of the library; what it says goes into provenance and nowhere else.</summary>
internal static class ProvenanceClock
{
    public static DateTime Now => DateTime.UtcNow;
}
