using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Studies;

/// <summary>Makes the models of a job of audits, in the order of its plan, and hands them to every audit.</summary>
internal sealed class AuditRun
{
    // Ways to cut the Retrains into a reference and a control; one alone is an accident of who is in which half.
    private const int Cuts = 10;

    private readonly AuditSpec spec;
    private readonly EnsembleMember[][] members;
    private readonly Audited<LikelihoodRatio>[] shadows;
    private readonly RelearnAudit[][] relearned;
    private readonly Audited<double>[][] confused, zeroRetrain;

    public AuditRun(AuditSpec spec, Func<ExperimentSpec, Experiment> open)
    {
        this.spec = spec;
        T[][] All<T>(Func<ExperimentSpec, IReadOnlyList<ExperimentSpec>> of, Func<Experiment, T> ask) =>
            [.. spec.Experiments.Select(method => of(method).Select(each => ask(open(each))).ToArray())];
        members = All(spec.MembersOf, each => each.Member());
        shadows = [.. All(spec.ShadowsOf, each => each.Member()).Select(ShadowAudit.Of)];
        relearned = All(spec.RepeatsOf, each => each.Relearned(spec.Relearn));
        confused = All(spec.ConfusedOf, each => each.Confused());
        zeroRetrain = All(spec.RepeatsOf, each => each.ZeroRetrain(spec.Untrained));
    }

    /// <summary>All audits of all models.</summary>
    public AuditResult Result()
    {
        var methods = spec.Experiments.Select((each, method) => Row(each.Title, method, place: 2));
        var made = members.SelectMany(of => of).SelectMany(member => member.Times).Select(time => time.Provenance).OfType<Provenance>();
        return new AuditResult(
            spec, spec.Stage().Key, [Row("Original", 0, place: 0), Row("Retrain", 0, place: 1), .. methods],
            [.. Enumerable.Range(2, spec.Models / 2 - 1).Select(Level)], members[0][0].Splits.ForgetCounts,
            made.DistinctBy(origin => (origin.Kit, origin.Ground, origin.When.Split('T')[0])).ToValueList());
    }

    private AuditRow Row(string title, int method, int place) => new(
        title,
        [.. members[method].Select((member, i) => EnsembleAudit.Relative(members[method], i, Of(member, place)).Curve)],
        shadows[method].InOrder[place],
        [.. members[method].Select((member, i) => Deviation(Of(member, place), members[method][(i + 1) % spec.Models].Retrain))],
        [.. Enumerable.Range(0, Cuts).Select(cut => Gap(Matches(method, place, cut, spec.Models), place))],
        [.. relearned[method].Select(audit => audit.OnForget[place])],
        [.. relearned[method].Select(audit => audit.OnRetain[place])],
        [.. confused[method].Select(audit => audit.InOrder[place])],
        [.. zeroRetrain[method].Select(audit => audit.InOrder[place])],
        Math.Round(members[method].Average(member => member.Times[place].Seconds), 3));

    private double Deviation(IReadOnlyList<double> margins, IReadOnlyList<double> retrain)
    {
        static double Probability(double margin) => 1 / (1 + Math.Exp(-margin));
        return 100 * members[0][0].Splits.Forget.Average(row => Math.Abs(Probability(margins[row]) - Probability(retrain[row])));
    }

    private NullLevel Level(int models)
    {
        DistributionMatch[] found = [.. Enumerable.Range(0, Cuts).Select(cut => Matches(method: 0, place: 0, cut, 2 * models))];
        return new NullLevel(models, Mean(found.Select(match => Gap(match, place: 1))), Mean(found.Select(match => Gap(match, place: 0))));
    }

    // One order for both lists: who is measured then shares no seed with the reference.
    private DistributionMatch Matches(int method, int place, int cut, int models)
    {
        int[] order = [.. new SeededStream(cut, "halves of the retrained models").Permutation(spec.Models).Take(models)];
        var forget = members[0][0].Splits.Forget;
        IReadOnlyList<double>[] Margins(int which) => [.. order.Select(i => EnsembleMember.Of(forget, Of(members[method][i], which)))];
        return DistributionMatch.Of(Margins(place), Margins(which: 1));
    }

    private static MarginGap Gap(DistributionMatch match, int place) => MarginGap.Of(place == 1 ? match.Null : match.Unlearned);

    private static MarginGap Mean(IEnumerable<MarginGap> gaps)
    {
        MarginGap[] all = [.. gaps];
        return new MarginGap(all.Average(gap => gap.Binned), all.Average(gap => gap.Gaussian), all.Average(gap => gap.Scaled));
    }

    private static IReadOnlyList<double> Of(EnsembleMember member, int place) => place switch
    {
        0 => member.Original,
        1 => member.Retrain,
        _ => member.Unlearned,
    };
}
