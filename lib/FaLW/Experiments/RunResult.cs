using System.Text.Json;
using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Metrics;
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
public sealed partial record RunResult(
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
    public bool NamesCommits => Provenance.NamesCommit && Times.All(time => time.Provenance?.NamesCommit ?? true) && (Control?.Time.Provenance?.NamesCommit ?? true);

    /// <summary>Where, when and on what results were computed: "5 results: computed 2026-01-01 by kit 0.1.0+4f2c on cpu (...)", one sentence for each machine and kit.</summary>
    /// <param name="results">Results, from records or not.</param>
    public static IReadOnlyList<string> Origins(IEnumerable<RunResult> results) =>
    [
        .. from result in results
           group result.Provenance by (result.Provenance.Ground, result.Provenance.ShortKit) into origin
           select FormattableString.Invariant(
               $"{origin.Count()} result{(origin.Count() == 1 ? "" : "s")}: computed {Provenance.Span(origin)} by kit {origin.Key.ShortKit} on {origin.Key.Ground}."),
    ];

    /// <summary>The three evaluations and the log put together.</summary>
    /// <param name="spec">The experiment as it ran.</param>
    /// <param name="original">Original on the sets of the spec.</param>
    /// <param name="retrain">Retrain on the same sets.</param>
    /// <param name="unlearned">Unlearned on the same sets.</param>
    /// <param name="times">Time of every stage.</param>
    /// <param name="provenance">Where Unlearned was computed.</param>
    /// <param name="log">What training saw while unlearning.</param>
    public static RunResult Of(
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

    /// <summary>The result as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CanonicalJson.Readable);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="Fault">The text is not a result.</exception>
    public static RunResult FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RunResult>(json, CanonicalJson.Options) ?? throw new JsonException("it is the word null");
        }
        catch (JsonException fault)
        {
            throw new Fault($"This is not a result of this kit: {fault.Message} Run the study again to write it anew.", fault);
        }
    }
}
