using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaLW.Kernel.Snapshots;

/// <summary>
/// Much as little, such that it still differs where a word or a number does. Of many numbers: how many, from where to where, their
/// mean, and a mix: a sum in which each place has a weight of its own, so that one number that moves, or two that change places,
/// show. A hash of rounded numbers would not do: another processor's last digit can lie on the other side of any rounding.
/// </summary>
internal static partial class Digest
{
    // Fewer than this are written out.
    private const int Many = 13;
    private const int LongestWords = 400;
    private const int Digits = 4;
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>A figure of the Plotly kind: a line for each trace (its lists, and nothing of its style), one for all words, one for shapes.</summary>
    public static IEnumerable<string> OfFigure(JsonNode? figure)
    {
        foreach (var (trace, i) in (figure.At("data") as JsonArray ?? []).OfType<JsonObject>().Select((trace, i) => (trace, i)))
            yield return FormattableString.Invariant($"[{i}] {trace["type"]} \"{trace["name"]}\": {string.Join("; ", Lists(trace, "").Select(list => $"{list.Name} {OfList([.. Leaves(list.Values)])}"))}");
        var layout = figure.At("layout");
        if (Texts(layout).Select(text => Tag().Replace(text, " ")).Where(text => text.Trim().Length > 0).ToList() is { Count: > 0 } words) yield return $"words: {Short(string.Join(" | ", words))}";
        if (layout.At("shapes") is JsonArray { Count: > 0 } shapes)
            yield return $"shapes: {OfList([.. shapes.OfType<JsonObject>().SelectMany(shape => new[] { "x0", "x1", "y0", "y1" }.Select(name => shape[name]))])}";
    }

    /// <summary>A text whose words are in another form beside it.</summary>
    public static string OfText(string text)
    {
        var (words, numbers) = NumberText.Parts(Tag().Replace(text, " "));
        var count = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)))[..8];
        return FormattableString.Invariant($"{count} words h{hash}{(numbers.Count > 0 ? $", {OfNumbers(numbers)}" : "")}");
    }

    private static string Short(string words) => words.Length <= LongestWords ? string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : OfText(words);

    private static string OfList(IReadOnlyList<JsonNode?> values)
    {
        if (values.Count < Many) return $"[{string.Join(", ", values.Select(value => value?.ToJsonString() ?? "null"))}]";
        var parts = new List<string>();
        var numbers = values.Where(value => value?.GetValueKind() is JsonValueKind.Number).Select(value => value!.GetValue<double>()).ToList();
        if (numbers.Count > 0) parts.Add(OfNumbers(numbers));
        var texts = values.Where(value => value?.GetValueKind() is JsonValueKind.String).Select(value => value!.ToString()).ToList();
        if (texts.Count > 0) parts.Add(OfText(string.Join('\n', texts)));
        if (values.Count(value => value is null) is > 0 and var gaps) parts.Add(FormattableString.Invariant($"{gaps} gaps"));
        return string.Join(", ", parts);
    }

    private static string OfNumbers(IReadOnlyList<double> numbers)
    {
        var isWhole = numbers.All(number => number == Math.Floor(number) && Math.Abs(number) < 1e15);
        var (least, most) = (numbers.Min(), numbers.Max());
        var size = Math.Max(Math.Abs(least), Math.Abs(most));
        // A unit of the last digit is what may differ: a little of the largest.
        var format = FormattableString.Invariant($"F{(size > 0 ? Math.Clamp(Digits - (int)Math.Floor(Math.Log10(size)), 1, 15) : 1)}");
        var mix = numbers.Select((number, i) => Weight(i) * number).Sum() / Math.Sqrt(numbers.Count);
        var middle = isWhole ? FormattableString.Invariant($"sum {numbers.Sum():F0}") : $"mean {Text(numbers.Average(), format)}";
        return FormattableString.Invariant($"{numbers.Count} numbers, {End(least)} to {End(most)}, {middle}, mix {Text(mix, format)}");

        // Of numbers that are not whole none may look so: whole numbers are compared digit by digit.
        string End(double end) => Text(end, "G6") is var text && (isWhole || text.AsSpan().ContainsAny('.', 'E')) ? text : text + ".0";
    }

    // Between a half and one in size, of both signs, and equal in no two places.
    private static double Weight(int place)
    {
        var turn = (place + 1) * GoldenRatio % 1;
        return turn < 0.5 ? -0.5 - turn : turn;
    }

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, JsonArray Values)> Lists(JsonObject of, string path) =>
        of.Where(pair => pair.Key is not "width").OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value switch
        {
            JsonArray list => [(path + pair.Key, list)],
            JsonObject inner => Lists(inner, $"{path}{pair.Key}."),
            _ => Enumerable.Empty<(string, JsonArray)>(),
        });

    private static IEnumerable<JsonNode?> Leaves(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Leaves),
        JsonObject map => map.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => Leaves(pair.Value)),
        _ => [node],
    };

    // What a reader sees around the data: titles, notes, and the names at the ticks.
    private static IEnumerable<string> Texts(JsonNode? node, string name = "") => node switch
    {
        JsonObject map => map.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => Texts(pair.Value, pair.Key)),
        JsonArray list => list.SelectMany(item => Texts(item, name)),
        JsonValue value when name is "text" or "ticktext" && value.GetValueKind() is JsonValueKind.String => [value.ToString()],
        _ => [],
    };

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 60_000)]
    private static partial Regex Tag();
}
