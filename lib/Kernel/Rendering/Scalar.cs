using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace FaLW.Kernel.Rendering;

/// <summary>A value on one line, the same on every machine.</summary>
internal static class Scalar
{
    private const int Deepest = 4;
    private const int MostItems = 100;

    /// <summary>Whether a value is one thing to a reader, with nothing inside worth a table.</summary>
    public static bool Is(object? value) =>
        value is null or string or IFormattable or bool or char or Type or Uri or Version or ITuple or Exception or Delegate
        || value.GetType().IsPrimitive || ObjectShape.SpeaksForItself(value.GetType());

    /// <summary>The value as text.</summary>
    public static string Text(object? value) => value is string text ? text : Text(value, 0);

    private static string Text(object? value, int depth) => value switch
    {
        null => "null",
        string text => depth > 0 ? $"\"{text}\"" : text,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        Type type => TypeName.Of(type),
        Delegate call => TypeName.Of(call.GetType()),
        Exception fault => $"{TypeName.Of(fault.GetType())}: {fault.Message}",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Text(tuple[i], depth + 1)))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ when ObjectShape.SpeaksForItself(value.GetType()) => value.ToString() ?? "",
        _ when depth > Deepest => "…",
        IDictionary map => $"{{{string.Join(", ", map.Cast<DictionaryEntry>().Take(MostItems).Select(e => $"{Text(e.Key, depth + 1)}: {Text(e.Value, depth + 1)}"))}}}",
        IEnumerable items => List(items, depth),
        _ => Fields(value, depth),
    };

    private static string List(IEnumerable items, int depth)
    {
        var some = items.Cast<object?>().Take(MostItems + 1).Select(item => Text(item, depth + 1)).ToList();
        if (some.Count <= MostItems) return $"[{string.Join(", ", some)}]";
        var count = ValueTable.CountOf(items) is { } all ? string.Create(CultureInfo.InvariantCulture, $" ({all} items)") : "";
        return $"[{string.Join(", ", some.Take(MostItems))}, …]{count}";
    }

    private static string Fields(object value, int depth)
    {
        var fields = ObjectShape.Fields(value).Select(field => $"{field.Name} = {Text(field.Value, depth + 1)}").ToList();
        return fields.Count > 0 ? $"{TypeName.Of(value.GetType())} {{ {string.Join(", ", fields)} }}" : TypeName.Of(value.GetType());
    }
}
