using FaLW.Experiments;

namespace FaLW.Studies;

/// <summary>
/// Lists of experiments that audits need: many models of one question. They run through <see cref="AuditLab.Ensemble"/> one after the other, each kept as
/// it is finished, so that an ensemble can be cut, resumed and grown.
/// </summary>
public static class Ensemble
{
    /// <summary>
    /// The same splits with other seeds of training and of unlearning: how do models spread? Member 0 is the experiment itself. Two levels of seeds
    /// move together, since one training seed is unrepresentative and more unlearning seeds cannot repair that (arXiv 2510.26714).
    /// </summary>
    /// <param name="spec">Any experiment.</param>
    /// <param name="members">Number of members, at least 1.</param>
    public static IReadOnlyList<ExperimentSpec> Repeated(ExperimentSpec spec, int members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        return [.. Enumerable.Range(0, members).Select(i => spec with { Seeds = new Seeds(spec.Seeds.Training + i, spec.Seeds.Unlearning + i) })];
    }

    /// <summary>
    /// Shadows for <see cref="Metrics.LikelihoodRatio"/>: each draws half of every class as its training set and forgets several sets of the study's
    /// own long-tailed class profile, one after the other, from one Original. Half of the other half is what a weighting may look at; the
    /// rest nobody looks at, and these are the audit's non-members: a method fitted to its own reference set would hide among it.
    /// </summary>
    /// <param name="spec">The study's experiment; its data seed decides the class order of all shadows.</param>
    /// <param name="shadows">Number of halves, at least 2; 16 to 32 for an audit.</param>
    /// <param name="draws">Forget sets per half, at least 1; 4 to 8 for an audit.</param>
    public static IReadOnlyList<ExperimentSpec> Shadows(ExperimentSpec spec, int shadows, int draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shadows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        return [.. from shadow in Enumerable.Range(1, shadows) from draw in Enumerable.Range(0, draws) select Shadow(spec, shadow, draw)];
    }

    private static ExperimentSpec Shadow(ExperimentSpec spec, int shadow, int draw) => spec with
    {
        Data = spec.Data with
        {
            Seed = spec.Data.Seed + shadow,
            UnseenShare = 0.5,
            HeldBack = 0.5,
            Forget = spec.Data.Forget with { OrderSeed = spec.Data.Forget.OrderSeed ?? spec.Data.Seed, DrawSeed = draw },
        },
        Seeds = new Seeds(spec.Seeds.Training + shadow, spec.Seeds.Unlearning + draw),
    };
}
