using FaLW.Figures;
using FaLW.Verdicts;

namespace FaLW.Plots;

/// <summary>What the reproduction report says, on its own page and in the notebooks' README.</summary>
internal static class ReproductionContent
{
    private const string Caption =
        "Diamonds: what the paper prints. Points with intervals: ours, coloured by verdict, at the largest scale that is recorded. Sizes can be compared at the paper's scale only; signs everywhere.";

    public static ReportContent Of(Reproduction found) => new(
        "What of the paper stands", "Every number and statement that is known of the FaLW paper, what this kit finds, and how sure that is.",
        "one row per claim and scale; nothing here is the paper's scale unless its row says so")
    {
        Findings = ReproductionTable.Findings(found),
        Tables =
        [
            ("statements", "What the paper says", ReproductionTable.Statements(found) with { Title = "" }),
            ("differences", "Differences", ReproductionTable.Differences(found) with { Title = "" }),
            ("numbers", "Single numbers", ReproductionTable.Numbers(found) with { Title = "" }),
            ("remarks", "What is to be known of the published numbers", ReproductionTable.Remarks()),
        ],
        Plates = [new("reproduction", ReproductionPlot.Of(found), Caption)],
        Notes =
        [
            FormattableString.Invariant($"Not run, contradicted, no difference detectable, same direction, reproduced follow from one rule (lib/FaLW/Verdicts/README.md): level {VerdictRule.Level}, Holm over each table at each scale, equivalence margins of {Measure.AverageGap.Margin} points of Average Gap and {Measure.Forget.Margin} of forget accuracy, or the printed standard deviation where that is larger."),
            "A smaller scale than the paper's has other images, fewer classes, a smaller network, another share and a cap: it can show the same direction at most, and its failure to show one refutes nothing.",
            "Published numbers come from notes on the paper; the full text was not at hand.",
        ],
        Meanings = [],
        SharedSettings = Scales(found),
        MethodSettings = SpecTable.PerMethod(found.Runs.Select(run => run.Spec)),
        Provenance = ProvenanceTable.Of(found.Runs),
    };

    /// <summary>The part of notebooks/README.md between its markers.</summary>
    public static string Page(Reproduction found) => string.Join('\n',
    [
        .. ReproductionTable.Findings(found).Select(sentence => $"- {sentence}"), "",
        "![What the paper prints, and what we find](images/reproduction.svg)", "", Caption, "",
        (ReproductionTable.Statements(found) with { Title = "" }).ToMarkdown(), (ReproductionTable.Differences(found) with { Title = "" }).ToMarkdown(),
        "<details><summary>Single numbers</summary>\n", (ReproductionTable.Numbers(found) with { Title = "" }).ToMarkdown(), ReproductionTable.Remarks().ToMarkdown(), "</details>",
    ]);

    private static Table Scales(Reproduction found) => new("", [new Column("scale") { Words = true }],
        [.. found.Rows.Where(row => row.HasResults).Select(ReproductionTable.Scale).Distinct(StringComparer.Ordinal).Select(words => new Row([new Cell(words)]))]);
}
