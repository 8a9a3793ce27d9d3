using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Experiments;

/// <summary>
/// What one experiment found: plain numbers, no tensor, the whole spec and where it was computed. Tables and figures are
/// functions of this.
/// </summary>
/// <param name="Spec">The experiment as it ran, after the scale rewrote it.</param>
/// <param name="Key">Key of the unlearned stage; equal keys are equal results.</param>
/// <param name="Original">Scores of the model before unlearning, in percent.</param>
/// <param name="Retrain">Scores of the reference trained without the forget set, in percent.</param>
/// <param name="Unlearned">Scores of the model after the method, in percent.</param>
/// <param name="OriginalClasses">One row per class under Original.</param>
/// <param name="RetrainClasses">One row per class under Retrain.</param>
/// <param name="UnlearnedClasses">One row per class under Unlearned.</param>
/// <param name="Samples">One row per forget sample, in the order of the forget set.</param>
/// <param name="ForgetCounts">For each class how many of its samples are forgotten.</param>
/// <param name="Groups">Head, middle and tail classes by these counts.</param>
/// <param name="Times">Time of every stage.</param>
/// <param name="Provenance">Where the unlearned model was computed.</param>
/// <param name="Log">What training saw while unlearning.</param>
public sealed record RunResult(
    ExperimentSpec Spec, string Key, Scores Original, Scores Retrain, Scores Unlearned,
    ValueList<ClassRow> OriginalClasses, ValueList<ClassRow> RetrainClasses, ValueList<ClassRow> UnlearnedClasses,
    ValueList<SampleRow> Samples, ValueList<int> ForgetCounts, ClassGroups Groups,
    ValueList<StageTime> Times, Provenance Provenance, TrainLog Log)
{
    /// <summary>The method's name in tables.</summary>
    public string Title => Reference ?? Spec.Title;

    /// <summary>The name that tells variants of one method apart, e.g. "FaLW, τ 0.3" or "RL + Mine, β 0.5".</summary>
    public string Label => Reference ?? Spec.Label;

    /// <summary>The weighting as what it is: <c>run.Weighting&lt;ForgettingAwareWeighting&gt;().Tau</c>.</summary>
    /// <typeparam name="T">The type of the weighting.</typeparam>
    /// <exception cref="Fault">The run has another weighting.</exception>
    public T Weighting<T>() where T : Weighting.LossWeighting => Part<T>(Spec.Weighting, "weighting");

    /// <summary>The method as what it is: <c>run.Unlearner&lt;RandomLabel&gt;().LearningRate</c>.</summary>
    /// <typeparam name="T">The type of the method.</typeparam>
    /// <exception cref="Fault">The run has another method.</exception>
    public T Unlearner<T>() where T : Unlearning.Unlearner => Part<T>(Spec.Unlearner, "method");

    private T Part<T>(object part, string kind) where T : class => part as T
        ?? throw new Fault($"The run {Label} has the {kind} {part.GetType().Name}{(part.GetType().Name == typeof(T).Name ? " of another definition" : $", not {typeof(T).Name}")}; ask only runs of that {kind}.");

    /// <summary>Mean of the four absolute distances to Retrain, in points.</summary>
    public double AverageGap => Unlearned.AverageGap(Retrain);

    /// <summary>The membership attacks on Original, Retrain and Unlearned in full; null in results that were put together by hand.</summary>
    public ValueList<MembershipInference>? Attacks { get; init; }

    /// <summary>The other population attacks on Original, Retrain and Unlearned; null in results of an older kit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<PopulationAttacks>? Population { get; init; }

    /// <summary>Margins of the forget samples against Retrain's, class by class, of Original and of Unlearned; null in results of an older kit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<MarginReport>? Margins { get; init; }

    /// <summary>How forget samples lie among unseen ones under Original, Retrain and Unlearned; null in results of an older kit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<UnseenStanding>? Standings { get; init; }

    /// <summary>Whether the method suppressed instead of forgetting (<see cref="UnseenStanding.IsSuppressed"/>); false where nothing is known.</summary>
    public bool IsSuppressed => Standings is { } standings && UnseenStanding.IsSuppressed(standings[^1], Unlearned.ForgetAccuracy, Retrain.ForgetAccuracy);

    /// <summary>Group by group, head to tail: whether there was something to forget, and whether it is forgotten.</summary>
    public ValueList<GroupForgetting> Forgetting() => GroupForgetting.Of(OriginalClasses, RetrainClasses, UnlearnedClasses, Groups);

    /// <summary>Signed deviation from Retrain by class and group, with the diagnostics of heterogeneous and skewed deviation; shares, -1 to 1.</summary>
    /// <param name="by">In true-class probability or in forget accuracy, the paper's Delta FA.</param>
    public DeviationReport Deviation(DeviationBy by = DeviationBy.Probability) => by == DeviationBy.ForgetAccuracy
        ? DeviationReport.Of(UnlearnedClasses, RetrainClasses, Groups)
        : DeviationReport.Of([.. Samples.Select(s => s.Class)], [.. Samples.Select(s => s.Unlearned)], [.. Samples.Select(s => s.Retrain)], Groups);

    /// <summary>Distance of forget accuracy to Retrain, pooled and class-balanced, in points.</summary>
    public ForgetGap ForgetGap() => Metrics.ForgetGap.Of(UnlearnedClasses, RetrainClasses);

    /// <summary>Average Gap with unseen images in place of test images, in points; what tuning may look at.</summary>
    public double ValidationGap { get; init; }

    /// <summary>Whether every model of it was computed by a kit that names its commit.</summary>
    public bool NamesCommits => MadeOn.All(origin => origin.NamesCommit);

    /// <summary>Where each of its models was computed, as far as it says.</summary>
    internal IEnumerable<Provenance> MadeOn => Times.Select(time => time.Provenance).Append(Control?.Time.Provenance).OfType<Provenance>().Append(Provenance);

    /// <summary>Where, when and on what results were computed: "5 results: computed 2026-01-01 by kit 0.1.0+4f2c on cpu (...)", one sentence for each machine and kit.</summary>
    public static IReadOnlyList<string> Origins(IEnumerable<RunResult> results) =>
    [
        .. from result in results
           group result.Provenance by (result.Provenance.Ground, result.Provenance.ShortKit) into origin
           select Invariant($"{origin.Count()} result{(origin.Count() == 1 ? "" : "s")}: {Provenance.Words([.. origin])}."),
    ];

    /// <summary>Results by the name of their method: its title, or, where one title stands for several methods, the label that tells them apart ("FaLW, τ 0.5" beside "FaLW").</summary>
    internal static IEnumerable<IGrouping<string, RunResult>> ByName(IEnumerable<RunResult> results) =>
        from title in results.GroupBy(result => result.Title, StringComparer.Ordinal)
        let isVaried = title.DistinctBy(result => CanonicalJson.Text(CanonicalJson.Node(result.Spec.Method)), StringComparer.Ordinal).Skip(1).Any()
        from name in title.GroupBy(result => isVaried ? result.Label : result.Title, StringComparer.Ordinal)
        select name;

    internal static RunResult Of(
        ExperimentSpec spec, Evaluation original, Evaluation retrain, Evaluation unlearned,
        ValueList<StageTime> times, Provenance provenance, TrainLog log)
    {
        var samples = unlearned.Rows.Select((row, i) => new SampleRow(
            row, unlearned.Labels[i], original.Probability[i], retrain.Probability[i], unlearned.Probability[i]));
        return new RunResult(
            spec, Stage.Unlearned(spec).Key, original.Scores, retrain.Scores, unlearned.Scores,
            original.Classes, retrain.Classes, unlearned.Classes, samples.ToValueList(),
            unlearned.ForgetCounts, unlearned.Groups, times, provenance, log)
        {
            Attacks = [original.Attack, retrain.Attack, unlearned.Attack],
            ValidationGap = unlearned.Validation.AverageGap(retrain.Validation),
            Population = original.Population is { } before && retrain.Population is { } target && unlearned.Population is { } after
                ? [before, target, after] : null,
            Margins = original.MarginsAgainst(retrain) is { } from && unlearned.MarginsAgainst(retrain) is { } to ? [from, to] : null,
            Standings = original.Standing is { } start && retrain.Standing is { } goal && unlearned.Standing is { } end ? [start, goal, end] : null,
        };
    }

    /// <summary>Retrain of another seed; null in results of a lab that was told to save it, and of an older kit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RetrainControl? Control { get; init; }

    /// <summary>True for what <see cref="NoiseFloor"/> gives: no method is in it.</summary>
    public bool IsNoise => Reference == RetrainControl.Title;

    /// <summary>
    /// The name of the model in the place of Unlearned where it is no method but another Retrain (<see cref="RetrainControl"/>,
    /// <see cref="ReweightedRetrain"/>); null in the result of a method.
    /// </summary>
    [JsonIgnore]
    public string? Reference { get; internal init; }

    /// <summary>
    /// The other Retrain in the place of Unlearned: whatever is read from it as a distance of a method to Retrain (Average Gap, deviation by sample,
    /// class and group, gap in forget accuracy) is the size of noise. Null without a control.
    /// </summary>
    public RunResult? NoiseFloor() => Control is not { } other ? null : this with
    {
        Key = $"{Key}, noise",
        Reference = RetrainControl.Title,
        Unlearned = other.Scores,
        UnlearnedClasses = other.Classes,
        Samples = Samples.Select(row => row with { Unlearned = row.OtherRetrain ?? double.NaN }).ToValueList(),
        Times = [.. Times.Where(time => time.Stage != "unlearned"), other.Time with { Stage = "unlearned" }],
        Provenance = other.Time.Provenance ?? Provenance,
        Log = new([], 0, TimeSpan.Zero),
        ValidationGap = other.ValidationGap,
        Attacks = Attacks is { } attacks ? [attacks[0], attacks[1], other.Attack] : null,
        Population = Population is { } population && other.Population is { } its ? [population[0], population[1], its] : null,
        Margins = Margins is { } margins && other.Margins is { } between ? [margins[0], between[1]] : null,
        Standings = Standings is { } standings && other.Standing is { } standing ? [standings[0], standings[1], standing] : null,
    };

    /// <summary>
    /// The same models measured against the other Retrain, and Retrain as its control: the stricter reading, since Retrain shares seed and initial
    /// weights with Original. Null without a control. The gap on unseen images is not known there and NaN.
    /// </summary>
    public RunResult? AgainstOtherRetrain() => Control is not { } other ? null : this with
    {
        Key = Invariant($"{Key}, against seed {other.Seed}"),
        Retrain = other.Scores,
        RetrainClasses = other.Classes,
        Samples = Samples.Select(row => row with { Retrain = row.OtherRetrain ?? double.NaN, OtherRetrain = row.Retrain }).ToValueList(),
        ValidationGap = double.NaN,
        Attacks = Attacks is { } attacks ? [attacks[0], other.Attack, attacks[2]] : null,
        Population = Population is { } population && other.Population is { } its ? [population[0], its, population[2]] : null,
        Margins = other.Margins is { } margins ? [margins[0], margins[2]] : null,
        Standings = Standings is { } standings && other.Standing is { } standing ? [standings[0], standing, standings[2]] : null,
        Control = other with
        {
            Seed = Spec.Seeds.Training,
            Scores = Retrain,
            Classes = RetrainClasses,
            Attack = Attacks is { } known ? known[1] : other.Attack,
            Time = Times.FirstOrDefault(time => time.Stage == "retrain") ?? other.Time,
            Population = Population?[1],
            Margins = Margins is { } ours && other.Margins is { } theirs ? [ours[0], theirs[1], ours[1]] : null,
            Standing = Standings?[1],
        },
    };

    /// <summary>The result with its control, Retrain of another seed on the same sets.</summary>
    internal RunResult With(Evaluation other, Evaluation original, Evaluation retrain, Evaluation unlearned, StageTime time)
    {
        if (other.SplitsHash != retrain.SplitsHash)
            throw new Fault("Retrain can be compared with Retrain on the same splits only; keep the data seed and vary the training seed.");
        return this with
        {
            Samples = Samples.Select((row, i) => row with { OtherRetrain = other.Probability[i] }).ToValueList(),
            Control = new RetrainControl(
                Spec.Seeds.OfControl().Training, other.Scores, other.Classes, other.Attack, other.Validation.AverageGap(retrain.Validation), time)
            {
                Population = other.Population,
                Standing = other.Standing,
                Margins = original.MarginsAgainst(other) is { } first && retrain.MarginsAgainst(other) is { } second && unlearned.MarginsAgainst(other) is { } third
                    ? [first, second, third] : null,
            },
        };
    }
}

/// <summary>One forget sample: the probability of its true class, 0 to 1, under each of the three models.</summary>
/// <param name="Row">Its row in the image set.</param>
/// <param name="Class">Its true class.</param>
/// <param name="Original">Under the model that was trained on it.</param>
/// <param name="Retrain">Under the model that never saw it.</param>
/// <param name="Unlearned">Under the model after the method.</param>
public sealed record SampleRow(int Row, int Class, double Original, double Retrain, double Unlearned)
{
    /// <summary>Under Retrain of another seed (<see cref="RunResult.Control"/>); null where none was trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OtherRetrain { get; init; }

    /// <summary>Signed distance from Retrain: positive is under-forgotten, negative over-forgotten.</summary>
    public double Deviation => Unlearned - Retrain;
}

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
        [.. results.Select(result => result.AgainstOtherRetrain() ?? throw new Fault(Invariant(
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
