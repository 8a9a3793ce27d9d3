using FaLW.Data;
using FaLW.Metrics;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>
/// Robustness to label noise: decisions of the people trained on are turned round at random, those validated with are clean, and the loss on these is the task. Do soft weights know who was turned round, and
/// what does training again with them, or without the people it takes by influence, give on a clean test?
/// </summary>
public static class NoiseStudy
{
    /// <summary>Logistic regression under noise, every share on every seed.</summary>
    /// <param name="set">The table.</param>
    /// <param name="train">How many to train on.</param>
    /// <param name="validation">How many to validate with.</param>
    /// <param name="shares">Shares of the decisions turned round, above 0, at most 1.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    /// <param name="fraction">Share of the loss on clean people to cancel, above 0, at most 1.</param>
    public static ValueList<NoiseRow> Of(TabularSet set, int train, int validation, ValueList<double> shares, int seeds, double fraction = 0.1) =>
        [.. from share in shares from seed in Enumerable.Range(0, seeds) select Row(set.Split(seed, train, validation, share), share, fraction)];

    private static NoiseRow Row(TabularSplit split, double share, double fraction)
    {
        using var study = new SoftWeightedStudy(split);
        var (problem, task) = (study.Problem(study.Cleaning), study.Cleaning);
        SoftWeights hard = problem.HardFor(fraction), soft = problem.Cancel(fraction, keepUtility: false);
        var taken = soft.Epsilon.Select((epsilon, row) => (Lessened: (float)-epsilon, IsTurned: split.Flipped.Contains(row))).ToLookup(person => person.IsTurned, person => person.Lessened);
        return new NoiseRow(
            share, split.Seed, RankComparison.AreaUnderCurve([.. taken[true]], [.. taken[false]]), hard.Moved,
            study.Before(task), study.Row("hard", task, hard).Again, study.Row("soft", task, soft).Again);
    }
}

/// <summary>Soft weights under label noise.</summary>
/// <param name="Share">Share of the decisions that were turned round.</param>
/// <param name="Seed">Seed of draw and noise.</param>
/// <param name="Found">Chance that a person who was turned round is weighted lower than one who was not: 0.5 knows nothing, 1 all.</param>
/// <param name="Deleted">Share that the hard scheme deletes.</param>
/// <param name="Before">Trained on the noisy people.</param>
/// <param name="Hard">Trained again without those that the hard scheme deletes.</param>
/// <param name="Soft">Trained again with soft weights.</param>
public sealed record NoiseRow(double Share, int Seed, double Found, double Deleted, TableScores Before, TableScores Hard, TableScores Soft);
