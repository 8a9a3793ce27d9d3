using FaLW.Experiments;
using Spectre.Console;

namespace FaLW.Cli;

/// <summary>What a pilot decides: one row per method, one column per learning rate, the chosen one marked.</summary>
internal static class PilotTable
{
    public const string Legend =
        "Average Gap to Retrain in points, with unseen images in place of test images; * is the smallest of a method; – is not tried, or diverged on a seed.";

    public static void Write(IReadOnlyList<RunResult> results, Terminal terminal)
    {
        var rows = Pilot.Of(results);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Method");
        double[] rates = [.. rows.Select(row => row.LearningRate).Distinct().Order()];
        foreach (var rate in rates)
            table.AddColumn(new TableColumn(FormattableString.Invariant($"{rate}")).RightAligned());
        foreach (var method in rows.GroupBy(row => row.Title, StringComparer.Ordinal))
            table.AddRow([Markup.Escape(method.Key), .. rates.Select(rate => Cell(method.FirstOrDefault(row => row.LearningRate.Equals(rate))))]);
        terminal.Write(table);
        terminal.Output.WriteLine(Legend);
    }

    /// <summary>The same as comma-separated values, one line per method and rate.</summary>
    public static string Csv(IReadOnlyList<RunResult> results) => string.Concat(
        Pilot.Of(results).Select(row => FormattableString.Invariant($"{row.Title},{row.LearningRate},{row.ValidationGap:R},{(row.Chosen ? "yes" : "no")}\n"))
            .Prepend("method,learning_rate,validation_gap,chosen\n"));

    private static string Cell(Pilot? row) => row is null || double.IsNaN(row.ValidationGap) ? "–" : FormattableString.Invariant($"{row.ValidationGap:0.00}{(row.Chosen ? " *" : "")}");
}
