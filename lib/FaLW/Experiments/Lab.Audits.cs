using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>Audits: many models of one question, made one after the other or several at a time, and kept like any other stage.</summary>
public sealed partial class Lab
{
    /// <summary>All models of some experiments and their margins on every image; what is kept is not made again.</summary>
    /// <param name="specs">Specs of <see cref="Experiments.Ensemble"/>, before the scale rewrites them.</param>
    /// <param name="cancellation">Stops at the next step; the same call goes on from there.</param>
    /// <returns>One member per spec, in order, each with the time of its models.</returns>
    public IReadOnlyList<EnsembleMember> Ensemble(IEnumerable<ExperimentSpec> specs, CancellationToken cancellation = default)
    {
        var rewritten = Rewrite(specs);
        return Job(rewritten, Plan.OfEnsemble(rewritten, cache), workshop =>
        {
            MakeTogether(rewritten, workshop);
            return rewritten.Select(spec => Experiment(spec, workshop).Member()).ToList();
        }, cancellation);
    }

    /// <summary>Relearn time and retain-only recovery of the three models of an experiment.</summary>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="relearn">How the models are trained on; null for the defaults.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <exception cref="Fault">The spec or the settings cannot be used; nothing was computed.</exception>
    public RelearnAudit Relearn(ExperimentSpec spec, RelearnSpec? relearn = null, CancellationToken cancellation = default)
    {
        var (rewritten, how) = (Rewrite([spec]), relearn ?? new RelearnSpec());
        how.Check();
        return Job(rewritten, Plan.OfRelearning(rewritten, how, cache), workshop => Experiment(rewritten[0], workshop).Relearned(how), cancellation);
    }

    /// <summary>ZRF of the three models of an experiment; Retrain's is the aim.</summary>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="untrained">Untrained networks, at least 5.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    public Audited<double> ZeroRetrainForgetting(ExperimentSpec spec, int untrained = 5, CancellationToken cancellation = default)
    {
        var rewritten = Rewrite([spec]);
        return Job(rewritten, new Plan(rewritten, cache, control: false), workshop => Experiment(rewritten[0], workshop).ZeroRetrain(untrained), cancellation);
    }

    /// <summary>The job of a study of audits as it will run at this scale on this machine.</summary>
    /// <param name="study">The study.</param>
    /// <returns>On the study's images where they are here or a record answers for them; else on the digits, except at paper scale, and a notice says so.</returns>
    public AuditSpec Rewrite(AuditStudy study)
    {
        var meant = study.At(Scale, _ => true, _ => true);
        var found = study.At(Scale, benchmark => shelf.Find(benchmark) is not null, spec => records?.Find(spec) is not null);
        if (found.Benchmark != meant.Benchmark) SayExchanged(meant.Benchmark, found.Benchmark);
        return found;
    }

    /// <summary>Every audit on Original, on Retrain and on the methods of a study; a record answers before anything is computed.</summary>
    /// <param name="study">The study.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    public AuditResult Audit(AuditStudy study, CancellationToken cancellation = default) => Audit(Rewrite(study), cancellation);

    /// <summary>Every audit on Original, on Retrain and on some methods; the sizes are those of the spec, whatever the scale.</summary>
    /// <param name="spec">What is audited, with how many models.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <exception cref="Fault">The spec holds too few models, or experiments that cannot be compared or cannot run; nothing was computed.</exception>
    public AuditResult Audit(AuditSpec spec, CancellationToken cancellation = default)
    {
        spec.Check();
        if (records?.Find(spec) is { } known)
        {
            Say($"From records, {known.Origin} {Anew}", isSteady: true);
            return known;
        }

        return Job(spec.Everything, Plan.OfAudits(spec, cache), workshop =>
        {
            MakeTogether([.. spec.Experiments.SelectMany(spec.MembersOf), .. spec.Experiments.SelectMany(spec.ShadowsOf)], workshop);
            return new AuditRun(spec, each => Experiment(each, workshop)).Result();
        }, cancellation);
    }

    // Several models at a time where that is asked for; whoever goes through them afterwards finds them kept.
    private void MakeTogether(IReadOnlyList<ExperimentSpec> specs, Workshop workshop)
    {
        var replicas = specs.Any(OpenTypes.MayDraw) ? 1 : settings.Replicas ?? 1;
        if (replicas < 2) return;
        workshop.Shared = true;
        new Replicas(replicas, shelf, workshop, Device, workshop.Cancellation).Make(specs);
        workshop.Shared = false;
    }
}
