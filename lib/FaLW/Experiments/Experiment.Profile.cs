using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Unlearning;

namespace FaLW.Experiments;

internal sealed partial class Experiment
{
    private const string ProfileFile = "profile.json";

    /// <summary>Unseen and forget images under both models of reference, and the runs with others looking on.</summary>
    public ProfileTrial Profile(ProfileStudy study)
    {
        var (original, retrain) = (Original(), Retrain());
        var entry = workshop.Get(Stage.Profile(study), "Profile of unseen images", (folder, reporter) =>
        {
            using var before = Open(original);
            using var target = Open(retrain);
            var (images, splits) = (sets.Images(spec), sets.Splits(spec));
            var task = new UnlearningTask(before, images, splits, spec.Weighting, spec.Seeds.OfMethods, reporter, cancellation);
            var runs = study.LearningRates.SelectMany(rate => RenewalRun.Of(((RandomLabel)spec.Unlearner) with { LearningRate = rate }, task, study.Others));
            Write(folder, ProfileFile, new ProfileTrial(
                study, Samples(before, target, [.. splits.Unseen, .. splits.Test]), Samples(before, target, splits.Forget), splits.ForgetCounts,
                [.. runs], Machine.Provenance(device, splits.Hash)));
        });
        return Read<ProfileTrial>(entry, ProfileFile);
    }

    private ValueList<ProfileSample> Samples(Classifier original, Classifier retrain, ValueList<int> rows)
    {
        var images = sets.Images(spec);
        double[] Odds(Classifier model) => [.. Predictions.WithLogits(model, images, rows).Logits.Margins().Select(margin => Math.Round(margin, Decimals))];
        var (before, target) = (Odds(original), Odds(retrain));
        return [.. rows.Select((row, i) => new ProfileSample(row, images.HostLabels[row], before[i], target[i]))];
    }
}
