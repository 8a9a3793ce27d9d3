using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What a search tried and what each method gets.</summary>
public static class SearchTable
{
    /// <summary>One row per method: the value it gets, the gap there, and every value with its gap. Test images have no say in any of them.</summary>
    /// <param name="pilots">The rows of a search.</param>
    public static Table Of(IEnumerable<Pilot> pilots) => new(
        "What the search found",
        [
            new Column("Method") { Words = true },
            new Column("value", "", 4) { Meaning = "The value each method gets: its learning rate, where it takes gradient steps." },
            new Column("gap", "points") { Meaning = "Average Gap to Retrain at that value, with unseen images in place of test images; mean over pilot seeds." },
            new Column("steps", "", 0) { Meaning = $"Optimizer steps of one run. {Tuning.EqualBudget}" },
            new Column("tried: value → gap") { Words = true },
        ],
        [.. pilots.GroupBy(row => row.Title, StringComparer.Ordinal).Select(Method)])
    { Note = $"Gap: Average Gap to Retrain in points. –: diverged on a pilot seed. s: suppressed on a pilot seed. Rule: {Tuning.SmallestValidationGap} Budget: {Tuning.EqualBudget}" };

    private static Row Method(IGrouping<string, Pilot> tried)
    {
        var chosen = tried.FirstOrDefault(row => row.Chosen);
        var searched = tried.Any(row => double.IsFinite(row.LearningRate));
        return new Row(
        [
            new Cell(tried.Key), chosen is not null && searched ? new Cell(FormattableString.Invariant($"{chosen.LearningRate:0.######}"), chosen.LearningRate) : new Cell("–"),
            Cell.Of(chosen?.ValidationGap ?? double.NaN), Cell.Of(tried.Max(row => row.Steps) is var steps and > 0 ? steps : double.NaN),
            new Cell(searched ? string.Join(", ", tried.OrderBy(row => row.LearningRate).Select(Words)) : "nothing to search"),
        ]);
    }

    private static string Words(Pilot row) => double.IsNaN(row.ValidationGap)
        ? FormattableString.Invariant($"{row.LearningRate:0.######} → –")
        : FormattableString.Invariant($"{row.LearningRate:0.######} → {row.ValidationGap:0.0}{(row.Suppressed > 0 ? " s" : "")}");
}
