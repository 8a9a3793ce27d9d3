using System.Reflection;

namespace FaLW.Figures;

/// <summary>
/// The only place that knows a notebook may exist, whichever engine runs it. An engine publishes what it offers as application data while a
/// cell runs: <c>notebook.display</c>, an <c>Action</c> that shows a MIME bundle; <c>notebook.live</c>, only where a person watches, a
/// function that shows a bundle and returns the action that shows another in its place; <c>notebook.cancellation</c>, the token of the stop
/// button. .NET Interactive publishes nothing and is found by the names of its types. Anything else is a plain program.
/// </summary>
internal static class NotebookHost
{
    public const string DisplayKey = "notebook.display", LiveKey = "notebook.live", CancellationKey = "notebook.cancellation";

    private const string InteractiveName = "Microsoft.DotNet.Interactive";

    /// <summary>The token of the running cell; one that is never set outside of notebooks.</summary>
    public static CancellationToken Cancellation => AppContext.GetData(CancellationKey) is CancellationToken token ? token
        : Of("KernelInvocationContext") is { } context && context.GetProperty("Current")?.GetValue(null) is { } current
            && context.GetProperty("CancellationToken")?.GetValue(current) is CancellationToken theirs ? theirs
        : CancellationToken.None;

    /// <summary>Whether a person watches the running cell, so that what is shown may change.</summary>
    public static bool IsLive => AppContext.GetData(LiveKey) is not null || (AppContext.GetData(DisplayKey) is null && Interactive() is not null);

    /// <summary>Shows a value in the forms an engine can take; false where there is no notebook.</summary>
    public static bool Show(Func<IReadOnlyDictionary<string, object>> bundle, object value)
    {
        if (AppContext.GetData(DisplayKey) is Action<IReadOnlyDictionary<string, object>> show)
        {
            show(bundle());
            return true;
        }

        if (Interactive() is not { } display) return false;
        display.Invoke(null, [value, Array.Empty<string>()]);
        return true;
    }

    /// <summary>Shows a line of text; false where there is no notebook.</summary>
    public static bool Say(string text)
    {
        if (AppContext.GetData(DisplayKey) is null && Interactive() is { } display) return display.Invoke(null, [text, PlainText]) is not null;
        return Show(() => Bundle(text), text);
    }

    /// <summary>Shows a line of text and says how to show another in its place; null where nobody watches.</summary>
    public static Action<string>? Live(string text)
    {
        if (AppContext.GetData(LiveKey) is Func<IReadOnlyDictionary<string, object>, Action<IReadOnlyDictionary<string, object>>> live)
        {
            var update = live(Bundle(text));
            return other => update(Bundle(other));
        }

        if (!IsLive || Interactive()?.Invoke(null, [text, PlainText]) is not { } shown) return null;
        var again = shown.GetType().GetMethod("Update", [typeof(object)]);
        return again is null ? null : other => again.Invoke(shown, [other]);
    }

    /// <summary>The display method of .NET Interactive, when this program is one of its notebooks.</summary>
    public static MethodInfo? Interactive(string assembly = InteractiveName) => Of("Kernel", assembly)?.GetMethod("display", [typeof(object), typeof(string[])]);

    private static string[] PlainText => ["text/plain"];

    private static Dictionary<string, object> Bundle(string text) => new(StringComparer.Ordinal) { ["text/plain"] = text };

    private static Type? Of(string name, string assembly = InteractiveName) => AppDomain.CurrentDomain.GetAssemblies()
        .FirstOrDefault(a => a.GetName().Name == assembly)?.GetType($"{InteractiveName}.{name}");
}
