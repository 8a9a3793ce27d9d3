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
        var workshop = Together(rewritten, Plan.OfEnsemble(rewritten, cache), cancellation);
        return [.. rewritten.Select(spec => new Experiment(spec, sets, workshop, Device, cancellation).Member())];
    }

    /// <summary>Relearn time and retain-only recovery of the three models of an experiment.</summary>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="relearn">How the models are trained on; null for the defaults.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    public RelearnAudit Relearn(ExperimentSpec spec, RelearnSpec? relearn = null, CancellationToken cancellation = default)
    {
        var (rewritten, how) = (Rewrite([spec]), relearn ?? new RelearnSpec());
        var workshop = new Workshop(cache, Device, settings.Progress, Plan.OfRelearning(rewritten, how, cache), cancellation);
        return new Experiment(rewritten[0], sets, workshop, Device, cancellation).Relearned(how);
    }

    /// <summary>ZRF of the three models of an experiment; Retrain's is the aim.</summary>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="untrained">Untrained networks, at least 5.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    public Audited<double> ZeroRetrainForgetting(ExperimentSpec spec, int untrained = 5, CancellationToken cancellation = default)
    {
        var rewritten = Rewrite([spec]);
        var workshop = new Workshop(cache, Device, settings.Progress, new Plan(rewritten, cache, control: false), cancellation);
        return new Experiment(rewritten[0], sets, workshop, Device, cancellation).ZeroRetrain(untrained);
    }

    /// <summary>The job of a study of audits as it will run at this scale on this machine.</summary>
    /// <param name="study">The study.</param>
    /// <returns>On the study's images where they are here or a record answers for them; else on the digits, except at paper scale.</returns>
    public AuditSpec Rewrite(AuditStudy study) => study.At(Scale, benchmark => shelf.Find(benchmark) is not null, spec => records?.Find(spec) is not null);

    /// <summary>Every audit on Original, on Retrain and on the methods of a study; a record answers before anything is computed.</summary>
    /// <param name="study">The study.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    public AuditResult Audit(AuditStudy study, CancellationToken cancellation = default) => Audit(Rewrite(study), cancellation);

    /// <summary>Every audit on Original, on Retrain and on some methods; the sizes are those of the spec, whatever the scale.</summary>
    /// <param name="spec">What is audited, with how many models.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <exception cref="Fault">The spec holds too few models, or experiments that cannot be compared.</exception>
    public AuditResult Audit(AuditSpec spec, CancellationToken cancellation = default)
    {
        spec.Check();
        if (records?.Find(spec) is { } known)
        {
            settings.Progress?.Report(new LabProgress(LabEvent.Notice, $"From records, {known.Origin} --fresh (Fresh in the settings of a lab) computes anew."));
            return known;
        }

        IReadOnlyList<ExperimentSpec> many = [.. spec.Experiments.SelectMany(spec.MembersOf), .. spec.Experiments.SelectMany(spec.ShadowsOf)];
        var workshop = Together(many, Plan.OfAudits(spec, cache), cancellation);
        return new AuditRun(spec, each => new Experiment(each, sets, workshop, Device, cancellation)).Result();
    }

    // Several models at a time where that is asked for; whoever goes through them afterwards finds them kept.
    private Workshop Together(IReadOnlyList<ExperimentSpec> specs, Plan plan, CancellationToken cancellation)
    {
        var replicas = specs.Any(OpenTypes.MayDraw) ? 1 : settings.Replicas ?? 1;
        var workshop = new Workshop(cache, Device, settings.Progress, plan, cancellation);
        if (replicas < 2) return workshop;
        workshop.Shared = true;
        new Replicas(replicas, shelf, workshop, Device, cancellation).Make(specs);
        workshop.Shared = false;
        return workshop;
    }
}
