using System.Collections;
using System.Globalization;

namespace FaLW.Kernel.Rendering;

/// <summary>Rows and columns of a value that has them.</summary>
/// <param name="Columns">Column names; empty when the rows have none.</param>
/// <param name="Rows">The cells, row by row.</param>
/// <param name="Rest">What is not shown, as a sentence; empty when all is.</param>
internal sealed record ValueTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, string Rest)
{
    private const int MostRows = 50;

    /// <summary>The table of a value: a dictionary, a list of objects, a grid or one object; null for everything else.</summary>
    public static ValueTable? Of(object value) => value switch
    {
        _ when Scalar.Is(value) => null,
        Array { Rank: 2 } grid => OfGrid(grid),
        IDictionary map => OfPairs(map, map.Keys.Cast<object?>().Select(key => new object?[] { key, map[key!] })),
        IEnumerable pairs when PairsOf(pairs) is { } read => OfPairs(pairs, read),
        IEnumerable items => OfItems(items),
        _ => OfObject(value),
    };

    /// <summary>How many items there are, if the collection knows without being run through.</summary>
    public static int? CountOf(IEnumerable items) =>
        items is ICollection known ? known.Count : items.GetType().GetProperty("Count")?.GetValue(items) as int?;

    private static ValueTable? OfItems(IEnumerable items)
    {
        var some = items.Cast<object?>().Take(MostRows + 1).ToList();
        if (some.Count == 0 || some.Any(item => Scalar.Is(item) || item is IEnumerable)) return null;
        var fields = some.Select(item => ObjectShape.Fields(item!).ToList()).ToList();
        var columns = fields.SelectMany(row => row.Select(field => field.Name)).Distinct(StringComparer.Ordinal).ToList();
        if (columns.Count == 0) return null;
        var rows = fields.Select(row => (IReadOnlyList<object?>)[.. columns.Select(name => row.Find(field => field.Name == name).Value)]);
        return new ValueTable(columns, [.. rows.Take(MostRows)], RestOf(items, some.Count));
    }

    private static ValueTable OfPairs(IEnumerable source, IEnumerable<object?[]> pairs)
    {
        var some = pairs.Take(MostRows + 1).ToList();
        return new ValueTable(["key", "value"], [.. some.Take(MostRows)], RestOf(source, some.Count));
    }

    private static IEnumerable<object?[]>? PairsOf(IEnumerable source)
    {
        var pair = source.GetType().GetInterfaces()
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(type => type.GetGenericArguments()[0])
            .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
        if (pair is null) return null;
        var (key, value) = (pair.GetProperty("Key")!, pair.GetProperty("Value")!);
        return source.Cast<object>().Select(item => new[] { key.GetValue(item), value.GetValue(item) });
    }

    private static ValueTable OfGrid(Array grid)
    {
        var columns = Enumerable.Range(0, grid.GetLength(1));
        var rows = Enumerable.Range(0, Math.Min(MostRows, grid.GetLength(0))).Select(i => (IReadOnlyList<object?>)[.. columns.Select(j => grid.GetValue(i, j))]);
        var hidden = grid.GetLength(0) - MostRows;
        return new ValueTable([], [.. rows], hidden > 0 ? string.Create(CultureInfo.InvariantCulture, $"… {hidden} more rows") : "");
    }

    private static ValueTable? OfObject(object value)
    {
        var rows = ObjectShape.Fields(value).Select(field => (IReadOnlyList<object?>)[field.Name, field.Value]).ToList();
        return rows.Count == 0 ? null : new ValueTable([TypeName.Of(value.GetType()), ""], rows, "");
    }

    private static string RestOf(IEnumerable items, int seen)
    {
        if (seen <= MostRows) return "";
        return CountOf(items) is { } count ? string.Create(CultureInfo.InvariantCulture, $"… {count - MostRows} more") : "… more";
    }
}
