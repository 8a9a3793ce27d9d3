using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;

namespace FaLW.Experiments;

/// <summary>Measures one model on the sets of one experiment.</summary>
internal static class Measurement
{
    public static Evaluation Of(Classifier model, ImageSet images, Splits splits, int seed)
    {
        var (forget, forgetLogits) = Predictions.WithLogits(model, images, splits.Forget);
        var (retain, retainLogits) = Predictions.WithLogits(model, images, splits.Retain);
        var (test, testLogits) = Predictions.WithLogits(model, images, splits.Test);
        var unseen = splits.Unseen.Count == 0 ? null : Predictions.Of(model, images, splits.Unseen);
        var attack = MembershipInference.Of(forget, retain, test, seed);
        return new Evaluation(
            new Scores(forget.Accuracy, retain.Accuracy, test.Accuracy, attack.SupportVector),
            Validation(forget, retain, unseen, seed),
            attack,
            ClassRow.Of(forget, retain, test, splits.Classes),
            splits.Forget, forget.Labels.ToValueList(), forget.TrueClassProbability.Select(p => (double)p).ToValueList(),
            splits.ForgetCounts, splits.Groups, splits.Hash)
        {
            Population = PopulationAttacks.Of(forgetLogits, retainLogits, testLogits, splits.Groups, seed),
            Standing = unseen is null ? null : UnseenStanding.Of(forget, unseen),
            Margins = forgetLogits.Margins().Select(margin => Math.Round(margin, 4)).ToValueList(),
        };
    }

    // Without unseen images there is nothing to validate on, and a NaN says so wherever it is used.
    private static Scores Validation(Prediction forget, Prediction retain, Prediction? unseen, int seed) => unseen is null
        ? new Scores(forget.Accuracy, retain.Accuracy, double.NaN, double.NaN)
        : new Scores(forget.Accuracy, retain.Accuracy, unseen.Accuracy, MembershipInference.Of(forget, retain, unseen, seed).SupportVector);
}
