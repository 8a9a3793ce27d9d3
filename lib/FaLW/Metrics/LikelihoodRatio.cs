using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>The margin of one sample under one model of an ensemble.</summary>
/// <param name="Shadow">Which half of the data the model's history began with; models of one shadow share an Original and are not independent.</param>
/// <param name="Margin">The margin.</param>
public readonly record struct Observation(int Shadow, double Margin);

/// <summary>All that an ensemble says about one sample.</summary>
/// <param name="Row">Its row in the image set.</param>
/// <param name="Class">Its true class.</param>
/// <param name="Forgotten">Margins under models that were trained on it and then made to forget it.</param>
/// <param name="Unseen">Margins under models that went through the same method and never saw it.</param>
public sealed record LikelihoodTarget(int Row, int Class, IReadOnlyList<Observation> Forgotten, IReadOnlyList<Observation> Unseen);

/// <summary>
/// U-LiRA for every sample (Hayes et al., SaTML 2025, arXiv 2403.01218): two normal distributions per sample, its margins when it was forgotten and
/// when it was never seen; each margin is judged by fits without its whole shadow. On retrained models the area must be 0.5. Two departures
/// from code in circulation, which feeds 0/1 correctness and scores a run with a fit that includes it: both would betray samples by themselves.
/// </summary>
/// <param name="Curve">Forgotten against unseen observations, scored by their log-likelihood ratio.</param>
/// <param name="Groups">The same within head, middle and tail classes.</param>
/// <param name="Targets">Samples with observations enough on both sides.</param>
public sealed record LikelihoodRatio(AttackCurve Curve, ValueList<GroupCurve> Groups, int Targets)
{
    /// <summary>Audits an ensemble.</summary>
    /// <param name="targets">What the ensemble says about each sample; those seen by too few shadows are left out.</param>
    /// <param name="groups">Head, middle and tail classes.</param>
    /// <param name="own">From so many observations on a sample's own deviation is used; below it the one pooled over all samples.</param>
    public static LikelihoodRatio Of(IEnumerable<LikelihoodTarget> targets, ClassGroups groups, int own = 8)
    {
        LikelihoodTarget[] usable = [.. targets.Where(target => Enough(target.Forgotten) && Enough(target.Unseen))];
        var fits = new LikelihoodFit(Pooled(usable.Select(t => t.Forgotten)), Pooled(usable.Select(t => t.Unseen)), own);
        (int Class, double[] Forgotten, double[] Unseen)[] scores = [.. usable.Select(t => (
            t.Class, t.Forgotten.Select(o => fits.Score(t, o)).ToArray(), t.Unseen.Select(o => fits.Score(t, o)).ToArray()))];
        AttackCurve Within(Func<int, bool> wanted) => AttackCurve.Of(
            [.. scores.Where(s => wanted(s.Class)).SelectMany(s => s.Forgotten)], [.. scores.Where(s => wanted(s.Class)).SelectMany(s => s.Unseen)]);
        return new LikelihoodRatio(
            Within(_ => true),
            [new(nameof(groups.Head), Within(groups.Head.Contains)), new(nameof(groups.Middle), Within(groups.Middle.Contains)), new(nameof(groups.Tail), Within(groups.Tail.Contains))],
            usable.Length);
    }

    // Without its shadow every observation must leave at least one other.
    private static bool Enough(IReadOnlyList<Observation> observations) => observations.Select(o => o.Shadow).Distinct().Take(2).Count() == 2;

    private static double Pooled(IEnumerable<IReadOnlyList<Observation>> samples)
    {
        var (squares, freedom) = (0.0, 0);
        foreach (var sample in samples)
        {
            var mean = sample.Average(o => o.Margin);
            squares += sample.Sum(o => (o.Margin - mean) * (o.Margin - mean));
            freedom += sample.Count - 1;
        }

        return freedom == 0 ? double.NaN : Math.Sqrt(squares / freedom);
    }
}
