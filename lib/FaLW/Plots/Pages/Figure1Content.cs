using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What a report says after the paper's Figure 1: (a) class counts of random draws, which need labels alone; (b) where methods miss Retrain, of runs that are there.</summary>
internal static class Figure1Content
{
    private const double Share = 0.2;

    // Ours: the steepness of the request that stands beside the draws.
    private const double Gamma = 1;

    /// <summary>The page.</summary>
    /// <param name="capacity">Training images of each class.</param>
    /// <param name="results">Runs of one setting; there may be none.</param>
    /// <param name="title">The heading.</param>
    /// <param name="question">The question.</param>
    /// <param name="choices">What was chosen.</param>
    public static ReportContent Of(IReadOnlyList<int> capacity, IReadOnlyList<RunResult> results, string title, string question, string choices)
    {
        var content = results.Count > 0 ? ReportContent.Of(results, title, question, choices) : Empty(title, question, choices);
        var request = LongTail.Counts((int)Math.Round(Share * capacity.Sum()), Gamma, capacity);
        return content with
        {
            Tables = [("draws", "Class counts of random draws and of a long-tailed request", RandomDrawTable.Of(capacity, request)), .. content.Tables],
            Plates =
            [
                new("draws", RandomDrawPlot.Of(capacity, request), "(a) Class counts of repeated random draws of a fifth of CIFAR-100, and of a long-tailed request of the same size. Labels alone; nothing was trained."),
                .. content.Plates.Where(plate => plate.Name.StartsWith("deviation", StringComparison.Ordinal)).Select(plate => plate with { Caption = "(b) " + plate.Caption }),
            ],
        };
    }

    private static ReportContent Empty(string title, string question, string choices)
    {
        var none = new Table("", [new Column("Setting") { Words = true }, new Column("Value") { Words = true }], []);
        return new ReportContent(title, question, "CIFAR-100, labels")
        {
            Findings = [],
            Tables = [],
            Plates = [],
            Notes = [choices],
            Meanings = [],
            SharedSettings = none,
            MethodSettings = none,
            Provenance = none,
        };
    }
}
