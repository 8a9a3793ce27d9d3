using System.Text.Json.Serialization;

namespace FaLW.Experiments;

/// <summary>Time and memory one stage took when it was computed, also when it is reused.</summary>
/// <param name="Stage">"original", "retrain" or "unlearned".</param>
/// <param name="Seconds">Wall-clock seconds; of a method the whole call, masks and profiles included.</param>
public sealed record StageTime(string Stage, double Seconds)
{
    /// <summary>Where it was computed; null in results that were put together by hand.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>The most memory the process held meanwhile, in mebibytes, whatever a GPU held left out; null where the system did not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PeakMemory { get; init; }

    /// <summary>What is known of a stage that was made or taken from the cache.</summary>
    internal static StageTime Of(CacheEntry entry) => new(entry.Stage.Name, entry.Made.Seconds)
    {
        Provenance = entry.Made.Provenance,
        PeakMemory = entry.Made.PeakMemory,
    };
}
