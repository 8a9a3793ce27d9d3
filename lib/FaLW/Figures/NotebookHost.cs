using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Bundle = System.Collections.Generic.IReadOnlyDictionary<string, object>;

namespace FaLW.Figures;

/// <summary>
/// The only place that knows a notebook may exist, whichever engine runs it. An engine publishes what it offers as application data:
/// <c>notebook.display</c>, an <c>Action</c> that shows a MIME bundle; <c>notebook.live</c>, only where a person watches, a function that
/// shows a bundle and returns the action that shows another in its place; <c>notebook.cancellation</c>, the token of the stop button.
/// Anything else is a plain program.
/// </summary>
internal static class NotebookHost
{
    public const string DisplayKey = "notebook.display", LiveKey = "notebook.live", CancellationKey = "notebook.cancellation";

    private const string Interactive = "Microsoft.DotNet.Interactive", Extension = "FaLW.Interactive";

    /// <summary>The token of the running cell; one that is never set outside of notebooks.</summary>
    public static CancellationToken Cancellation => AppContext.GetData(CancellationKey) is CancellationToken token ? token : CancellationToken.None;

    /// <summary>Whether a person watches the running cell, so that what is shown may change.</summary>
    public static bool IsLive => AppContext.GetData(LiveKey) is not null;

    /// <summary>Shows a value in the forms an engine can take; false where there is no notebook.</summary>
    public static bool Show(Func<Bundle> bundle)
    {
        if (AppContext.GetData(DisplayKey) is not Action<Bundle> show) return false;
        show(bundle());
        return true;
    }

    /// <summary>Shows a line of text; false where there is no notebook.</summary>
    public static bool Say(string text) => Show(() => Text(text));

    /// <summary>Shows a line of text and says how to show another in its place; null where nobody watches.</summary>
    public static Action<string>? Live(string text)
    {
        if (AppContext.GetData(LiveKey) is not Func<Bundle, Action<Bundle>> live) return null;
        var update = live(Text(text));
        return other => update(Text(other));
    }

    // .NET Interactive publishes nothing of the kind; the assembly beside this one does it there, and is loaded nowhere else. The first use of
    // anything in this assembly is early enough, and a cell that only refers to it runs none of its code.
#pragma warning disable CA2255 // Not for libraries: this one may be all that a cell refers to.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void LoadExtension()
    {
        if (!AppDomain.CurrentDomain.GetAssemblies().Any(loaded => loaded.GetName().Name == Interactive)) return;
        var own = typeof(NotebookHost).Assembly;
        var file = Path.Combine(Path.GetDirectoryName(own.Location)!, Extension + ".dll");
        if (File.Exists(file)) AssemblyLoadContext.GetLoadContext(own)!.LoadFromAssemblyPath(file).GetType($"{Extension}.Extension")!.GetMethod("Load")!.Invoke(null, null);
    }

    private static Dictionary<string, object> Text(string text) => new(StringComparer.Ordinal) { ["text/plain"] = text };
}
