using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Studies;

/// <summary>Audits: many models of one question, made one after the other or several at a time, and kept like any other stage.</summary>
public static class AuditLab
{
    /// <summary>All models of some experiments and their margins on every image; what is kept is not made again.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="specs">Specs of <see cref="Studies.Ensemble"/>, before the scale rewrites them.</param>
    /// <param name="cancellation">Stops at the next step; the same call goes on from there.</param>
    /// <returns>One member per spec, in order, each with the time of its models.</returns>
    public static IReadOnlyList<EnsembleMember> Ensemble(this Lab lab, IEnumerable<ExperimentSpec> specs, CancellationToken cancellation = default)
    {
        var rewritten = lab.Rewrite(specs);
        return lab.Job(rewritten, new Plan(rewritten.SelectMany(AuditPlan.Members), lab.Cache), workshop =>
        {
            lab.MakeTogether(rewritten, workshop);
            return rewritten.Select(spec => lab.Experiment(spec, workshop).Member()).ToList();
        }, cancellation);
    }

    /// <summary>Relearn time and retain-only recovery of the three models of an experiment.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="relearn">How the models are trained on; null for the defaults.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <exception cref="Fault">The spec or the settings cannot be used; nothing was computed.</exception>
    public static RelearnAudit Relearn(this Lab lab, ExperimentSpec spec, RelearnSpec? relearn = null, CancellationToken cancellation = default)
    {
        var (rewritten, how) = (lab.Rewrite([spec]), relearn ?? new RelearnSpec());
        how.Check();
        return lab.Job(rewritten, new Plan(AuditPlan.Relearned(rewritten[0], how), lab.Cache), workshop => lab.Experiment(rewritten[0], workshop).Relearned(how), cancellation);
    }

    /// <summary>ZRF of the three models of an experiment; Retrain's is the aim.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="untrained">Untrained networks, at least 5.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    public static Audited<double> ZeroRetrainForgetting(this Lab lab, ExperimentSpec spec, int untrained = 5, CancellationToken cancellation = default)
    {
        var rewritten = lab.Rewrite([spec]);
        return lab.Job(rewritten, new Plan(rewritten, lab.Cache, control: false), workshop => lab.Experiment(rewritten[0], workshop).ZeroRetrain(untrained), cancellation);
    }

    /// <summary>The job of a study of audits as it will run at this scale on this machine.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="study">The study.</param>
    /// <returns>On the study's images where they are here or a record answers for them; else on the digits, except at paper scale, and a notice says so.</returns>
    public static AuditSpec Rewrite(this Lab lab, AuditStudy study)
    {
        var meant = study.At(lab.Scale, _ => true, _ => true);
        var found = study.At(lab.Scale, lab.IsHere, spec => lab.Records(AuditResult.Shelf)?.Find(spec.Stage()) is not null);
        if (found.Benchmark != meant.Benchmark) lab.SayExchanged(meant.Benchmark, found.Benchmark);
        return found;
    }

    /// <summary>Every audit on Original, on Retrain and on the methods of a study; a record answers before anything is computed.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="study">The study.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    public static AuditResult Audit(this Lab lab, AuditStudy study, CancellationToken cancellation = default) => lab.Audit(lab.Rewrite(study), cancellation);

    /// <summary>Every audit on Original, on Retrain and on some methods; the sizes are those of the spec, whatever the scale.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="spec">What is audited, with how many models.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <exception cref="Fault">The spec holds too few models, or experiments that cannot be compared or cannot run; nothing was computed.</exception>
    public static AuditResult Audit(this Lab lab, AuditSpec spec, CancellationToken cancellation = default)
    {
        spec.Check();
        if (lab.Records(AuditResult.Shelf)?.Find(spec.Stage()) is { } known)
        {
            lab.Say($"From records, {known.Origin} {Lab.Anew}", isSteady: true);
            return known;
        }

        return lab.Job(spec.Everything, new Plan(AuditPlan.Of(spec), lab.Cache), workshop =>
        {
            lab.MakeTogether([.. spec.Experiments.SelectMany(spec.MembersOf), .. spec.Experiments.SelectMany(spec.ShadowsOf)], workshop);
            return new AuditRun(spec, each => lab.Experiment(each, workshop)).Result();
        }, cancellation);
    }

    // Several models at a time where that is asked for; whoever goes through them afterwards finds them kept.
    private static void MakeTogether(this Lab lab, IReadOnlyList<ExperimentSpec> specs, Workshop workshop)
    {
        var replicas = specs.Any(OpenTypes.MayDraw) ? 1 : lab.Settings.Replicas ?? 1;
        if (replicas < 2) return;
        workshop.Shared = true;
        new Replicas(replicas, lab.Shelf, workshop, lab.Device, workshop.Cancellation).Make(specs);
        workshop.Shared = false;
    }

    /// <summary>
    /// The trial of this lab's scale: from the records, from the cache, or computed. Where its images are neither recorded nor on this
    /// machine, the digits stand in, except at Paper.
    /// </summary>
    /// <param name="lab">The lab.</param>
    /// <param name="cancellation">Stops at the next step; the same call goes on from there.</param>
    public static ProfileTrial Profile(this Lab lab, CancellationToken cancellation = default)
    {
        var wanted = ProfileStudy.At(lab.Scale);
        if (lab.Records(ProfileTrial.Shelf)?.Find(wanted.Stage()) is { } known)
        {
            lab.Say($"From records: computed {Provenance.Span([known.Provenance])} by kit {known.Provenance.ShortKit} on {known.Provenance.Ground}. {Lab.Anew}", isSteady: true);
            return known;
        }

        var study = lab.Scale.Name == Scale.Paper.Name || lab.IsHere(wanted.Spec.Data.Benchmark) ? wanted : ProfileStudy.At(Scale.Smoke);
        if (study.Spec.Data.Benchmark is var taken && taken != wanted.Spec.Data.Benchmark) lab.SayExchanged(wanted.Spec.Data.Benchmark, taken);
        return lab.Job([study.Spec], new Plan(AuditPlan.Of(study), lab.Cache), workshop => lab.Experiment(study.Spec, workshop).Profile(study), cancellation);
    }

    /// <summary>Writes the record of a trial, so that it travels with the repository.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="trial">What <see cref="Profile"/> found.</param>
    /// <returns>The file; null in a lab without records.</returns>
    public static string? Keep(this Lab lab, ProfileTrial trial)
    {
        if (lab.Settings.Records is not { } folder) return null;
        var shelf = ProfileTrial.Shelf(folder, lab.Notices);
        shelf.Keep(trial);
        return shelf.PathOf(trial.Study.Stage().Key);
    }
}
