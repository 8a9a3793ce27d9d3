using System.Reflection;

namespace FaLW.Kernel.Rendering;

/// <summary>Any value to a bundle: in the value's own way if it has one, else as text and, where it has rows, as a table.</summary>
internal static class ValueFormatter
{
    public static MimeBundle Bundle(object? value) => value switch
    {
        MimeBundle bundle => bundle,
        DisplayedText shown => MimeBundle.Of(shown.Mime, shown.Text),
        null => MimeBundle.Plain("null"),
        string text => MimeBundle.Plain(text),
        _ => OwnForm.Of(value) ?? ValueTable.Of(value)?.ToBundle() ?? MimeBundle.Plain(Scalar.Text(value)),
    };
}

/// <summary>
/// A value that knows how to show itself says so by name, so that no library needs a reference to a notebook host:
/// either by a public method <c>IReadOnlyDictionary&lt;string, object&gt; ToMimeBundle()</c>,
/// or by .NET Interactive's convention of an attribute class named <c>TypeFormatterSourceAttribute</c>, whose source may also
/// have a method <c>ToMimeBundle(object)</c>.
/// </summary>
internal static class OwnForm
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;

    public static MimeBundle? Of(object value) => FromBundleMethod(value)
        ?? (SourceOf(value.GetType()) is { } source ? FromBundleMethod(source, value) ?? FromFormatters(source, value) : null);

    private static MimeBundle? FromBundleMethod(object from, params object[] value)
    {
        var method = from.GetType().GetMethod("ToMimeBundle", Public, [.. value.Select(_ => typeof(object))]);
        if (method is null || !typeof(IReadOnlyDictionary<string, object>).IsAssignableFrom(method.ReturnType)) return null;
        return Invoke(method, from, value) is IReadOnlyDictionary<string, object> forms ? MimeBundle.From(forms) : null;
    }

    private static MimeBundle? FromFormatters(object source, object value)
    {
        var create = source.GetType().GetMethod("CreateTypeFormatters", Public, Type.EmptyTypes);
        if (create is null || Invoke(create, source) is not System.Collections.IEnumerable formatters) return null;
        var forms = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var formatter in formatters)
            if (Format(formatter, value) is var (mime, text))
                forms.TryAdd(mime, text);
        return forms.Count > 0 ? MimeBundle.From(forms) : null;
    }

    private static object? SourceOf(Type type)
    {
        foreach (var candidate in type.GetInterfaces().Prepend(type))
            foreach (var attribute in candidate.GetCustomAttributes(inherit: true))
                if (attribute.GetType().Name is "TypeFormatterSourceAttribute" && Get(attribute, "FormatterSourceType") is Type source)
                    return Activator.CreateInstance(source, nonPublic: true);
        return null;
    }

    private static (string Mime, string Text)? Format(object formatter, object value)
    {
        var method = formatter.GetType().GetMethod("Format", Public, [typeof(object), typeof(TextWriter)]);
        if (method is null || Get(formatter, "MimeType") is not string mime) return null;
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        return Invoke(method, formatter, value, writer) is false ? null : (mime, writer.ToString());
    }

    private static object? Get(object from, string property) => from.GetType().GetProperty(property, Public)?.GetValue(from);

    // The author of a renderer wants to see his own exception, not that it came through reflection.
    private static object? Invoke(MethodInfo method, object target, params object[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
}

/// <summary>Text that is to be shown as something other than plain text.</summary>
/// <param name="Mime">What it is, such as <c>text/html</c> or <c>text/markdown</c>.</param>
/// <param name="Text">The text itself.</param>
public sealed record DisplayedText(string Mime, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
