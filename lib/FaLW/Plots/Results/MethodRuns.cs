using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>The runs of one method over its seeds, and what tables and figures read from them.</summary>
internal sealed record MethodRuns(string Title, ValueList<RunResult> Runs)
{
    /// <summary>The results by setting and method, in the order of first appearance; the title says the setting where there are several, and the variant where a method has several.</summary>
    /// <exception cref="Fault">There is none.</exception>
    public static IReadOnlyList<MethodRuns> Of(IEnumerable<RunResult> results) =>
        [.. Setting.Groups(results).SelectMany(group => group.Runs.GroupBy(r => r.Title, StringComparer.Ordinal).SelectMany(Variants).Select(method => method with { Title = method.Title + group.Mark }))];

    /// <summary>The results setting by setting, what chance alone changes first, then the methods as <see cref="Of"/> names them.</summary>
    /// <exception cref="Fault">There is none.</exception>
    public static IEnumerable<IReadOnlyList<MethodRuns>> BySetting(IReadOnlyCollection<RunResult> results)
    {
        var (methods, noise) = (Of(results), Noise(results));
        return Setting.Groups(results).Select(group => noise.Concat(methods).Where(each => Setting.Of(each.Runs[0].Spec) == Setting.Of(group.Runs[0].Spec)).ToArray());
    }

    /// <summary>As <see cref="Of"/>, for what makes sense on one setting only.</summary>
    /// <exception cref="Fault">There is none, or they are not of one setting.</exception>
    public static IReadOnlyList<MethodRuns> OfOneSetting(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var groups = Setting.Groups(all);
        return groups.Count == 1 ? Of(all) : throw new Fault(
            $"This compares methods on one setting, but these results have {groups.Count}: {string.Join("; ", groups.Select(group => Setting.Of(group.Runs[0].Spec).Words + group.Mark))}. Show them apart.");
    }

    // One method with several settings is several rows, each named by its own settings; where these are its budget alone, by what tells it from the others.
    private static IEnumerable<MethodRuns> Variants(IGrouping<string, RunResult> method)
    {
        var groups = method.GroupBy(r => CanonicalJson.Text(CanonicalJson.Node(r.Spec.Method)), StringComparer.Ordinal).ToArray();
        if (groups.Length == 1) return [new MethodRuns(method.Key, method.ToValueList())];
        return groups.GroupBy(g => g.First().Label, StringComparer.Ordinal).SelectMany(label =>
        {
            var marks = SpecLeaves.Marks([.. label.Select(g => SpecLeaves.Of(g.First().Spec))], _ => true);
            return label.Select((g, i) => new MethodRuns(label.Key + marks[i], g.ToValueList()));
        });
    }

    /// <summary>One result per pair of data and training: Retrain and Original are the same for every method.</summary>
    public static IReadOnlyList<RunResult> References(IEnumerable<RunResult> results) =>
        [.. results.DistinctBy(r => (r.Spec.Data, r.Spec.Training, r.Spec.Network, r.Spec.Seeds.Training))];

    /// <summary>Retrain of another seed in the place of a method, where results know it: every distance it shows is noise. Empty where they do not.</summary>
    public static IReadOnlyList<MethodRuns> Noise(IEnumerable<RunResult> results) => results.ToArray() is { Length: > 0 } all
        ? [.. Setting.Groups(all).Select(group => new MethodRuns(RetrainControl.Title + group.Mark, References(group.Runs).Select(r => r.NoiseFloor()).OfType<RunResult>().ToValueList())).Where(noise => noise.Runs.Count > 0)]
        : [];

    /// <summary>A sentence on that row for the note under a table or figure, with a blank before it; empty without one.</summary>
    public static string NoiseNote(IEnumerable<RunResult> results) =>
        (results.Any(r => r.Reference == ReweightedRetrain.Title) ? $" {ReweightedRetrain.Meaning}" : "")
        + (Noise(results).Count == 0 ? "" : $" {RetrainControl.Title}: what chance alone changes on the same images; no method can be shown to be nearer to Retrain than this.");

    /// <summary>A distance that chance alone makes, for a note under differences, with a blank before it: " Two Retrains of different seeds differ by 1.20 points of Average Gap."</summary>
    public static string NoiseNote(IEnumerable<RunResult> results, string name, Func<RunResult, double> distance) => Noise(results) is [var noise]
        ? string.Create(CultureInfo.InvariantCulture, $" Two Retrains of different seeds differ by {noise.Over(distance).Mean:F2} points of {name}.")
        : "";

    /// <summary>Whether this is the other Retrain and no method.</summary>
    public bool IsNoise => Runs[0].IsNoise;

    /// <summary>Whether this is a Retrain of any kind and no method.</summary>
    public bool IsReference => Runs[0].Reference is not null;

    /// <summary>Mean and 95 % interval over the runs.</summary>
    public Estimate Over(Func<RunResult, double> number) => Statistics.Over(Runs.Select(number));
}
