using System.Text.Json.Serialization;
using FaLW.Experiments;

namespace FaLW.Studies;

/// <summary>One line of a search: a method with one value of its decisive setting, usually the learning rate.</summary>
/// <param name="Title">The method.</param>
/// <param name="LearningRate">The value that was tried (<see cref="FaLW.Unlearning.Unlearner.Searched"/>).</param>
/// <param name="ValidationGap">Average Gap to Retrain with unseen images in place of test images, in points; mean over pilot seeds. NaN where the method diverged on any of them.</param>
/// <param name="Chosen">Whether this is the value the method gets: the smallest gap of those that suppressed on no seed; where all did, the smallest gap of all, and the mark stays.</param>
public sealed record Pilot(string Title, double LearningRate, double ValidationGap, bool Chosen)
{
    /// <summary>On how many pilot seeds the value suppressed instead of forgetting (<see cref="RunResult.IsSuppressed"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Suppressed { get; init; }

    /// <summary>Optimizer steps of one run; 0 where nobody counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Steps { get; init; }

    /// <summary>One row per method and rate, methods in their order, values ascending. The smaller value wins a tie.</summary>
    /// <param name="results">Results of a tuning study. A seed that another value has and a value lacks is one it diverged on.</param>
    public static IReadOnlyList<Pilot> Of(IReadOnlyCollection<RunResult> results)
    {
        var seeds = results.Select(Seed).Distinct().Count();
        return [.. results.GroupBy(result => result.Title).SelectMany(method => Rows(method.Key, method, seeds))];
    }

    private static IEnumerable<Pilot> Rows(string title, IEnumerable<RunResult> results, int seeds)
    {
        Pilot[] rows =
        [
            .. from result in results
               group result by result.Spec.Unlearner.Searched into rate
               orderby rate.Key
               let complete = rate.Select(Seed).Distinct().Count() == seeds
               select new Pilot(title, rate.Key, complete ? rate.Average(result => result.ValidationGap) : double.NaN, false)
               {
                   Suppressed = rate.Count(result => result.IsSuppressed),
                   Steps = rate.Max(result => result.Log.Steps),
               },
        ];
        var best = Smallest(rows.Where(row => row.Suppressed == 0)) ?? Smallest(rows);
        return rows.Select(row => row with { Chosen = row == best });
    }

    private static Pilot? Smallest(IEnumerable<Pilot> rows) => rows.Where(row => double.IsFinite(row.ValidationGap)).MinBy(row => row.ValidationGap);

    private static int Seed(RunResult result) => result.Spec.Seeds.Unlearning;
}
