using FaLW.Unlearning;

namespace FaLW.Experiments;

/// <summary>What the pilot study decides: for every method the learning rate with the smallest validation gap.</summary>
/// <param name="Title">The method.</param>
/// <param name="LearningRate">The rate that was tried.</param>
/// <param name="ValidationGap">Average Gap to Retrain with unseen images in place of test images, in points; mean over pilot seeds.</param>
/// <param name="Chosen">Whether this is the method's smallest.</param>
public sealed record Pilot(string Title, double LearningRate, double ValidationGap, bool Chosen)
{
    /// <summary>One row per method and rate, methods in their order, rates ascending. The smaller rate wins a tie.</summary>
    /// <param name="results">Results of the pilot study.</param>
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
               group result.ValidationGap by RateOf(result.Spec.Unlearner) into rate
               orderby rate.Key
               select new Pilot(title, rate.Key, rate.Average(), false),
        ];
        var best = rows.MinBy(row => row.ValidationGap);
        return rows.Select(row => row with { Chosen = row == best });
    }

    private static double RateOf(Unlearner unlearner) => unlearner switch
    {
        GradientUnlearner method => method.LearningRate,
        SaliencyMask method => method.Host.LearningRate,
        _ => throw new ArgumentException($"{unlearner.Title} has no learning rate to choose.", nameof(unlearner)),
    };
}
