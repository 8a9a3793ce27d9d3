using FaLW.Experiments;
using Spectre.Console;

namespace FaLW.Cli;

/// <summary>What a pilot decides: one row per method, one column per learning rate, the chosen one marked.</summary>
internal static class PilotTable
{
    public static void Write(IReadOnlyList<RunResult> results, Terminal terminal)
    {
        var rows = Pilot.Of(results);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Method");
        foreach (var rate in Tuned.Grid) table.AddColumn(new TableColumn(FormattableString.Invariant($"{rate}")).RightAligned());
        foreach (var method in rows.GroupBy(row => row.Title, StringComparer.Ordinal))
            table.AddRow([Markup.Escape(method.Key), .. method.Select(Cell)]);
        terminal.Write(table);
        terminal.Output.WriteLine("Average Gap to Retrain in points, with unseen images in place of test images; * is the smallest of a method.");
    }

    private static string Cell(Pilot row) => FormattableString.Invariant($"{row.ValidationGap:0.00}{(row.Chosen ? " *" : "")}");
}
