namespace FaLW.Experiments;

/// <summary>Time one stage took when it was computed, also when it is reused.</summary>
/// <param name="Stage">"original", "retrain" or "unlearned".</param>
/// <param name="Seconds">Wall-clock seconds; of a method the whole call, masks and profiles included.</param>
public sealed record StageTime(string Stage, double Seconds)
{
    /// <summary>Where it was computed; null in results that were put together by hand.</summary>
    public Provenance? Provenance { get; init; }
}
