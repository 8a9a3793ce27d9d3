using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Runs that kept what their weighting did.</summary>
internal static class Weighted
{
    /// <summary>The first weighted method among the results.</summary>
    /// <exception cref="Fault">There is none, or the results are of different settings.</exception>
    public static MethodRuns Of(IEnumerable<RunResult> results) =>
        MethodRuns.OfOneSetting(results).FirstOrDefault(m => m.Runs.All(run => run.Log.Weights.Count > 0))
        ?? throw new Fault("None of these runs was weighted, so there are no weights to show. Give at least one run of a weighted method, for example FaLW.");

    /// <summary>Mean over seeds of the mean weight of the class of a rank (0 is the head) in an epoch (from 0).</summary>
    public static double Mean(MethodRuns method, int rank, int epoch) =>
        method.Runs.Average(run => run.Log.Weights[epoch].ClassMeans[Measures.HeadToTail(run)[rank]]);

    /// <summary>The same over the classes of several ranks, each class counting once.</summary>
    public static double Mean(MethodRuns method, int from, int to, int epoch) =>
        Enumerable.Range(from, to - from).Average(rank => Mean(method, rank, epoch));
}
