using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Unlearning;

namespace FaLW.Studies;

/// <summary>What audits and profile studies measure on the three models of an experiment.</summary>
internal static class AuditMeasuring
{
    // More digits than a threshold will ever need, and a table of them stays small.
    private const int Decimals = 4;

    public static Stage ConfusionOf(Stage model, ExperimentSpec spec) => Stage.OfModel("confusion", model, ("Classes", CanonicalJson.Node(spec.Confusion)));

    /// <summary>All three models and their margins on every image.</summary>
    public static EnsembleMember Member(this Experiment experiment)
    {
        var models = experiment.Three();
        IReadOnlyList<double>[] margins = [.. models.Select(experiment.Margins)];
        return new EnsembleMember(
            experiment.Spec, experiment.Splits, experiment.Images.HostLabels, margins[0], margins[1], margins[2], [.. models.Select(StageTime.Of)]);
    }

    /// <summary>How fast forgotten samples come back in each of the three models.</summary>
    public static RelearnAudit Relearned(this Experiment experiment, RelearnSpec relearn)
    {
        RelearnCurve Curve(CacheEntry entry, IReadOnlyList<int> rows, int epochs)
        {
            using var model = experiment.Open(entry);
            return relearn.Curve(model, experiment.Images, rows, experiment.Splits.Forget, epochs, experiment.Spec.Seeds.OfRelearning, experiment.Cancellation);
        }

        Relearning[] found = [.. experiment.Three().Select(model => experiment.Kept(
            relearn.Of(model.Stage, experiment.Spec), $"Relearning of {experiment.NameOf(model)}", "relearning.json",
            _ => new Relearning(Curve(model, experiment.Splits.Forget, relearn.ForgetEpochs), Curve(model, experiment.Splits.Retain, relearn.RetainEpochs))))];
        return new RelearnAudit([.. found.Select(of => of.OnForget)], [.. found.Select(of => of.OnRetain)]);
    }

    /// <summary>How often each of the three models takes one of two classes for the other on test images, whose labels nobody exchanged; percent.</summary>
    public static Audited<double> Confused(this Experiment experiment)
    {
        var test = experiment.Spec.Confusion ?? throw new InvalidOperationException("Without exchanged labels there is no confusion to measure.");
        return Audited<double>.Of([.. experiment.Three().Select(entry => experiment.Kept(
            ConfusionOf(entry.Stage, experiment.Spec), $"Confusion of {experiment.NameOf(entry)}", "confusion.json", _ =>
            {
                using var model = experiment.Open(entry);
                var found = Predictions.Of(model, experiment.Images, experiment.Splits.Test);
                return test.Confusion(found.Labels, found.Predicted);
            }))]);
    }

    /// <summary>ZRF of each of the three models.</summary>
    public static Audited<double> ZeroRetrain(this Experiment experiment, int untrained)
    {
        var (images, forget, spec) = (experiment.Images, experiment.Splits.Forget, experiment.Spec);
        LogitTable[] random = [.. Enumerable.Range(1, untrained).Select(i =>
        {
            using var model = spec.Network.Create(
                images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, spec.Seeds.Training + i, experiment.Device);
            return Predictions.WithLogits(model, images, forget).Logits;
        })];
        return Audited<double>.Of([.. experiment.Three().Select(entry =>
        {
            using var model = experiment.Open(entry);
            return ZeroRetrainForgetting.Of(Predictions.WithLogits(model, images, forget).Logits, random);
        })]);
    }

    /// <summary>The margin a model of this experiment gives every image.</summary>
    public static IReadOnlyList<double> Margins(this Experiment experiment, CacheEntry model) => experiment.Kept(
        Stage.Margins(model.Stage, experiment.Spec.Data), $"Margins of {experiment.NameOf(model)}", "margins.json", _ =>
        {
            using var classifier = experiment.Open(model);
            return Rounded(classifier, experiment.Images, [.. Enumerable.Range(0, experiment.Images.Count)]);
        });

    /// <summary>Unseen and forget images under both models of reference, and the runs with others looking on.</summary>
    public static ProfileTrial Profile(this Experiment experiment, ProfileStudy study)
    {
        var (original, retrain) = (experiment.Original(), experiment.Retrain());
        return experiment.Kept(study.Stage(), "Profile of unseen images", "profile.json", reporter =>
        {
            using var before = experiment.Open(original);
            using var target = experiment.Open(retrain);
            var (images, splits, spec) = (experiment.Images, experiment.Splits, experiment.Spec);
            ValueList<ProfileSample> Samples(ValueList<int> rows)
            {
                var (first, second) = (Rounded(before, images, rows), Rounded(target, images, rows));
                return [.. rows.Select((row, i) => new ProfileSample(row, images.HostLabels[row], first[i], second[i]))];
            }

            var task = new UnlearningTask(before, images, splits, spec.Weighting, spec.Seeds.OfMethods, reporter, experiment.Cancellation);
            var runs = study.LearningRates.SelectMany(rate => RenewalRun.Of(((RandomLabel)spec.Unlearner) with { LearningRate = rate }, task, study.Others));
            return new ProfileTrial(
                study, Samples([.. splits.Unseen, .. splits.Test]), Samples(splits.Forget), splits.ForgetCounts, [.. runs], Machine.Provenance(experiment.Device, splits.Hash));
        });
    }

    private static double[] Rounded(Classifier model, ImageSet images, IReadOnlyList<int> rows) =>
        [.. Predictions.WithLogits(model, images, rows).Logits.Margins().Select(margin => Math.Round(margin, Decimals))];

    private sealed record Relearning(RelearnCurve OnForget, RelearnCurve OnRetain);
}
