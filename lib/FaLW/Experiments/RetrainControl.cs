using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Experiments;

/// <summary>
/// Retrain of another training seed (<see cref="Seeds.ControlOffset"/>), on the same splits: a model that forgot exactly, by another chance. What it
/// differs by from Retrain is noise, and no method can be shown to be nearer. Its true-class probabilities are in
/// <see cref="SampleRow.OtherRetrain"/>.
/// </summary>
/// <param name="Seed">Its training seed.</param>
/// <param name="Scores">The four numbers of the papers, in percent.</param>
/// <param name="Classes">One row per class.</param>
/// <param name="Attack">The membership attacks in full.</param>
/// <param name="ValidationGap">Its Average Gap to Retrain with unseen images in place of test images, in points.</param>
/// <param name="Time">What it took to train it, and where.</param>
public sealed record RetrainControl(
    int Seed, Scores Scores, ValueList<ClassRow> Classes, MembershipInference Attack, double ValidationGap, StageTime Time)
{
    /// <summary>Its name in tables and figures.</summary>
    public const string Title = "Retrain, another seed";

    /// <summary>What it is, in a sentence for readers of tables.</summary>
    public const string Meaning =
        "Retrain trained once more from another seed on the same images. What it differs by is noise: a distance of this size is no distance, and no method can be shown to be nearer.";

    /// <summary>The other population attacks on it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PopulationAttacks? Population { get; init; }

    /// <summary>Margins of the forget samples against its own, class by class, of Original, Retrain and Unlearned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<MarginReport>? Margins { get; init; }

    /// <summary>How forget samples lie among unseen ones under it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnseenStanding? Standing { get; init; }
}

/// <summary>The stricter reading of many results at once.</summary>
public static class AgainstControl
{
    /// <summary>
    /// The results measured against the other seed's Retrain. Retrain begins from the initial weights and the batch order of Original, and what a method
    /// made of Original keeps some of that: distances to Retrain flatter methods, these do not.
    /// </summary>
    /// <param name="results">Results of runs with a control.</param>
    /// <returns>The same results in the same order; tables and figures read them like any others.</returns>
    /// <exception cref="Fault">A result has none.</exception>
    public static IReadOnlyList<RunResult> AgainstOtherRetrain(this IEnumerable<RunResult> results) =>
        [.. results.Select(result => result.AgainstOtherRetrain() ?? throw new Fault(FormattableString.Invariant(
            $"The result of {result.Title}, seed {result.Spec.Seeds.Training}, holds no Retrain of another seed; run it again with {nameof(LabSettings.Control)} and {nameof(LabSettings.Fresh)} in the settings of the lab.")))];
}

/// <summary>
/// Retrain with retain rows drawn by class (<see cref="ReweightedRows"/>; De Min et al., TMLR, arXiv 2503.09330): a second reference. A long-tailed
/// deletion leaves a long-tailed training set, so plain Retrain is skewed itself; what this one differs by from it is what that skew does.
/// </summary>
public static class ReweightedRetrain
{
    /// <summary>Its name in tables and figures.</summary>
    public const string Title = "Retrain, reweighted";

    /// <summary>What it is, in a sentence for readers of tables.</summary>
    public const string Meaning =
        "Retrain, reweighted: the same images and seed, but each class drawn as often as before the deletion, with replacement; a class that is forgotten whole is not drawn. Its distance to Retrain is what the skew of the deletion does.";
}
