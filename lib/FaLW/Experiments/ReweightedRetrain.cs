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
    /// <summary>
    /// <see cref="ReweightedRetrain"/> of some experiments, each as a result with that model in the place of Unlearned: what is read from it as a distance of a
    /// method to Retrain is the distance of the two references. Computed only here; no study trains one and no record holds one.
    /// </summary>
    /// <param name="specs">The experiments, before the scale rewrites them; methods are not looked at.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result for each distinct data, network, training and seed, in order; give them to tables together with the results of methods.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public IReadOnlyList<RunResult> RetrainReweighted(IEnumerable<ExperimentSpec> specs, CancellationToken cancellation = default)
    {
        ExperimentSpec[] distinct = [.. Rewrite(specs).DistinctBy(spec => Stage.Reweighted(spec).Key)];
        return Job(distinct, Plan.OfReweighted(distinct, cache, settings.Control), workshop => distinct.Select(spec =>
        {
            var experiment = Experiment(spec, workshop);
            var result = Result(experiment, () => experiment.ReweightedRetrain());
            var stage = Stage.Reweighted(spec);
            var times = result.Times.Select(time => time.Stage == stage.Name ? time with { Stage = Stage.Unlearned(spec).Name } : time);
            return result with { Key = stage.Key, Reference = ReweightedRetrain.Title, Times = [.. times] };
        }).ToList(), cancellation);
    }
}
