using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Figures;

/// <summary>The runs of one method over its seeds, and what tables and figures read from them.</summary>
internal sealed record MethodRuns(string Title, ValueList<RunResult> Runs)
{
    /// <summary>The results by method, in the order of first appearance.</summary>
    /// <exception cref="Fault">There is none, or they are not of one setting.</exception>
    public static IReadOnlyList<MethodRuns> Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        if (all.Length == 0) throw new Fault("There is no result to show. Run a study first, for example: falw run main --scale smoke.");
        var settings = all.Select(r => Setting.Of(r.Spec)).Distinct().ToArray();
        if (settings.Length > 1)
            throw new Fault($"One table compares methods on one setting, but these results have {settings.Length}: {string.Join("; ", settings.Select(s => s.Words))}. Show them apart.");
        return [.. all.GroupBy(r => r.Title, StringComparer.Ordinal).SelectMany(Variants)];
    }

    // One method with several settings is several rows, each named by what tells it from the others.
    private static IEnumerable<MethodRuns> Variants(IGrouping<string, RunResult> method)
    {
        var groups = method.GroupBy(r => (r.Spec.Unlearner, r.Spec.Weighting)).ToArray();
        IReadOnlyDictionary<string, string>[] leaves = [.. groups.Select(g => SpecLeaves.Of(g.First().Spec))];
        var telling = SpecLeaves.Names(leaves).Where(n => !SpecLeaves.IsSeed(n) && SpecLeaves.Differs(leaves, n)).ToArray();
        return groups.Select((g, i) => new MethodRuns(
            string.Join(", ", telling.Select(n => $"{n.Split('.')[^1]} {SpecLeaves.Value(leaves[i], n)}").Prepend(method.Key)), g.ToValueList()));
    }

    /// <summary>One result per pair of data and training: Retrain and Original are the same for every method.</summary>
    public static IReadOnlyList<RunResult> References(IEnumerable<RunResult> results) =>
        [.. results.DistinctBy(r => (r.Spec.Data, r.Spec.Training, r.Spec.Network, r.Spec.Seeds.Training))];

    /// <summary>Retrain of another seed in the place of a method, where results know it: every distance it shows is noise. Empty where they do not.</summary>
    public static IReadOnlyList<MethodRuns> Noise(IEnumerable<RunResult> results) =>
        References(results).Select(r => r.NoiseFloor()).OfType<RunResult>().ToValueList() is { Count: > 0 } runs ? [new(RetrainControl.Title, runs)] : [];

    /// <summary>A sentence on that row for the note under a table or figure, with a blank before it; empty without one.</summary>
    public static string NoiseNote(IEnumerable<RunResult> results) => Noise(results).Count == 0 ? ""
        : $" {RetrainControl.Title}: what chance alone changes on the same images; no method can be shown to be nearer to Retrain than this.";

    /// <summary>A distance that chance alone makes, for a note under differences, with a blank before it: " Two Retrains of different seeds differ by 1.20 points of Average Gap."</summary>
    public static string NoiseNote(IEnumerable<RunResult> results, string name, Func<RunResult, double> distance) => Noise(results) is [var noise]
        ? string.Create(CultureInfo.InvariantCulture, $" Two Retrains of different seeds differ by {noise.Over(distance).Mean:F2} points of {name}.")
        : "";

    /// <summary>Whether this is the other Retrain and no method.</summary>
    public bool IsNoise => Runs[0].IsNoise;

    /// <summary>Mean and 95 % interval over the runs.</summary>
    public Estimate Over(Func<RunResult, double> number) => Statistics.Over(Runs.Select(number));
}
