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
    /// <summary>Audits one model.</summary>
    /// <param name="forget">Forget samples; no reference was trained on them.</param>
    /// <param name="nonMembers">Samples neither the model nor a reference was trained on, and that no weighting looked at: not its own unseen set.</param>
    /// <param name="population">More such samples to compare with, none of them in <paramref name="nonMembers"/>.</param>
    /// <param name="groups">Head, middle and tail classes.</param>
    /// <param name="offset">a of the offline form, 0 to 1: by how much training on a sample raises its probability; 0.3 in the published code.</param>
    /// <param name="gamma">By which factor the sample must beat the other; 1 in the published code.</param>
    /// <exception cref="Fault">No reference was given, or a class has no population.</exception>
    public static RelativeMembership Of(
        ReferencedMargins forget, ReferencedMargins nonMembers, ReferencedMargins population, ClassGroups groups, double offset = 0.3, double gamma = 1)
    {
        double[] ours = Scores(forget, population, offset, gamma), others = Scores(nonMembers, population, offset, gamma);
        AttackCurve Within(ValueList<int> classes) => AttackCurve.Of(Only(classes, ours, forget.Labels), Only(classes, others, nonMembers.Labels));
        return new RelativeMembership(
            AttackCurve.Of(ours, others),
            [new(nameof(groups.Head), Within(groups.Head)), new(nameof(groups.Middle), Within(groups.Middle)), new(nameof(groups.Tail), Within(groups.Tail))],
            ours.DefaultIfEmpty(double.NaN).Average());
    }

    /// <summary>For each sample the share of same-class population samples it beats by the factor, equal ratios counting half; 0 to 1, NaN where a margin is NaN.</summary>
    /// <param name="samples">The samples to score.</param>
    /// <param name="population">The samples to compare with.</param>
    /// <param name="offset">a of the offline form, 0 to 1.</param>
    /// <param name="gamma">The factor, positive.</param>
    /// <exception cref="Fault">No reference was given, or a class has no population.</exception>
    public static double[] Scores(ReferencedMargins samples, ReferencedMargins population, double offset = 0.3, double gamma = 1)
    {
        if (samples.References.Count == 0 || samples.References.Count != population.References.Count)
            throw new Fault("RMIA needs at least one reference model, the same for all samples; train Retrain with another seed.");
        Demand.Shares([offset], "Offsets of RMIA");
        Demand.Above(0, gamma, "The factor of RMIA");
        var others = Ratios(population, offset);
        var byClass = Enumerable.Range(0, others.Length).GroupBy(i => population.Labels[i], i => others[i]).ToDictionary(group => group.Key, group => group.ToArray());
        return [.. Ratios(samples, offset).Select((ratio, i) => Beaten(ratio / gamma, byClass, samples.Labels[i]))];
    }

    private static double Beaten(double ratio, Dictionary<int, double[]> byClass, int label) => byClass.TryGetValue(label, out var others)
        ? others.Average(other => double.IsNaN(ratio + other) ? double.NaN : ratio > other ? 1 : ratio == other ? 0.5 : 0)
        : throw new Fault(FormattableString.Invariant($"RMIA compares a sample with others of its class, but class {label} has no population sample; use an image set that tests every class."));

    private static double[] Ratios(ReferencedMargins samples, double offset) => [.. samples.Target.Select((margin, i) =>
        Probability(margin) / ((1 + offset) / 2 * samples.References.Average(model => Probability(model[i])) + (1 - offset) / 2))];

    private static double Probability(double margin) => 1 / (1 + Math.Exp(-margin));

    private static double[] Only(ValueList<int> classes, double[] scores, IReadOnlyList<int> labels) => [.. scores.Where((_, i) => classes.Contains(labels[i]))];
}
