using System.Reflection;

namespace FaLW.Kernel.Rendering;

/// <summary>
/// A value that knows how to show itself says so by name, so that no library needs a reference to a notebook host:
/// either by a public method <c>IReadOnlyDictionary&lt;string, object&gt; ToMimeBundle()</c>,
/// or by .NET Interactive's convention of an attribute class named <c>TypeFormatterSourceAttribute</c>, whose source may also
/// have a method <c>ToMimeBundle(object)</c>.
/// </summary>
internal static class OwnForm
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;

    /// <summary>The bundle the value makes of itself; null when it follows neither convention.</summary>
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
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        return Invoke(method, formatter, value, writer) is false ? null : (mime, writer.ToString());
    }

    private static object? Get(object from, string property) => from.GetType().GetProperty(property, Public)?.GetValue(from);

    // The author of a renderer wants to see his own exception, not that it came through reflection.
    private static object? Invoke(MethodInfo method, object target, params object[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
}
