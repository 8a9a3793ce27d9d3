using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>Results read as a crossing: which method carries, which weighting it carries.</summary>
internal sealed class Crossing
{
    private readonly ILookup<(string Carrier, string Weighting), RunResult> cells;

    /// <summary>The crossing of results of one setting, in the order of first appearance.</summary>
    public Crossing(IEnumerable<RunResult> results)
    {
        RunResult[] all = [.. MethodRuns.OfOneSetting(results).SelectMany(method => method.Runs)];
        cells = all.ToLookup(run => (run.Spec.Unlearner.Title, Plain(run.Spec.Weighting.Title)));
        Setting = Plots.Setting.Of(all[0].Spec).Words;
        Carriers = [.. cells.Select(cell => cell.Key.Carrier).Distinct()];
        Weightings = [.. cells.Select(cell => cell.Key.Weighting).Distinct()];
    }

    public string Setting { get; }

    public IReadOnlyList<string> Carriers { get; }

    public IReadOnlyList<string> Weightings { get; }

    /// <summary>Over the seeds; NaN where the pair was not run.</summary>
    public Estimate Of(string carrier, string weighting, Func<RunResult, double> number) => Statistics.Over(cells[(carrier, weighting)].Select(number));

    /// <summary>What the weight changes on its carrier, seed by seed; NaN where there is no run without it.</summary>
    public Estimate Change(string carrier, string weighting, Func<RunResult, double> number)
    {
        var plain = cells[(carrier, None)].ToDictionary(run => run.Spec.Seeds, number);
        return Statistics.Over(cells[(carrier, weighting)].Where(run => plain.ContainsKey(run.Spec.Seeds)).Select(run => number(run) - plain[run.Spec.Seeds]));
    }

    /// <summary>The row of methods as they are.</summary>
    public const string None = "no weight";

    private static string Plain(string title) => title == "Uniform" ? None : title;
}
