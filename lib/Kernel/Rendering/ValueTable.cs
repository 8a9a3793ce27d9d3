using System.Collections;
using System.Net;
using System.Text;

namespace FaLW.Kernel.Rendering;

internal sealed record ValueTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, string Rest)
{
    private const int MostRows = 50;
    private const int WidestCell = 80;

    public static ValueTable? Of(object value) => value switch
    {
        _ when Scalar.Is(value) => null,
        Array { Rank: 2 } grid => OfGrid(grid),
        _ when value.GetType().FullName == "Microsoft.Data.Analysis.DataFrame" => OfFrame(value),
        IDictionary map => OfPairs(map, map.Keys.Cast<object?>().Select(key => new object?[] { key, map[key!] })),
        IEnumerable pairs when PairsOf(pairs) is { } read => OfPairs(pairs, read),
        IEnumerable items => OfItems(items),
        _ => OfObject(value),
    };

    public MimeBundle ToBundle() =>
        MimeBundle.From(new Dictionary<string, object>(StringComparer.Ordinal) { ["text/html"] = Html(), ["text/plain"] = Text() });

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

    // Known by its name, so that the engine needs no package for it.
    private static ValueTable OfFrame(dynamic frame)
    {
        var columns = ((IEnumerable)frame.Columns).Cast<object>().Select(column => (string)((dynamic)column).Name);
        var rows = ((IEnumerable)frame.Rows).Cast<IEnumerable>().Take(MostRows).Select(row => (IReadOnlyList<object?>)[.. row.Cast<object?>()]);
        long hidden = frame.Rows.Count - MostRows;
        return new ValueTable([.. columns], [.. rows], hidden > 0 ? string.Create(CultureInfo.InvariantCulture, $"… {hidden} more rows") : "");
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

    // Without scripts or styles of its own, so that every front end draws it in its own way.
    private string Html()
    {
        var html = new StringBuilder("<table>");
        if (Columns.Any(name => name.Length > 0))
            html.Append("<thead><tr>").AppendJoin("", Columns.Select(name => $"<th>{WebUtility.HtmlEncode(name)}</th>")).Append("</tr></thead>");
        html.Append("<tbody>\n");
        foreach (var row in Rows)
            html.Append("<tr>").AppendJoin("", row.Select(value => $"<td{(IsNumber(value) ? " style=\"text-align: right\"" : "")}>{WebUtility.HtmlEncode(Scalar.Text(value))}</td>")).Append("</tr>\n");
        html.Append("</tbody></table>");
        if (Rest.Length > 0) html.Append("<p>").Append(WebUtility.HtmlEncode(Rest)).Append("</p>");
        return html.ToString();
    }

    // Words to the left, numbers to the right.
    private string Text()
    {
        var rows = Rows.Select(row => row.Select(Cell).ToList());
        var lines = Columns.Count > 0 ? rows.Prepend([.. Columns]).ToList() : [.. rows];
        var widths = Enumerable.Range(0, lines.Max(line => line.Count)).Select(i => lines.Max(line => line[i].Length)).ToList();
        var right = widths.Select((_, i) => Rows.Any(row => IsNumber(row[i])) && Rows.All(row => row[i] is null || IsNumber(row[i]))).ToList();
        var text = lines.Select(line => string.Join("  ", line.Select((cell, i) => right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        return string.Join('\n', text.Append(Rest)).TrimEnd('\n');
    }

    private static bool IsNumber(object? value) => value is IFormattable and not (Enum or DateTime or DateTimeOffset or TimeSpan or Guid);
    private static string Cell(object? value) => Scalar.Text(value).ReplaceLineEndings(" ") is var text && text.Length <= WidestCell ? text : text[..(WidestCell - 1)] + "…";
}
