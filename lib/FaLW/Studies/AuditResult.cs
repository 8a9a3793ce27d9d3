using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using MathNet.Numerics;

namespace FaLW.Studies;

/// <summary>What margins of so many models read where there is nothing to find, and where there is everything.</summary>
/// <param name="Models">Models on each side.</param>
/// <param name="Nothing">Retrain against other Retrains: the null level.</param>
/// <param name="Everything">Original against Retrains.</param>
public sealed record NullLevel(int Models, MarginGap Nothing, MarginGap Everything);

/// <summary>What a job of audits found: plain numbers, no model.</summary>
/// <param name="Spec">The job as it ran.</param>
/// <param name="Key">Its key; equal keys are equal results.</param>
/// <param name="Rows">Original (positive control), Retrain (negative control), then the methods in their order.</param>
/// <param name="Levels">How the null level of margins falls with the number of models, fewest first.</param>
/// <param name="ForgetCounts">For each class how many of its samples are forgotten.</param>
/// <param name="Origins">The kits and machines its models were made by, each once.</param>
public sealed record AuditResult(
    AuditSpec Spec, string Key, ValueList<AuditRow> Rows, ValueList<NullLevel> Levels, ValueList<int> ForgetCounts, ValueList<Provenance> Origins)
{
    // The share of Original's forget accuracy at which a set counts as known again.
    private const double Known = 0.95;

    /// <summary>Positive control: every audit must find it.</summary>
    public AuditRow Original => Rows[0];

    /// <summary>Negative control: no audit may find anything in it.</summary>
    public AuditRow Retrain => Rows[1];

    /// <summary>Whether every model was made by a kit that names its commit.</summary>
    public bool NamesCommits => Origins.All(origin => origin.NamesCommit);

    /// <summary>Where and when it was computed, in a sentence.</summary>
    public string Origin => Invariant($"audits of {Rows.Count - 2} methods: {Provenance.Words(Origins)}.");

    /// <summary>Forget accuracy at which the forget set counts as known again: 95 % of Original's; percent, once per repeat.</summary>
    public IReadOnlyList<double> Bars => [.. Original.ForgetAccuracy.Select(accuracy => Known * accuracy)];

    /// <summary>Anamnesis index of a row, once per repeat: steps to the bar over Retrain's; 1 is Retrain's, below it knowledge is left, NaN where a curve ends below.</summary>
    public IReadOnlyList<double> AnamnesisIndex(AuditRow row) =>
        [.. row.OnForget.Select((curve, i) => curve.AnamnesisIndex(Retrain.OnForget[i], Bars[i]))];

    /// <summary>The records of audits in a folder of records.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
    public static RecordShelf<AuditResult> Shelf(string folder, IProgress<string>? notice = null) =>
        new(folder, Path.Combine(folder, "audits"), result => result.Spec.Stage(), result => result.Key, notice);
}

/// <summary>How far margins of the forget samples are from those of retrained models; one number for each way to say so.</summary>
/// <param name="Binned">KLoM, nats: mean over samples.</param>
/// <param name="Gaussian">KL of fitted normal distributions, nats: median over samples, since a few with next to no spread would be all of a mean.</param>
/// <param name="Scaled">Wasserstein-1 in standard deviations of the retrained models: mean over samples.</param>
public sealed record MarginGap(double Binned, double Gaussian, double Scaled);

/// <summary>What every audit says of one kind of model: of Original, of Retrain, or of a method's.</summary>
/// <param name="Title">"Original", "Retrain" or the method's name.</param>
/// <param name="RelativeMembership">RMIA, once per seed of the audited model.</param>
/// <param name="LikelihoodRatio">U-LiRA over all shadows.</param>
/// <param name="Deviation">Mean over forget samples of |p - p under the Retrain of another seed|, p the probability of the true class; points, once per seed.</param>
/// <param name="Margins">Distance of margins from Retrain's, once per way to cut the Retrains into halves; of Retrain itself: from other Retrains.</param>
/// <param name="OnForget">Trained on with the forget set, once per repeat.</param>
/// <param name="OnRetain">Trained on with the retain set alone, once per repeat.</param>
/// <param name="Confusion">Confusion of the two classes on test images in percent, once per repeat.</param>
/// <param name="ZeroRetrain">ZRF, once per repeat.</param>
/// <param name="Seconds">Mean time to make one such model on the full training set.</param>
public sealed record AuditRow(
    string Title, ValueList<AttackCurve> RelativeMembership, LikelihoodRatio LikelihoodRatio, ValueList<double> Deviation, ValueList<MarginGap> Margins,
    ValueList<RelearnCurve> OnForget, ValueList<RelearnCurve> OnRetain, ValueList<double> Confusion, ValueList<double> ZeroRetrain, double Seconds)
{
    /// <summary>Accuracy on the forget set in percent, once per repeat.</summary>
    public IReadOnlyList<double> ForgetAccuracy => [.. OnForget.Select(curve => curve.Start)];

    /// <summary>Forget accuracy in percent after training on with the retain set alone, once per repeat.</summary>
    public IReadOnlyList<double> Recovered => [.. OnRetain.Select(curve => curve.End)];

    /// <summary>Optimizer steps on the forget set until accuracies are reached, once per repeat; NaN where one is not.</summary>
    /// <param name="accuracies">Percent, one per repeat.</param>
    public IReadOnlyList<double> StepsTo(IEnumerable<double> accuracies) =>
        [.. OnForget.Zip(accuracies, (curve, accuracy) => curve.StepsTo(accuracy) is { } steps ? steps : double.NaN)];
}

