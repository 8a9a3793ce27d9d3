using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>
/// Every class by name, most forgotten first, and where each method misses Retrain in it, in points. Over several seeds the numbers are means with
/// 95 % t-intervals; how many images a class forgets can differ by seed.
/// </summary>
public static class ClassTable
{
    /// <summary>One row per method and class.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <param name="label">Only the method of this name, as tables write it ("FaLW, τ 0.3"); null for all.</param>
    /// <exception cref="Fault">There is no result, or none of that name; the sentence names those there are.</exception>
    public static Table Of(IEnumerable<RunResult> results, string? label = null)
    {
        var methods = MethodRuns.Of(results);
        Cell Paired((MethodRuns Method, RunResult First, int Class) row, Func<ClassRow, double> number) => row.Method.Paired(r => number(r.UnlearnedClasses[row.Class]), r => number(r.RetrainClasses[row.Class]));
        return Table.Of($"Class by class: {Setting.WordsOf(methods)}",
            Chosen.Methods(methods, label).SelectMany(method => Measures.HeadToTail(method.Runs[0]).Select(k => (Method: method, First: method.Runs[0], Class: k))),
            [
                new("Method", row => row.Method.Title), new("Class", row => row.First.Spec.Data.Benchmark.ClassName(row.Class)), new("Group", row => row.First.Groups.NameOf(row.Class)),
                new("Forgotten", row => row.First.ForgetCounts[row.Class], "", 0) { Meaning = "Forget samples of the class." },
                new("FA", row => Paired(row, k => k.ForgetAccuracy), "%", 1) { Meaning = "Forget accuracy of the class under the method; in brackets its distance to Retrain's." },
                new("Δp", row => row.Method.Cell(r => Measures.Deviation(r, [row.Class])), "points", 1) { Meaning = "Mean over the class's forget samples of p(true class) under the method minus under Retrain." },
                new("RA", row => Paired(row, k => k.RetainAccuracy), "%", 1) { Meaning = "Accuracy on the class's retained samples; in brackets the distance to Retrain's." },
                new("TA", row => Paired(row, k => k.TestAccuracy), "%", 1) { Meaning = "Accuracy on the class's test samples; in brackets the distance to Retrain's." },
            ], note: "Positive: under-forgotten, negative: over-forgotten; zero is Retrain. Group and count are those of the first seed.");
    }
}

/// <summary>Forget samples one by one, those furthest from Retrain first: probability of the true class under each model, and the distance, in points.</summary>
public static class SampleTable
{
    /// <summary>One row per method, seed and forget sample.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <param name="label">Only the method of this name, as tables write it; null for all.</param>
    /// <param name="most">Rows at most, at least 1; the note says how many there were.</param>
    /// <exception cref="Fault">There is no result, or none of that name; the sentence names those there are.</exception>
    public static Table Of(IEnumerable<RunResult> results, string? label = null, int most = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var methods = MethodRuns.Of(results);
        var all =
            (from method in Chosen.Methods(methods, label)
             from run in method.Runs
             from item in run.Samples.Index()
             select (method.Title, Run: run, Sample: item.Item, Weight: run.Log.LastWeights.Count > item.Index ? run.Log.LastWeights[item.Index] : double.NaN)).ToArray();
        return Table.Of($"Forget samples, furthest from Retrain first: {Setting.WordsOf(methods)}",
            all.OrderByDescending(row => Math.Abs(row.Sample.Deviation)).ThenBy(row => row.Sample.Row).Take(most),
            [
                new("Method", row => row.Title), new("Seed", row => row.Run.Spec.Data.Seed, "", 0), new("Image", row => row.Sample.Row, "", 0) { Meaning = "Its row in the image set." },
                new("Class", row => row.Run.Spec.Data.Benchmark.ClassName(row.Sample.Class)), new("Group", row => row.Run.Groups.NameOf(row.Sample.Class)),
                new("p Original", row => 100 * row.Sample.Original, "%", 1) { Meaning = "Probability of the true class under Original." },
                new("p Retrain", row => 100 * row.Sample.Retrain, "%", 1) { Meaning = "Probability of the true class under Retrain." },
                new("p Method", row => 100 * row.Sample.Unlearned, "%", 1) { Meaning = "Probability of the true class under Method." },
                new("Deviation", row => 100 * row.Sample.Deviation, "points", 1) { Meaning = "p under the method minus p under Retrain." },
                new("Last weight", row => row.Weight) { Meaning = "The weight it was given last; a dash where forget samples were not weighted." },
            ], note: Invariant($"{Math.Min(most, all.Length)} of {all.Length}. Positive: under-forgotten, negative: over-forgotten; zero is Retrain."));
    }
}

/// <summary>What a reader asked to see of many rows.</summary>
internal static class Chosen
{
    public static IReadOnlyList<MethodRuns> Methods(IReadOnlyList<MethodRuns> all, string? label)
    {
        MethodRuns[] found = [.. all.Where(method => label is null || method.Title == label || method.Runs[0].Label == label)];
        return found.Length > 0 ? found : throw new Fault(
            $"There is no method \"{label}\" among these results; there are {string.Join("; ", all.Select(method => method.Title).Distinct(StringComparer.Ordinal))}.");
    }
}
