using System.Reflection;

namespace FaLW.Kernel.Sessions;

/// <summary>What the cells declared: the answer to <c>#!who</c> (names) and <c>#!whos</c> (with type and value).</summary>
internal static class Variables
{
    private const int LongestValue = 80;

    public static MimeBundle Names(IEnumerable<object?> states) =>
        All(states) is { Count: > 0 } all ? MimeBundle.Plain(string.Join(", ", all.Select(field => field.Name))) : None;

    public static MimeBundle Values(IEnumerable<object?> states)
    {
        var rows = All(states).Select(field => (IReadOnlyList<object?>)[field.Name, field.Type, Short(field.Value)]).ToList();
        return rows.Count > 0 ? new ValueTable(["Variable", "Type", "Value"], rows, "").ToBundle() : None;
    }

    private static MimeBundle None => MimeBundle.Plain("No cell has declared a variable yet.");

    // A name that was bound again is what it is now. Each cell is an object whose fields are its variables; the compiler's own have no name that a person could write.
    private static List<(string Name, Type Type, object? Value)> All(IEnumerable<object?> states) =>
        [.. from state in states
            where state is not null
            from field in state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.Name.Contains('<', StringComparison.Ordinal)
            group (field.Name, field.FieldType, field.GetValue(state)) by field.Name into bound
            orderby bound.Key
            select bound.Last()];

    private static string Short(object? value) => Scalar.Text(value).ReplaceLineEndings(" ") is var text && text.Length <= LongestValue ? text : text[..LongestValue] + "…";
}
