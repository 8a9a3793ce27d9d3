using System.Globalization;
using System.Text.Json.Nodes;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>A spec as flat names and values, read from its JSON, so that nothing that changes a number can be left out.</summary>
internal static class SpecLeaves
{
    public const string Missing = "–";

    public static IReadOnlyDictionary<string, string> Of(ExperimentSpec spec)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(CanonicalJson.Node(spec), "", leaves);
        return leaves;
    }

    /// <summary>Names in the order of first appearance.</summary>
    public static IEnumerable<string> Names(IEnumerable<IReadOnlyDictionary<string, string>> all) =>
        all.SelectMany(l => l.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>True when the specs give this name more than one value.</summary>
    public static bool Differs(IEnumerable<IReadOnlyDictionary<string, string>> all, string name) =>
        all.Select(l => Value(l, name)).Distinct(StringComparer.Ordinal).Skip(1).Any();

    public static string Value(IReadOnlyDictionary<string, string> leaves, string name) => leaves.GetValueOrDefault(name, Missing);

    public static bool IsSeed(string name) => name is "Data.Seed" || name.StartsWith("Seeds.", StringComparison.Ordinal);

    /// <summary>What tells each of several specs from the others, to be written behind a name: ", γ 0.5, rate 0.1"; empty for a single one.</summary>
    /// <param name="all">Their leaves.</param>
    /// <param name="counts">Which names count; seeds never do.</param>
    public static IReadOnlyList<string> Marks(IReadOnlyList<IReadOnlyDictionary<string, string>> all, Func<string, bool> counts)
    {
        string[] telling = [.. Names(all).Where(n => counts(n) && !IsSeed(n) && Differs(all, n))];
        return [.. all.Select(leaves => string.Concat(telling.Select(n => ", " + Words(n, Value(leaves, n)))))];
    }

    // Names say themselves what they are.
    private static string Words(string name, string value) =>
        name is "Data.Benchmark" or "Network.Name" or "Unlearner" or "Weighting" or "Network" ? value : $"{Labels.ShortName(name.Split('.')[^1])} {Brief(value)}";

    // A third has sixteen digits in a key; in a name three tell it from its neighbours.
    private static string Brief(string value) => value.Length > 10 && double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number.ToString("G3", CultureInfo.InvariantCulture) : value;

    private static void Collect(JsonNode? node, string path, Dictionary<string, string> leaves)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members) Collect(value, Joined(path, name), leaves);
            return;
        }
        leaves[path] = node is JsonArray items ? items.Count == 0 ? Missing : string.Join(", ", items.Select(i => i?.ToString())) : node?.ToString() ?? Missing;
    }

    // A type's name is the value of the whole; settings of a host stand where methods without a host have theirs.
    private static string Joined(string path, string name) =>
        name is "$type" or "Host" ? path : path.Length == 0 ? name : $"{path}.{name}";
}
