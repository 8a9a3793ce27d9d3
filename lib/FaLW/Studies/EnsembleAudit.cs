using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Studies;

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
            throw new Fault(FormattableString.Invariant(
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
    /// <param name="members">Members on the same splits.</param>
    /// <param name="place">Which member the model belongs to.</param>
    /// <param name="target">Its margin of every row.</param>
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
            new SeededStream(seed, FormattableString.Invariant($"halves of the test images of class {own.Key}")).Shuffle<int>(order);
            first.AddRange(order[..(order.Length / 2)]);
            second.AddRange(order[(order.Length / 2)..]);
        }

        return ([.. first.Order()], [.. second.Order()]);
    }
}
