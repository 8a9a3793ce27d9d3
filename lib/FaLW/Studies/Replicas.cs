using FaLW.Data;
using FaLW.Experiments;
using TorchSharp;

namespace FaLW.Studies;

/// <summary>
/// Makes the models of an ensemble several at a time, with their margins, and keeps them: first what is trained from nothing, then what is
/// unlearned from it. Every worker reads the images for itself. Numbers do not change: no two models share anything that draws.
/// </summary>
internal sealed class Replicas(int atATime, DataShelf shelf, Workshop workshop, torch.Device device, CancellationToken cancellation)
{
    /// <summary>Makes what is not kept yet.</summary>
    /// <param name="specs">The members, as they run.</param>
    public void Make(IReadOnlyList<ExperimentSpec> specs)
    {
        Level(specs.SelectMany(spec => new Job[]
        {
            new(spec, Stage.Original(spec), experiment => experiment.Original()),
            new(spec, Stage.Retrain(spec), experiment => experiment.Retrain()),
        }));
        Level(specs.Select(spec => new Job(spec, Stage.Unlearned(spec), experiment => experiment.Unlearned(experiment.Original()))));
    }

    private void Level(IEnumerable<Job> jobs) => Crew.Work(atATime, [.. jobs.DistinctBy(job => job.Model.Key)], () => new Sets(shelf, device), (sets, job) =>
    {
        var experiment = new Experiment(job.Spec, sets, workshop, device, cancellation);
        experiment.Margins(job.Make(experiment));
    });

    private sealed record Job(ExperimentSpec Spec, Stage Model, Func<Experiment, CacheEntry> Make);
}
