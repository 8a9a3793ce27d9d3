using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FaLW.Cli;

/// <summary>The table at the end of a run: Retrain first, then every method with its distance to Retrain in brackets; means over seeds.</summary>
internal static class ResultTable
{
    private static readonly (string Heading, Func<Scores, double> Of)[] Columns =
    [
        ("Forget", scores => scores.ForgetAccuracy),
        ("Retain", scores => scores.RetainAccuracy),
        ("Test", scores => scores.TestAccuracy),
        ("Membership", scores => scores.MembershipInference),
    ];

    public static void Write(IReadOnlyList<RunResult> results, Terminal terminal)
    {
        if (results.GroupBy(result => (result.Title, result.Spec.Seeds)).Any(cell => cell.Count() > 1))
        {
            terminal.Output.Write(Plots.ResultsTable.Of(results).Without("Mean |deviation|", "Class-balanced FA gap", "Steps", "Peak memory").ToText());
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Method");
        foreach (var (heading, _) in Columns) table.AddColumn(new TableColumn(heading).RightAligned());
        table.AddColumn(new TableColumn("Average Gap").RightAligned()).AddColumn(new TableColumn("Seconds").RightAligned());
        // Original and Retrain are the same for all methods of a seed; counting them once per method would make their spread look small.
        var seeds = results.DistinctBy(result => result.Spec.Seeds.Training).ToList();
        AddReference(table, "Retrain", seeds, result => result.Retrain, stage: "retrain", gap: "0");
        AddReference(table, "Original", seeds, result => result.Original, stage: "original", Words(seeds.Select(r => r.Original.AverageGap(r.Retrain))));
        table.AddEmptyRow();
        if (seeds.Select(result => result.NoiseFloor()).OfType<RunResult>().ToList() is { Count: > 0 } noise) AddMethod(table, noise);
        foreach (var method in results.GroupBy(result => result.Title, StringComparer.Ordinal)) AddMethod(table, [.. method]);
        terminal.Write(table);
        terminal.Output.WriteLine("Accuracy on forget, retain and test images and membership inference, in percent; in brackets the distance to Retrain in points. " +
            $"Average Gap is the mean of the four distances; 0 is best.{(seeds.Count > 1 ? " ±: half-width of the 95 % t-interval over seeds." : "")}");
    }

    private static void AddReference(
        Table table, string name, IReadOnlyList<RunResult> results, Func<RunResult, Scores> scores, string stage, string gap) =>
        table.AddRow([name, .. Columns.Select(column => Words(results.Select(r => column.Of(scores(r))))), gap, Seconds(results, stage)]);

    private static void AddMethod(Table table, IReadOnlyList<RunResult> runs) => table.AddRow(
    [
        Markup.Escape(runs[0].Title),
        .. Columns.Select(column => FormattableString.Invariant(
            $"{runs.Average(r => column.Of(r.Unlearned)):0.00} ({runs.Average(r => column.Of(r.Unlearned) - column.Of(r.Retrain)):+0.00;-0.00;0.00})")),
        Words(runs.Select(r => r.AverageGap)),
        Seconds(runs, "unlearned"),
    ]);

    private static string Seconds(IEnumerable<RunResult> runs, string stage) => FormattableString.Invariant(
        $"{runs.Average(r => r.Times.First(t => t.Stage == stage).Seconds):0.0}");

    private static string Words(IEnumerable<double> values)
    {
        var over = Statistics.Over(values);
        return double.IsNaN(over.HalfWidth) ? FormattableString.Invariant($"{over.Mean:0.00}") : FormattableString.Invariant($"{over.Mean:0.00} ± {over.HalfWidth:0.00}");
    }
}
