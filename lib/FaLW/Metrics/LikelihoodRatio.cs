using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>The margin of one sample under one model of an ensemble.</summary>
/// <param name="Shadow">Which half of the data the model's history began with; models of one shadow share an Original and are not independent.</param>
/// <param name="Margin">The margin.</param>
public readonly record struct Observation(int Shadow, double Margin);

/// <summary>All that an ensemble says about one sample.</summary>
/// <param name="Class">Its true class.</param>
/// <param name="Forgotten">Margins under models that were trained on it and then made to forget it.</param>
/// <param name="Unseen">Margins under models that went through the same method and never saw it.</param>
public sealed record LikelihoodTarget(int Class, IReadOnlyList<Observation> Forgotten, IReadOnlyList<Observation> Unseen);

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
    private const double LeastDeviation = 0.05;

    /// <summary>
    /// Audits an ensemble; samples seen by too few shadows are left out. From <c>own</c> observations on a sample's own deviation is used; below it the one
    /// pooled over all samples.
    /// </summary>
    public static LikelihoodRatio Of(IEnumerable<LikelihoodTarget> targets, ClassGroups groups, int own = 8)
    {
        LikelihoodTarget[] usable = [.. targets.Where(target => Enough(target.Forgotten) && Enough(target.Unseen))];
        var pooled = (Pooled(usable.Select(t => t.Forgotten)), Pooled(usable.Select(t => t.Unseen)));
        double[] Scores(LikelihoodTarget target, IReadOnlyList<Observation> seen) => [.. seen.Select(o => Score(target, o, pooled, own))];
        (int Class, double[] Forgotten, double[] Unseen)[] scores = [.. usable.Select(t => (t.Class, Scores(t, t.Forgotten), Scores(t, t.Unseen)))];
        AttackCurve Within(Func<int, bool> wanted) => AttackCurve.Of(
            [.. scores.Where(s => wanted(s.Class)).SelectMany(s => s.Forgotten)], [.. scores.Where(s => wanted(s.Class)).SelectMany(s => s.Unseen)]);
        return new LikelihoodRatio(Within(_ => true), AttackCurve.Within(groups, Within), usable.Length);
    }

    /// <summary>
    /// Log-likelihood ratio of one observation of a sample under two normal distributions: positive where it looks forgotten rather than unseen. Both are fitted
    /// without the shadow that is judged and without one shadow of the other side. The second
    /// keeps the contest fair: with as many observations in either fit, whoever is judged, scores of both sides have one distribution where nothing was
    /// memorised, while a fit that is poorer on the judged side alone would push the area of Retrain below 0.5.
    /// </summary>
    internal static double Score(LikelihoodTarget target, Observation observation, (double Forgotten, double Unseen) pooled, int own)
    {
        int[] on = Shadows(target.Forgotten), off = Shadows(target.Unseen);
        var (place, other) = (Array.IndexOf(on, observation.Shadow), Array.IndexOf(off, observation.Shadow));
        double LogDensity(IReadOnlyList<Observation> all, int without, double deviation)
        {
            double[] others = [.. all.Where(o => o.Shadow != without).Select(o => o.Margin)];
            var mean = others.Average();
            if (others.Length >= own) deviation = Math.Sqrt(others.Sum(m => (m - mean) * (m - mean)) / (others.Length - 1));
            deviation = Math.Max(deviation, LeastDeviation);
            var z = (observation.Margin - mean) / deviation;
            return -z * z / 2 - Math.Log(deviation);
        }

        return LogDensity(target.Forgotten, on[place >= 0 ? place : other % on.Length], pooled.Forgotten)
            - LogDensity(target.Unseen, off[other >= 0 ? other : place % off.Length], pooled.Unseen);
    }

    private static int[] Shadows(IReadOnlyList<Observation> observations) => [.. observations.Select(o => o.Shadow).Distinct()];

    // Without its shadow every observation must leave at least one other.
    private static bool Enough(IReadOnlyList<Observation> observations) => Shadows(observations).Length >= 2;

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
