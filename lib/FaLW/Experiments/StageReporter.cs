using FaLW.Training;

namespace FaLW.Experiments;

/// <summary>Turns what happens inside one stage into news of the whole job.</summary>
internal sealed class StageReporter(IProgress<LabProgress>? listener, string text, Stage stage, Plan plan) : IProgress<TrainProgress>
{
    /// <summary>Whether other stages are at work too; then only beginnings and ends are told, or nobody could follow.</summary>
    public bool OneOfSeveral { get; init; }

    public void Report(TrainProgress value)
    {
        if (!OneOfSeveral) Tell(LabEvent.Advanced, Math.Min(1, value.Step / Math.Max(1.0, value.Steps)));
    }

    public void Started() => Tell(LabEvent.Started, 0);

    public void Ended(CacheEntry entry)
    {
        Tell(entry.Reused ? LabEvent.Reused : LabEvent.Finished, 1, entry.Made);
        plan.Finish(stage);
    }

    private void Tell(LabEvent what, double fraction, Made? made = null)
    {
        var (done, left) = plan.At(stage, fraction);
        listener?.Report(new LabProgress(what, text)
        {
            Stage = plan.Position(stage),
            Stages = plan.Count,
            Fraction = fraction,
            Seconds = made?.Seconds ?? 0,
            Origin = made?.Provenance,
            WorkDone = done,
            WorkLeft = left,
        });
    }
}
