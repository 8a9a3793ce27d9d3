using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Experiments;

/// <summary>One model measured on the sets of one data spec. Plain numbers.</summary>
/// <param name="Scores">The four numbers of the papers, in percent.</param>
/// <param name="Validation">The same with unseen images wherever <paramref name="Scores"/> uses test images; for tuning.</param>
/// <param name="Attack">The membership attacks in full.</param>
/// <param name="Classes">One row per class.</param>
/// <param name="Rows">Row of every forget sample, in the order of the forget set.</param>
/// <param name="Labels">True class of every forget sample.</param>
/// <param name="Probability">Probability the model gives the true class of every forget sample.</param>
/// <param name="ForgetCounts">For each class how many of its samples are forgotten.</param>
/// <param name="Groups">Head, middle and tail classes.</param>
/// <param name="SplitsHash">Hash of the index lists.</param>
public sealed record Evaluation(
    Scores Scores, Scores Validation, MembershipInference Attack, ValueList<ClassRow> Classes, ValueList<int> Rows, ValueList<int> Labels, ValueList<double> Probability,
    ValueList<int> ForgetCounts, ClassGroups Groups, string SplitsHash)
{
    /// <summary>The other population attacks; null where an older kit measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PopulationAttacks? Population { get; init; }

    /// <summary>Margin of every forget sample, to four decimals; null where an older kit measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<double>? Margins { get; init; }

    /// <summary>How forget samples lie among unseen ones; null where there are none, or an older kit measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnseenStanding? Standing { get; init; }

    /// <summary>The margins set beside those of Retrain; null where one of the two has none.</summary>
    /// <param name="retrain">Retrain on the same sets.</param>
    public MarginReport? MarginsAgainst(Evaluation retrain) =>
        Margins is { } ours && retrain.Margins is { } theirs ? MarginReport.Of(Labels, ours, theirs, ForgetCounts.Count) : null;
}
