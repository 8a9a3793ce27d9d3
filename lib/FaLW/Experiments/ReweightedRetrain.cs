using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// Retrain with retain rows drawn by class (<see cref="ReweightedRows"/>; De Min et al., TMLR, arXiv 2503.09330): a second reference. A long-tailed
/// deletion leaves a long-tailed training set, so plain Retrain is skewed itself; what this one differs by from it is what that skew does.
/// </summary>
public static class ReweightedRetrain
{
    /// <summary>Its name in tables and figures.</summary>
    public const string Title = "Retrain, reweighted";

    /// <summary>What it is, in a sentence for readers of tables.</summary>
    public const string Meaning =
        "Retrain, reweighted: the same images and seed, but each class drawn as often as before the deletion, with replacement; a class that is forgotten whole is not drawn. Its distance to Retrain is what the skew of the deletion does.";
}

public sealed partial class Lab
{
    internal IReadOnlyList<RunResult> RetrainReweightedAsIs(IEnumerable<ExperimentSpec> specs, CancellationToken cancellation)
    {
        ExperimentSpec[] distinct = [.. specs.DistinctBy(spec => Stage.Reweighted(spec).Key)];
        return Job(distinct, Plan.OfReweighted(distinct, Cache, Settings.Control), workshop => distinct.Select(spec =>
        {
            var experiment = Experiment(spec, workshop);
            var result = Result(experiment, () => experiment.ReweightedRetrain());
            var stage = Stage.Reweighted(spec);
            var times = result.Times.Select(time => time.Stage == stage.Name ? time with { Stage = Stage.Unlearned(spec).Name } : time);
            return result with { Key = stage.Key, Reference = ReweightedRetrain.Title, Times = [.. times] };
        }).ToList(), cancellation);
    }
}
