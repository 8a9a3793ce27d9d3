namespace FaLW.Experiments;

/// <summary>One line of a search: a method with one value of its decisive setting, usually the learning rate.</summary>
/// <param name="Title">The method.</param>
/// <param name="LearningRate">The value that was tried (<see cref="FaLW.Unlearning.Unlearner.Searched"/>).</param>
/// <param name="ValidationGap">Average Gap to Retrain with unseen images in place of test images, in points; mean over pilot seeds. NaN where the method diverged on any of them.</param>
/// <param name="Chosen">Whether this is the method's smallest.</param>
public sealed record Pilot(string Title, double LearningRate, double ValidationGap, bool Chosen)
{
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
               select new Pilot(title, rate.Key, complete ? rate.Average(result => result.ValidationGap) : double.NaN, false),
        ];
        var best = rows.Where(row => double.IsFinite(row.ValidationGap)).MinBy(row => row.ValidationGap);
        return rows.Select(row => row with { Chosen = row == best });
    }

    private static int Seed(RunResult result) => result.Spec.Seeds.Unlearning;
}
