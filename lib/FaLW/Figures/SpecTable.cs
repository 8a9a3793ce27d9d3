using System.Text.Json.Nodes;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Figures;

/// <summary>Settings as a table, read from the specs themselves, so that nothing that changes a number can be left out.</summary>
public static class SpecTable
{
    private const string Missing = "–";

    /// <summary>What all experiments share: one row per setting.</summary>
    /// <param name="specs">Specs of any number of methods and seeds.</param>
    public static Table Shared(IEnumerable<ExperimentSpec> specs)
    {
        var all = specs.Select(Leaves).ToArray();
        var rows = Names(all).Where(n => Values(all, n).Count == 1).Select(n => new Row([new Cell(n), new Cell(all[0][n])]));
        return new Table("Settings shared by all runs", [Words("Setting"), Words("Value")], rows.ToValueList());
    }

    /// <summary>What tells the methods apart: one row per setting, one column per method; seeds are left out.</summary>
    /// <param name="specs">Specs of any number of methods and seeds.</param>
    public static Table PerMethod(IEnumerable<ExperimentSpec> specs)
    {
        var methods = specs.DistinctBy(s => s.Title).Select(s => (s.Title, Leaves: Leaves(s))).ToArray();
        Dictionary<string, string>[] all = [.. methods.Select(m => m.Leaves)];
        var differing = Names(all).Where(n => !IsSeed(n) && Values(all, n).Count > 1);
        return new Table(
            "Settings of each method",
            [Words("Setting"), .. methods.Select(m => Words(m.Title))],
            differing.Select(n => new Row([new Cell(n), .. all.Select(l => new Cell(l.GetValueOrDefault(n, Missing)))])).ToValueList());
    }

    private static Column Words(string title) => new(title) { Words = true };

    private static bool IsSeed(string name) => name is "Data.Seed" || name.StartsWith("Seeds.", StringComparison.Ordinal);

    private static IEnumerable<string> Names(IEnumerable<Dictionary<string, string>> all) => all.SelectMany(l => l.Keys).Distinct(StringComparer.Ordinal);

    private static HashSet<string> Values(IEnumerable<Dictionary<string, string>> all, string name) =>
        all.Select(l => l.GetValueOrDefault(name, Missing)).ToHashSet(StringComparer.Ordinal);

    private static Dictionary<string, string> Leaves(ExperimentSpec spec)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(CanonicalJson.Node(spec), "", leaves);
        return leaves;
    }

    // A type's name is the value of the whole; settings of a host stand where methods without a host have theirs.
    private static string Joined(string path, string name) =>
        name is "$type" or "Host" ? path : path.Length == 0 ? name : $"{path}.{name}";

    private static void Collect(JsonNode? node, string path, Dictionary<string, string> leaves)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members) Collect(value, Joined(path, name), leaves);
            return;
        }
        leaves[path] = node is JsonArray items ? items.Count == 0 ? Missing : string.Join(", ", items.Select(i => i?.ToString())) : node?.ToString() ?? Missing;
    }
}
