using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Settings as a table, read from the specs themselves.</summary>
public static class SpecTable
{
    /// <summary>What all experiments share: one row per setting.</summary>
    /// <param name="specs">Specs of any number of methods and seeds.</param>
    public static Table Shared(IEnumerable<ExperimentSpec> specs)
    {
        var all = specs.Select(SpecLeaves.Of).ToArray();
        var rows = SpecLeaves.Names(all).Where(n => all.All(l => l.ContainsKey(n)) && !SpecLeaves.Differs(all, n)).Select(n => new Row([new Cell(n), new Cell(all[0][n])]));
        return new Table("Settings shared by all runs", [Words("Setting"), Words("Value")], rows.ToValueList());
    }

    /// <summary>What tells the methods apart: one row per setting, one column per method; seeds are left out.</summary>
    /// <param name="specs">Specs of any number of methods and seeds.</param>
    public static Table PerMethod(IEnumerable<ExperimentSpec> specs)
    {
        var methods = specs.DistinctBy(s => s.Label).GroupBy(s => s.Title).SelectMany(title => title.Select(s => (Title: title.Skip(1).Any() ? s.Label : s.Title, Leaves: SpecLeaves.Of(s)))).ToArray();
        IReadOnlyDictionary<string, string>[] all = [.. methods.Select(m => m.Leaves)];
        var differing = SpecLeaves.Names(all).Where(n => !SpecLeaves.IsSeed(n) && SpecLeaves.Differs(all, n));
        return new Table(
            "Settings of each method",
            [Words("Setting"), .. methods.Select(m => Words(m.Title))],
            differing.Select(n => new Row([new Cell(n), .. all.Select(l => new Cell(SpecLeaves.Value(l, n)))])).ToValueList());
    }

    private static Column Words(string title) => new(title) { Words = true };
}
