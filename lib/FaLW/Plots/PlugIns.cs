using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Studies;

namespace FaLW.Plots;

/// <summary>Hard against soft weights, carried by methods that move a whole network.</summary>
public static class PlugInTable
{
    /// <summary>Means over the seeds, one row per method and kind of weights.</summary>
    /// <param name="task">What was to be cancelled.</param>
    /// <param name="rows">Every method, hard and soft, on every seed.</param>
    public static Table Of(SoftTask task, IEnumerable<PlugInRow> rows) => Table.Of($"Hard and soft weights in a perceptron: {task.Title}", rows.GroupBy(row => (row.Method, row.IsSoft)).OrderBy(group => group.Key.IsSoft).GroupBy(group => group.Key.Method, StringComparer.Ordinal).SelectMany(pair => pair),
        [
            new("carried by", group => group.Key.Method), new("weights", group => group.Key.IsSoft ? "soft" : "hard"), new("mean |ε|", group => 100 * group.Average(row => row.Moved), "%", 1),
            new(task.Title, group => group.MeanCell(row => row.Scores.Task), "", 3), new("gap of decisions", group => group.MeanCell(row => row.Scores.DecisionGap), "points", 1),
            new("gap of opportunity", group => group.MeanCell(row => row.Scores.OpportunityGap), "points", 1), new("utility loss", group => group.MeanCell(row => row.Scores.Utility), "nats", 1), new("accuracy", group => group.MeanCell(row => row.Scores.Accuracy), "%", 1),
        ], note: "Means over the seeds with 95 % t-intervals. Task and utility loss on the validation part, which also chose each setting; the rest on the test part.");

    /// <summary>Soft minus hard on the same seeds, and whether that is more than the draw: paired t-tests, corrected together by Holm.</summary>
    /// <param name="rows">Every method, hard and soft, on every seed.</param>
    public static Table Paired(IEnumerable<PlugInRow> rows)
    {
        var tests = (
            from method in rows.GroupBy(row => row.Method, StringComparer.Ordinal)
            from measure in new (string Name, Func<TableScores, double> Of)[] { ("utility loss, nats", s => s.Utility), ("accuracy, points", s => s.Accuracy), ("gap of decisions, points", s => s.DecisionGap) }
            let sides = method.OrderBy(row => row.Seed).ToLookup(row => row.IsSoft, row => measure.Of(row.Scores))
            select (Method: method.Key, Measure: measure.Name, Test: PairedTest.Of([.. sides[true]], [.. sides[false]]))).ToArray();
        var adjusted = Holm.Adjusted([.. tests.Select(t => t.Test.Student)]);
        return Table.Of("Soft minus hard, on the same seeds", tests.Zip(adjusted),
            [
                new("carried by", pair => pair.First.Method), new("measure", pair => pair.First.Measure),
                new("soft − hard", pair => pair.First.Test.Difference.ToCell()),
                new("p", pair => pair.First.Test.Student, "", 3), new("p (Holm)", pair => pair.Second, "", 3),
            ], note: Invariant($"Student's paired t-test over {tests[0].Test.Difference.Count} seeds; Holm over all rows of this table. Utility loss below 0 and accuracy above 0 speak for soft weights."));
    }

    /// <summary>What the authors' result files say of robustness, and what the same schemes give here; ours only where the table is the same.</summary>
    /// <param name="data">The table of ours, in lower case as published, e.g. "adult".</param>
    /// <param name="ours">For every seed Original, the hard and the soft scheme, in this order.</param>
    public static Table AgainstPublished(string data, IReadOnlyList<IReadOnlyList<TableScores>> ours)
    {
        var published = Published.Numbers.Where(number => number.Table == "robustness").GroupBy(number => (number.Data, number.Method)).ToArray();
        Cell Ours(IGrouping<(string Data, string Method), PublishedNumber> row, Func<TableScores, double> value) => row.Key.Data != data ? double.NaN
            : ours.Select(seed => seed[row.Key.Method == "before" ? 0 : row.Key.Method == "hard" ? 1 : 2]).MeanCell(value);
        double Of(IEnumerable<PublishedNumber> row, string metric) => row.Single(number => number.Metric == metric).Value;
        return Table.Of("Robustness of the last layer, published and ours", published,
            [
                new("table", row => row.Key.Data), new("scheme", row => row.Key.Method),
                new("published: accuracy", row => Of(row, "utility accuracy"), "%"), new("published: moved", row => Of(row, "robust accuracy"), "%"),
                new("ours: accuracy", row => Ours(row, s => s.Accuracy), "%"), new("ours: moved", row => Ours(row, s => s.MovedAccuracy), "%"),
            ], note: Invariant($"Published: one seed, from the authors' result files, not from the paper's tables. Ours: {ours.Count} seed{(ours.Count == 1 ? "" : "s")} with 95 % t-intervals, network and draw of our own."));
    }
}
