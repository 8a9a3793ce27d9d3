using System.Text.Json.Nodes;

namespace FaLW.Experiments;

/// <summary>
/// Rows of one kind as columns. What a model computed in single precision is written in its nine digits at most, and read back to
/// the same number: a column in which every number is one says so.
/// </summary>
internal static class RecordColumns
{
    private const string Single = "Single";

    /// <summary>An array of alike objects as one object of columns.</summary>
    public static JsonObject Of(JsonArray rows)
    {
        var names = rows.Count == 0 ? [] : rows[0]!.AsObject().Select(member => member.Key);
        return new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Column([.. rows.Select(row => row![name])]))));
    }

    /// <summary>The rows again.</summary>
    public static JsonArray Rows(JsonObject columns)
    {
        var read = columns.Select(column => (column.Key, Values: Values(column.Value!))).ToList();
        var count = read.Count == 0 ? 0 : read.Min(column => column.Values.Length);
        return new JsonArray([.. Enumerable.Range(0, count).Select(i =>
            new JsonObject(read.Select(column => KeyValuePair.Create(column.Key, column.Values[i]))))]);
    }

    private static JsonNode Column(JsonNode?[] values)
    {
        var numbers = Array.ConvertAll(values, value => value is JsonValue known && known.TryGetValue(out double number) ? number : double.NaN);
        var isWhole = Array.TrueForAll(numbers, number => Math.Truncate(number) == number);
        var isSingle = !isWhole && Array.TrueForAll(numbers, number => (float)number == number);
        return isSingle
            ? new JsonObject { [Single] = new JsonArray([.. numbers.Select(number => JsonValue.Create((float)number))]) }
            : new JsonArray([.. values.Select(value => value?.DeepClone())]);
    }

    private static JsonNode?[] Values(JsonNode column) => column is JsonObject single
        ? [.. single[Single]!.AsArray().Select(value => JsonValue.Create((double)value!.GetValue<float>()))]
        : [.. column.AsArray().Select(value => value?.DeepClone())];
}
