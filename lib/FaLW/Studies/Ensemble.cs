using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

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
        if (spec.Data.Forget.IsNamed) throw new Fault("Shadows draw their forget sets, but this request names its images or classes; give it a share and a gamma.");
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

/// <summary>One experiment of an ensemble: its splits and the margin each of its models gives every image. Plain numbers.</summary>
/// <param name="Spec">The experiment as it ran.</param>
/// <param name="Splits">Its forget, retain, unseen and test rows.</param>
/// <param name="Labels">True class of every row of the image set.</param>
/// <param name="Original">Margin of every row under Original.</param>
/// <param name="Retrain">Margin of every row under Retrain.</param>
/// <param name="Unlearned">Margin of every row under the method.</param>
/// <param name="Times">Time each of its models took when it was made, also when it is reused.</param>
public sealed record EnsembleMember(
    ExperimentSpec Spec, Splits Splits, IReadOnlyList<int> Labels,
    IReadOnlyList<double> Original, IReadOnlyList<double> Retrain, IReadOnlyList<double> Unlearned, ValueList<StageTime> Times)
{
    /// <summary>Margins of some rows under one of its models, with those under reference models.</summary>
    /// <param name="rows">Rows of the image set.</param>
    /// <param name="target">The margins to audit, one per row of the image set.</param>
    /// <param name="references">Margins of the reference models, one per row of the image set each.</param>
    public ReferencedMargins Margins(IReadOnlyList<int> rows, IReadOnlyList<double> target, IEnumerable<IReadOnlyList<double>> references) => new(
        [.. rows.Select(row => Labels[row])], Of(rows, target), [.. references.Select(model => Of(rows, model))]);

    /// <summary>The margins of some rows.</summary>
    /// <param name="rows">Rows of the image set.</param>
    /// <param name="margins">One margin per row of the image set.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<int> rows, IReadOnlyList<double> margins) => [.. rows.Select(row => margins[row])];
}

/// <summary>One figure for the method and for the two models that show what the audit can see.</summary>
/// <typeparam name="T">The figure.</typeparam>
/// <param name="Original">Positive control: the model that was trained on everything; the audit must find it.</param>
/// <param name="Retrain">Negative control: a model that never saw the forget set; the audit must find nothing.</param>
/// <param name="Unlearned">The method.</param>
public sealed record Audited<T>(T Original, T Retrain, T Unlearned)
{
    /// <summary>Original, Retrain, Unlearned.</summary>
    public IReadOnlyList<T> InOrder => [Original, Retrain, Unlearned];

    internal static Audited<T> Of(IReadOnlyList<T> inOrder) => new(inOrder[0], inOrder[1], inOrder[2]);
}

/// <summary>Audits of an ensemble of <see cref="Ensemble.Repeated"/>: one setting, several seeds.</summary>
/// <param name="RelativeMembership">RMIA on member 0, with the Retrains of the other members as references.</param>
/// <param name="OriginalMatch">Margins of the Originals against the Retrains, with the null level.</param>
/// <param name="UnlearnedMatch">Margins of the method's models against the Retrains, with the same null level.</param>
public sealed record EnsembleAudit(Audited<RelativeMembership> RelativeMembership, DistributionMatch OriginalMatch, DistributionMatch UnlearnedMatch)
{
    /// <summary>Audits an ensemble.</summary>
    /// <param name="members">At least 4 members on the same splits.</param>
    /// <exception cref="Fault">There are too few members, or their splits differ.</exception>
    public static EnsembleAudit Of(IReadOnlyList<EnsembleMember> members)
    {
        if (members.Count < 4 || members.Any(member => member.Splits.Hash != members[0].Splits.Hash))
            throw new Fault(Invariant(
                $"This audit needs at least 4 members on the same splits, but got {members.Count}; make them with Ensemble.Repeated."));
        var forget = members[0].Splits.Forget;
        IReadOnlyList<double>[] retrained = [.. members.Select(member => EnsembleMember.Of(forget, member.Retrain))];
        return new EnsembleAudit(
            new Audited<RelativeMembership>(Relative(members, 0, members[0].Original), Relative(members, 0, members[0].Retrain), Relative(members, 0, members[0].Unlearned)),
            DistributionMatch.Of([.. members.Select(member => EnsembleMember.Of(forget, member.Original))], retrained),
            DistributionMatch.Of([.. members.Select(member => EnsembleMember.Of(forget, member.Unlearned))], retrained));
    }

