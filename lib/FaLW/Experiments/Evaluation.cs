using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;

namespace FaLW.Experiments;

/// <summary>One model measured on the sets of one data spec. Validation has unseen images wherever the scores use test images; rows, labels, probability of the true class and margins (to four decimals) are those of the
/// forget samples, in their order. Plain numbers; what an older kit did not measure is null.</summary>
internal sealed record Evaluation(
    Scores Scores, Scores Validation, MembershipInference Attack, ValueList<ClassRow> Classes, ValueList<int> Rows, ValueList<int> Labels, ValueList<double> Probability,
    ValueList<int> ForgetCounts, ClassGroups Groups, string SplitsHash)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PopulationAttacks? Population { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<double>? Margins { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnseenStanding? Standing { get; init; }

    /// <summary>The margins set beside those of Retrain; null where one of the two has none.</summary>
    public MarginReport? MarginsAgainst(Evaluation retrain) =>
        Margins is { } ours && retrain.Margins is { } theirs ? MarginReport.Of(Labels, ours, theirs, ForgetCounts.Count) : null;

    public static Evaluation Of(Classifier model, ImageSet images, Splits splits, int seed)
    {
        var (forget, forgetLogits) = Predictions.WithLogits(model, images, splits.Forget);
        var (retain, retainLogits) = Predictions.WithLogits(model, images, splits.Retain);
        var (test, testLogits) = Predictions.WithLogits(model, images, splits.Test);
        var unseen = splits.Unseen.Count == 0 ? null : Predictions.Of(model, images, splits.Unseen);
        var attack = MembershipInference.Of(forget, retain, test, seed);
        return new Evaluation(
            new Scores(forget.Accuracy, retain.Accuracy, test.Accuracy, attack.SupportVector),
            OnUnseen(forget, retain, unseen, seed),
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
    private static Scores OnUnseen(Prediction forget, Prediction retain, Prediction? unseen, int seed) => unseen is null
        ? new Scores(forget.Accuracy, retain.Accuracy, double.NaN, double.NaN)
        : new Scores(forget.Accuracy, retain.Accuracy, unseen.Accuracy, MembershipInference.Of(forget, retain, unseen, seed).SupportVector);
}
