namespace FaLW.Experiments;

/// <summary>Audits: many models of one question, made one after the other and kept like any other stage.</summary>
public sealed partial class Lab
{
    /// <summary>All models of some experiments and their margins on every image; what is kept is not made again.</summary>
    /// <param name="specs">Specs of <see cref="Experiments.Ensemble"/>, before the scale rewrites them.</param>
    /// <param name="cancellation">Stops at the next step; the same call goes on from there.</param>
    /// <returns>One member per spec, in order, each with the time of its models.</returns>
    public IReadOnlyList<EnsembleMember> Ensemble(IEnumerable<ExperimentSpec> specs, CancellationToken cancellation = default)
    {
        var rewritten = Rewrite(specs);
        var workshop = new Workshop(cache, Device, settings.Progress, Plan.OfEnsemble(rewritten, cache), cancellation);
        return [.. rewritten.Select(spec => new Experiment(spec, sets, workshop, Device, cancellation).Member())];
    }

    /// <summary>Retrain against Retrain: how large a gap is noise in this setting.</summary>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="models">Number of Retrains, at least 2; they have the training seeds of the spec and after.</param>
    /// <param name="cancellation">Stops at the next step; the same call goes on from there.</param>
    public RetrainControl RetrainControl(ExperimentSpec spec, int models, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(models, 2);
        var rewritten = Rewrite(Experiments.Ensemble.Repeated(spec, models));
        var workshop = new Workshop(cache, Device, settings.Progress, Plan.OfRetrains(rewritten, cache), cancellation);
        return Experiments.RetrainControl.Of([.. rewritten.Select(each =>
        {
            var experiment = new Experiment(each, sets, workshop, Device, cancellation);
            return experiment.Scores(experiment.Retrain());
        })]);
    }

    /// <summary>Relearn time and retain-only recovery of the three models of an experiment.</summary>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="relearn">How the models are trained on; null for the defaults.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    public RelearnAudit Relearn(ExperimentSpec spec, RelearnSpec? relearn = null, CancellationToken cancellation = default) =>
        Open(spec, cancellation).Relearned(relearn ?? new RelearnSpec());

    /// <summary>ZRF of the three models of an experiment; Retrain's is the aim.</summary>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="untrained">Untrained networks, at least 5.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    public Audited<double> ZeroRetrainForgetting(ExperimentSpec spec, int untrained = 5, CancellationToken cancellation = default)
    {
        var (original, retrain, unlearned) = Open(spec, cancellation).ZeroRetrain(untrained);
        return new Audited<double>(original, retrain, unlearned);
    }

    private Experiment Open(ExperimentSpec spec, CancellationToken cancellation)
    {
        var rewritten = Rewrite([spec]);
        return new Experiment(rewritten[0], sets, new Workshop(cache, Device, settings.Progress, new Plan(rewritten, cache), cancellation), Device, cancellation);
    }
}