    /// <summary>
    /// RMIA on one model, with the Retrains of all members but its own as references. Half of every class's test images are the non-members,
    /// the other half the population: the unseen images are FaLW's own reference set, and forget samples that were fitted to look like them
    /// would pass for forgotten by construction.
    /// </summary>
    internal static RelativeMembership Relative(IReadOnlyList<EnsembleMember> members, int place, IReadOnlyList<double> target)
    {
        var (first, splits) = (members[place], members[place].Splits);
        IReadOnlyList<double>[] references = [.. members.Where((_, i) => i != place).Select(member => member.Retrain)];
        var (nonMembers, population) = Halves(splits.Test, first.Labels, first.Spec.Data.Seed);
        return Metrics.RelativeMembership.Of(
            first.Margins(splits.Forget, target, references), first.Margins(nonMembers, target, references), first.Margins(population, target, references),
            splits.Groups);
    }

    /// <summary>Rows cut into two halves, class by class and by the seed; of an odd number the second half gets one more.</summary>
    internal static (int[] First, int[] Second) Halves(IEnumerable<int> rows, IReadOnlyList<int> labels, int seed)
    {
        List<int> first = [], second = [];
        foreach (var own in rows.GroupBy(row => labels[row]).OrderBy(own => own.Key))
        {
            int[] order = [.. own];
            new SeededStream(seed, Invariant($"halves of the test images of class {own.Key}")).Shuffle<int>(order);
            first.AddRange(order[..(order.Length / 2)]);
            second.AddRange(order[(order.Length / 2)..]);
        }

        return ([.. first.Order()], [.. second.Order()]);
    }
}

/// <summary>
/// U-LiRA on an ensemble of <see cref="Ensemble.Shadows"/>, for the method and for both controls. Non-members are the rows held back from the
/// method, never its own reference set.
/// </summary>
public static class ShadowAudit
{
    /// <summary>Audits an ensemble.</summary>
    /// <param name="members">All members of the shadows.</param>
    /// <exception cref="Fault">The members hold no row back.</exception>
    public static Audited<LikelihoodRatio> Of(IReadOnlyList<EnsembleMember> members)
    {
        if (members.Any(member => member.Splits.HeldBack.Count == 0))
            throw new Fault("U-LiRA needs rows that the method did not look at, but these members hold none back; make them with Ensemble.Shadows.");
        LikelihoodRatio Audit(Func<EnsembleMember, IReadOnlyList<double>> model) => LikelihoodRatio.Of(Targets(members, model), members[0].Splits.Groups);
        return new Audited<LikelihoodRatio>(Audit(member => member.Original), Audit(member => member.Retrain), Audit(member => member.Unlearned));
    }

    private static IEnumerable<LikelihoodTarget> Targets(IReadOnlyList<EnsembleMember> members, Func<EnsembleMember, IReadOnlyList<double>> model)
    {
        var (forgotten, unseen) = (Observed(members, model, splits => splits.Forget), Observed(members, model, splits => splits.HeldBack));
        return forgotten.Select(row => new LikelihoodTarget(members[0].Labels[row.Key], Once(row), Once(unseen[row.Key])));
    }

    private static ILookup<int, Observation> Observed(
        IReadOnlyList<EnsembleMember> members, Func<EnsembleMember, IReadOnlyList<double>> model, Func<Splits, ValueList<int>> rows) =>
        (from member in members from row in rows(member.Splits) select (Row: row, Seen: new Observation(member.Spec.Data.Seed, model(member)[row])))
        .ToLookup(pair => pair.Row, pair => pair.Seen);

    // The draws of one shadow share an Original; it is one observation, however often it was met.
    private static IReadOnlyList<Observation> Once(IEnumerable<Observation> observations) => [.. observations.Distinct()];
}
