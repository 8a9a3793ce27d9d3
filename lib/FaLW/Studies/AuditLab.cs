using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Unlearning;

namespace FaLW.Studies;

/// <summary>Audits and profile studies in a lab: many models of one question, made one after the other, and kept like any other stage.</summary>
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
        return lab.Run<IReadOnlyList<EnsembleMember>>(rewritten, job =>
        {
            lab.Share(job, [.. rewritten.Select(spec => (spec, (Action<Experiment>)(experiment => experiment.Member())))]);
            var members = rewritten.Select(spec => lab.Experiment(spec, job).Member()).ToList();
            return () => members.Select(read => read()).ToList();
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
        return lab.Run(rewritten, job => lab.Experiment(rewritten[0], job).Relearned(how), cancellation);
    }

    /// <summary>ZRF of the three models of an experiment; Retrain's is the aim.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="spec">The experiment, before the scale rewrites it.</param>
    /// <param name="untrained">Untrained networks, at least 5.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    public static Audited<double> ZeroRetrainForgetting(this Lab lab, ExperimentSpec spec, int untrained = 5, CancellationToken cancellation = default)
    {
        var rewritten = lab.Rewrite([spec]);
        return lab.Run(rewritten, job => lab.Experiment(rewritten[0], job).ZeroRetrain(untrained), cancellation);
    }

    /// <summary>The job of a study of audits as it will run at this scale on this machine.</summary>
    /// <returns>On the study's images where they are here or a record answers for them; else on the digits, except at paper scale, and a notice says so.</returns>
    public static AuditSpec Rewrite(this Lab lab, AuditStudy study)
    {
        var meant = study.At(lab.Scale, _ => true, _ => true);
        var found = study.At(lab.Scale, lab.IsHere, spec => lab.Recorded(spec) is not null);
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
        if (lab.Recorded(spec) is { } known)
        {
            lab.Say($"From records, {known.Origin} {Lab.Anew}", isSteady: true);
            return known;
        }

        return lab.Run(spec.Everything, job =>
        {
            lab.Share(job, AuditRun.Parts(spec));
            return AuditRun.Of(spec, each => lab.Experiment(each, job));
        }, cancellation);
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
            lab.SayRecorded(known.Provenance);
            return known;
        }

        var study = lab.Scale.IsPapers || lab.IsHere(wanted.Spec.Data.Benchmark) ? wanted : ProfileStudy.At(Scale.Smoke);
        if (study.Spec.Data.Benchmark is var taken && taken != wanted.Spec.Data.Benchmark) lab.SayExchanged(wanted.Spec.Data.Benchmark, taken);
        return lab.Run([study.Spec], job => lab.Experiment(study.Spec, job).Profile(study), cancellation);
    }

    /// <summary>Writes the record of a trial, so that it travels with the repository.</summary>
    /// <returns>The file; null in a lab without records.</returns>
    public static string? Keep(this Lab lab, ProfileTrial trial) => lab.Kept(ProfileTrial.Shelf)?.FileOf(trial);

    private static AuditResult? Recorded(this Lab lab, AuditSpec spec) => lab.Records(AuditResult.Shelf)?.Find(spec.Stage());
}

/// <summary>What audits and profile studies measure on the three models of an experiment.</summary>
internal static class AuditMeasuring
{
    // More digits than a threshold will ever need, and a table of them stays small.
    private const int Decimals = 4;

    public static Func<EnsembleMember> Member(this Experiment experiment)
    {
        var models = experiment.Three();
        var margins = models.Select(experiment.Margins).ToList();
        return () => new EnsembleMember(
            experiment.Spec, experiment.Splits, experiment.Images.HostLabels, margins[0](), margins[1](), margins[2](), [.. models.Select(StageTime.Of)]);
    }

    private static Func<double[]> Margins(this Experiment experiment, CacheEntry model) => experiment.Kept(
        Stage.Margins(model.Stage, experiment.Spec.Data), $"Margins of {experiment.NameOf(model)}", Experiment.WorkOfScores, "margins.json", _ =>
        {
            using var classifier = experiment.Open(model);
            return Rounded(classifier, experiment.Images, [.. Enumerable.Range(0, experiment.Images.Count)]);
        });

