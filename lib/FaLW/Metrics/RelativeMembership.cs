using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>Margins of some samples under the audited model and under reference models.</summary>
/// <param name="Labels">True class of each sample.</param>
/// <param name="Target">Its margin under the audited model.</param>
/// <param name="References">For each reference model the margin of each sample.</param>
/// <exception cref="Fault">A list is longer or shorter than the labels.</exception>
public sealed record ReferencedMargins(IReadOnlyList<int> Labels, IReadOnlyList<double> Target, IReadOnlyList<IReadOnlyList<double>> References)
{
    /// <summary>Margin of each sample under the audited model.</summary>
    public IReadOnlyList<double> Target { get; } = AsMany(Labels, References.Prepend(Target));

    private static IReadOnlyList<double> AsMany(IReadOnlyList<int> labels, IEnumerable<IReadOnlyList<double>> models)
    {
        IReadOnlyList<double>[] all = [.. models];
        foreach (var model in all) Demand.Alike(labels.Count, model.Count, "Labels and margins");
        return all[0];
    }
}

/// <summary>
/// RMIA (Zarifzadeh, Liu and Shokri, ICML 2024, arXiv 2312.03262) in its offline form: is this sample more probable under the audited
/// model than under models that never saw it, compared with other samples? Works with one to four references, and retrained models of other
/// seeds are such references for the forget set. Here the other samples are of the <em>same class</em>, so that a
/// long-tailed forget set does not make class difficulty look like membership.
/// </summary>
/// <param name="Curve">Forget samples (as if members) against non-members; an area of 0.5 means that forgotten samples and those nobody trained on look alike.</param>
/// <param name="Groups">The same within head, middle and tail classes.</param>
/// <param name="MeanScore">Mean score of the forget samples, 0 to 1; near 0.5 for samples nobody trained on.</param>
public sealed record RelativeMembership(AttackCurve Curve, ValueList<GroupCurve> Groups, double MeanScore)
{
    /// <summary>
    /// Audits one model. No reference was trained on a sample; neither the model nor a reference was on non-members and population, no weighting looked at
    /// them (they are not the method's own unseen set), and none of the population is among the non-members.
    /// </summary>
    /// <exception cref="Fault">No reference was given, or a class has no population.</exception>
    public static RelativeMembership Of(
        ReferencedMargins forget, ReferencedMargins nonMembers, ReferencedMargins population, ClassGroups groups, double offset = 0.3, double gamma = 1)
    {
        double[] ours = Scores(forget, population, offset, gamma), others = Scores(nonMembers, population, offset, gamma);
        AttackCurve Within(Func<int, bool> wanted) => AttackCurve.Of(
            [.. ours.Where((_, i) => wanted(forget.Labels[i]))], [.. others.Where((_, i) => wanted(nonMembers.Labels[i]))]);
        return new RelativeMembership(Within(_ => true), AttackCurve.Within(groups, Within), Means.Mean(ours));
    }

    /// <summary>
    /// For each sample the share of same-class population samples whose ratio it beats by the factor gamma (1 in the published code), equal ratios counting
    /// half; 0 to 1, NaN where a margin is NaN. The offset is a of the offline form, 0 to 1: by how much training on a sample raises its probability; 0.3 in
    /// the published code.
    /// </summary>
    /// <exception cref="Fault">No reference was given, or a class has no population.</exception>
    public static double[] Scores(ReferencedMargins samples, ReferencedMargins population, double offset = 0.3, double gamma = 1)
    {
        if (samples.References.Count == 0 || samples.References.Count != population.References.Count)
            throw new Fault("RMIA needs at least one reference model, the same for all samples; train Retrain with another seed.");
        Demand.Shares([offset], "Offsets of RMIA");
        Demand.Positive(gamma, "The factor of RMIA");
        var byClass = population.Labels.Zip(Ratios(population, offset)).ToLookup(pair => pair.First, pair => pair.Second);
        return [.. Ratios(samples, offset).Select((ratio, i) => Beaten(ratio / gamma, byClass, samples.Labels[i]))];
    }

    private static double Beaten(double ratio, ILookup<int, double> byClass, int label) => byClass.Contains(label)
        ? byClass[label].Average(other => double.IsNaN(ratio + other) ? double.NaN : ratio > other ? 1 : ratio == other ? 0.5 : 0)
        : throw new Fault(Invariant($"RMIA compares a sample with others of its class, but class {label} has no population sample; use an image set that tests every class."));

    private static double[] Ratios(ReferencedMargins samples, double offset) => [.. samples.Target.Select((margin, i) =>
        Probability(margin) / ((1 + offset) / 2 * samples.References.Average(model => Probability(model[i])) + (1 - offset) / 2))];

    private static double Probability(double margin) => 1 / (1 + Math.Exp(-margin));
}
