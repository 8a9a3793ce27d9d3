using System.Collections;
using System.Reflection;

namespace FaLW.Kernel.Rendering;

/// <summary>What of an object a reader wants to see: its public properties and fields, in the order they were declared.</summary>
internal static class ObjectShape
{
    private const BindingFlags Visible = BindingFlags.Instance | BindingFlags.Public;

    /// <summary>Whether the type wrote its own text, rather than inheriting one or having the compiler make it.</summary>
    public static bool SpeaksForItself(Type type)
    {
        if (IsData(type) || typeof(IEnumerable).IsAssignableFrom(type)) return false;
        var method = type.GetMethod(nameof(ToString), Visible, Type.EmptyTypes);
        return method?.DeclaringType is { } by && by != typeof(object) && by != typeof(ValueType);
    }

    /// <summary>Names and values; a property that throws shows what it threw.</summary>
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