    public static Func<RelearnAudit> Relearned(this Experiment experiment, RelearnSpec relearn)
    {
        RelearnCurve Curve(CacheEntry entry, IReadOnlyList<int> rows, int epochs)
        {
            using var model = experiment.Open(entry);
            return relearn.Curve(model, experiment.Images, rows, experiment.Splits.Forget, epochs, experiment.Spec.Seeds.OfRelearning, experiment.Cancellation);
        }

        var work = relearn.ForgetEpochs * experiment.Spec.Data.Forget.Share + relearn.RetainEpochs;
        var found = experiment.Three().Select(model => experiment.Kept(
            relearn.Of(model.Stage, experiment.Spec), $"Relearning of {experiment.NameOf(model)}", work, "relearning.json",
            _ => new Relearning(Curve(model, experiment.Splits.Forget, relearn.ForgetEpochs), Curve(model, experiment.Splits.Retain, relearn.RetainEpochs)))).ToList();
        return () =>
        {
            Relearning[] curves = [.. found.Select(read => read())];
            return new RelearnAudit([.. curves.Select(of => of.OnForget)], [.. curves.Select(of => of.OnRetain)]);
        };
    }

    /// <summary>How often each of the three models takes one of two classes for the other on test images, whose labels nobody exchanged; percent.</summary>
    public static Func<Audited<double>> Confused(this Experiment experiment)
    {
        var test = experiment.Spec.Confusion!;
        var found = experiment.Three().Select(entry => experiment.Kept(
            Stage.OfModel("confusion", entry.Stage, ("Classes", CanonicalJson.Node(test))), $"Confusion of {experiment.NameOf(entry)}", Experiment.WorkOfScores, "confusion.json", _ =>
            {
                using var model = experiment.Open(entry);
                var predicted = Predictions.Of(model, experiment.Images, experiment.Splits.Test);
                return test.Confusion(predicted.Labels, predicted.Predicted);
            })).ToList();
        return () => Audited<double>.Of([.. found.Select(read => read())]);
    }

    public static Func<Audited<double>> ZeroRetrain(this Experiment experiment, int untrained)
    {
        var models = experiment.Three();
        return () =>
        {
            var (images, forget) = (experiment.Images, experiment.Splits.Forget);
            LogitTable Logits(Classifier opened)
            {
                using (opened) return Predictions.WithLogits(opened, images, forget).Logits;
            }

            LogitTable[] random = [.. Enumerable.Range(1, untrained).Select(i => Logits(experiment.Create(experiment.Spec.Seeds.Training + i)))];
            return Audited<double>.Of([.. models.Select(entry => Metrics.ZeroRetrainForgetting.Of(Logits(experiment.Open(entry)), random))]);
        };
    }

    /// <summary>Unseen and forget images under both models of reference, and the runs with others looking on.</summary>
    public static Func<ProfileTrial> Profile(this Experiment experiment, ProfileStudy study)
    {
        var (original, retrain) = (experiment.Original(), experiment.Retrain());
        return experiment.Kept(study.Stage(), "Profile of unseen images", study.LearningRates.Count * 2 * experiment.WorkOfMethod, "profile.json", progress =>
        {
            using var before = experiment.Open(original);
            using var target = experiment.Open(retrain);
            var (images, splits, spec) = (experiment.Images, experiment.Splits, experiment.Spec);
            ValueList<ProfileSample> Samples(ValueList<int> rows)
            {
                var (first, second) = (Rounded(before, images, rows), Rounded(target, images, rows));
                return [.. rows.Select((row, i) => new ProfileSample(row, images.HostLabels[row], first[i], second[i]))];
            }

            var task = new UnlearningTask(before, images, splits, spec.Weighting, spec.Seeds.OfMethods, progress, experiment.Cancellation);
            var runs = study.LearningRates.SelectMany(rate => RenewalRun.Of(((RandomLabel)spec.Unlearner) with { LearningRate = rate }, task, study.Others));
            return new ProfileTrial(
                study, Samples([.. splits.Unseen, .. splits.Test]), Samples(splits.Forget), splits.ForgetCounts, [.. runs], Machine.Made(experiment.Device, splits.Hash));
        });
    }

    private static double[] Rounded(Classifier model, ImageSet images, IReadOnlyList<int> rows) =>
        [.. Predictions.WithLogits(model, images, rows).Logits.Margins().Select(margin => Math.Round(margin, Decimals))];

    private sealed record Relearning(RelearnCurve OnForget, RelearnCurve OnRetain);
}