/// <summary>Makes the models of a job of audits, in the order of its plan, and hands them to every audit.</summary>
internal sealed class AuditRun(
    AuditSpec spec, EnsembleMember[][] members, Audited<LikelihoodRatio>[] shadows, RelearnAudit[][] relearned, Audited<double>[][] confused, Audited<double>[][] zeroRetrain)
{
    // Ways to cut the Retrains into a reference and a control; one alone is an accident of who is in which half.
    private const int Cuts = 10;

    /// <summary>Goes through all stages; what it returns reads them and audits.</summary>
    public static Func<AuditResult> Of(AuditSpec spec, Func<ExperimentSpec, Experiment> open)
    {
        Func<T[][]> All<T>(Func<ExperimentSpec, IReadOnlyList<ExperimentSpec>> of, Func<Experiment, Func<T>> ask)
        {
            var asked = spec.Experiments.Select(method => of(method).Select(each => ask(open(each))).ToArray()).ToArray();
            return () => [.. asked.Select(row => row.Select(read => read()).ToArray())];
        }

        var (members, shadows) = (All(spec.MembersOf, each => each.Member()), All(spec.ShadowsOf, each => each.Member()));
        var (relearned, confused) = (All(spec.RepeatsOf, each => each.Relearned(spec.Relearn)), All(spec.ConfusedOf, each => each.Confused()));
        var zeroRetrain = All(spec.RepeatsOf, each => each.ZeroRetrain(spec.Untrained));
        return () => new AuditRun(spec, members(), [.. shadows().Select(ShadowAudit.Of)], relearned(), confused(), zeroRetrain()).Result();
    }

    /// <summary>What can be made by itself, in the order of the plan.</summary>
    public static IReadOnlyList<(ExperimentSpec Spec, Action<Experiment> Make)> Parts(AuditSpec spec)
    {
        IEnumerable<(ExperimentSpec, Action<Experiment>)> Each(Func<ExperimentSpec, IReadOnlyList<ExperimentSpec>> of, Action<Experiment> make) => spec.Experiments.SelectMany(of).Select(each => (each, make));
        return
        [
            .. Each(spec.MembersOf, each => each.Member()), .. Each(spec.ShadowsOf, each => each.Member()), .. Each(spec.RepeatsOf, each => each.Relearned(spec.Relearn)),
            .. Each(spec.ConfusedOf, each => each.Confused()), .. Each(spec.RepeatsOf, each => each.ZeroRetrain(spec.Untrained)),
        ];
    }

    private AuditResult Result()
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

    private double Deviation(IReadOnlyList<double> margins, IReadOnlyList<double> retrain) =>
        100 * members[0][0].Splits.Forget.Average(row => Math.Abs(SpecialFunctions.Logistic(margins[row]) - SpecialFunctions.Logistic(retrain[row])));

    private NullLevel Level(int models)
    {
        DistributionMatch[] found = [.. Enumerable.Range(0, Cuts).Select(cut => Matches(method: 0, place: 0, cut, 2 * models))];
        return new NullLevel(models, Mean([.. found.Select(match => Gap(match, place: 1))]), Mean([.. found.Select(match => Gap(match, place: 0))]));
    }

    // One order for both lists: who is measured then shares no seed with the reference.
    private DistributionMatch Matches(int method, int place, int cut, int models)
    {
        int[] order = [.. new SeededStream(cut, "halves of the retrained models").Permutation(spec.Models).Take(models)];
        var forget = members[0][0].Splits.Forget;
        IReadOnlyList<double>[] Margins(int which) => [.. order.Select(i => EnsembleMember.Of(forget, Of(members[method][i], which)))];
        return DistributionMatch.Of(Margins(place), Margins(which: 1));
    }

    private static MarginGap Gap(DistributionMatch match, int place)
    {
        var found = place == 1 ? match.Null : match.Unlearned;
        return new MarginGap(found.Binned.Mean, found.Gaussian.Median, found.Scaled.Mean);
    }

    private static MarginGap Mean(MarginGap[] all) => new(all.Average(gap => gap.Binned), all.Average(gap => gap.Gaussian), all.Average(gap => gap.Scaled));

    private static IReadOnlyList<double> Of(EnsembleMember member, int place) => new[] { member.Original, member.Retrain, member.Unlearned }[place];
}
