namespace FaLW.Experiments;

/// <summary>One line of a search: a method with one value of its decisive setting, usually the learning rate.</summary>
/// <param name="Title">The method.</param>
/// <param name="LearningRate">The value that was tried (<see cref="FaLW.Unlearning.Unlearner.Searched"/>).</param>
/// <param name="ValidationGap">Average Gap to Retrain with unseen images in place of test images, in points; mean over pilot seeds. NaN where the method diverged.</param>
/// <param name="Chosen">Whether this is the method's smallest.</param>
public sealed record Pilot(string Title, double LearningRate, double ValidationGap, bool Chosen)
{
    /// <summary>One row per method and rate, methods in their order, values ascending. The smaller value wins a tie.</summary>
    /// <param name="results">Results of a tuning study.</param>
    public static IReadOnlyList<Pilot> Of(IEnumerable<RunResult> results) =>
    [
        .. from result in results
           group result by result.Title into method
           from row in Rows(method.Key, method)
           select row,
    ];

    private static IEnumerable<Pilot> Rows(string title, IEnumerable<RunResult> results)
    {
        Pilot[] rows =
        [
            .. from result in results
               group result.ValidationGap by result.Spec.Unlearner.Searched into rate
               orderby rate.Key
               select new Pilot(title, rate.Key, rate.Average(), false),
        ];
        var best = rows.MinBy(row => row.ValidationGap);
        return rows.Select(row => row with { Chosen = row == best });
    }
}
