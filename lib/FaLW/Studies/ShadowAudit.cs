using FaLW.Data;
using FaLW.Metrics;

namespace FaLW.Studies;

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
        return forgotten.Select(row => new LikelihoodTarget(row.Key, members[0].Labels[row.Key], Once(row), Once(unseen[row.Key])));
    }

    private static ILookup<int, Observation> Observed(
        IReadOnlyList<EnsembleMember> members, Func<EnsembleMember, IReadOnlyList<double>> model, Func<Splits, ValueList<int>> rows) =>
        (from member in members from row in rows(member.Splits) select (Row: row, Seen: new Observation(member.Spec.Data.Seed, model(member)[row])))
        .ToLookup(pair => pair.Row, pair => pair.Seen);

    // The draws of one shadow share an Original; it is one observation, however often it was met.
    private static IReadOnlyList<Observation> Once(IEnumerable<Observation> observations) => [.. observations.Distinct()];
}
