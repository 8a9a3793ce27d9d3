using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FaLW.Kernel.Rendering;

/// <summary>A value on one line, the same on every machine.</summary>
internal static class Scalar
{
    private const int Deepest = 4;
    private const int MostItems = 100;

    public static bool Is(object? value) =>
        value is null or string or IFormattable or bool or char or Type or Uri or Version or ITuple or Exception or Delegate
        || value.GetType().IsPrimitive || ObjectShape.SpeaksForItself(value.GetType());

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

/// <summary>The name of a type as C# writes it, without the class that the compiler wraps around a cell.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new[]
    {
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(char), typeof(string), typeof(object), typeof(void),
    }.Zip("bool byte sbyte short ushort int uint long ulong float double decimal char string object void".Split(' ')).ToDictionary();

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying) + "?";
        if (type.Name.Contains("AnonymousType", StringComparison.Ordinal)) return "anonymous";
        var name = type.Name.Split('`')[0];
        return !type.IsGenericType ? name : $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}

/// <summary>What of an object a reader wants to see: its public properties and fields, in the order they were declared.</summary>
internal static class ObjectShape
{
    private const BindingFlags Visible = BindingFlags.Instance | BindingFlags.Public;

    public static bool SpeaksForItself(Type type)
    {
        if (IsData(type) || typeof(IEnumerable).IsAssignableFrom(type)) return false;
        var method = type.GetMethod(nameof(ToString), Visible, Type.EmptyTypes);
        return method?.DeclaringType is { } by && by != typeof(object) && by != typeof(ValueType);
    }

    public static IEnumerable<(string Name, object? Value)> Fields(object value) =>
        Members(value.GetType()).Select(member => (member.Name, Read(member, value)));

    private static IEnumerable<MemberInfo> Members(Type type) =>
        type.GetMembers(Visible)
            .Where(member => member is FieldInfo || member is PropertyInfo { CanRead: true } property && property.GetIndexParameters().Length == 0 && property.GetMethod!.IsPublic)
            .OrderBy(member => Depth(member.DeclaringType!)).ThenBy(member => member.MetadataToken);

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;

    private static object? Read(MemberInfo member, object value)
    {
        try
        {
            return member is FieldInfo field ? field.GetValue(value) : ((PropertyInfo)member).GetValue(value, BindingFlags.DoNotWrapExceptions, null, null, null);
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    // Records and anonymous types: their text is the compiler's, and follows the machine's culture.
    private static bool IsData(Type type) =>
        type.Name.Contains("AnonymousType", StringComparison.Ordinal)
        || type.GetMethod("<Clone>$") is not null
        || type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
