using System.Text.Json.Serialization;
using FaLW.Data;

namespace FaLW.Experiments;

public sealed partial record RunResult
{
    /// <summary>Retrain of another seed; null in results of a lab that was told to save it, and of an older kit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RetrainControl? Control { get; init; }

    /// <summary>True for what <see cref="NoiseFloor"/> gives: no method is in it.</summary>
    [JsonIgnore]
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
        Times = [.. Times.Where(time => time.Stage != Unlearning), other.Time with { Stage = Unlearning }],
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
        Key = FormattableString.Invariant($"{Key}, against seed {other.Seed}"),
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

    /// <summary>The result with its control.</summary>
    /// <param name="other">Retrain of another seed on the same sets.</param>
    /// <param name="retrain">Retrain.</param>
    /// <param name="unlearned">Unlearned.</param>
    /// <param name="original">Original.</param>
    /// <param name="time">What the other one took.</param>
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

    private const string Unlearning = "unlearned";
}
