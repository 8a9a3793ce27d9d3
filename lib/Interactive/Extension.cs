using System.Runtime.CompilerServices;
using FaLW.Figures;
using FaLW.Plots;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Bundle = System.Collections.Generic.IReadOnlyDictionary<string, object>;

namespace FaLW.Interactive;

/// <summary>
/// Makes .NET Interactive a host like the kit's own kernel: the names that a library looks for are set, and values of the kit
/// that end a cell look as they do when they are shown. The kit loads this by name when a cell first uses it there.
/// </summary>
public static class Extension
{
    private static KernelInvocationContext? cell;

    /// <summary>Called once, from inside a cell; outside of one it only says how values look.</summary>
    public static void Load()
    {
        Register<Figure>(figure => figure.ToMimeBundle(), Forms.Plotly, Forms.Html, Forms.Png, Forms.Plain);
        Register<Table>(table => table.ToMimeBundle(), Forms.Html, Forms.Markdown, Forms.Plain);
        Register<ImageSheet>(sheet => sheet.ToMimeBundle(), Forms.Html, Forms.Plain);
        Register<DataFrame>(frame => frame.ToMimeBundle(), Forms.Html, Forms.Markdown, Forms.Plain);
        if (KernelInvocationContext.Current is not { } now) return;
        Enter(now);
        now.HandlingKernel.RootKernel.AddMiddleware((command, context, next) =>
        {
            if (command is SubmitCode) Enter(context);
            return next(command, context);
        });
        AppContext.SetData(NotebookHost.DisplayKey, (Action<Bundle>)(bundle => Show(bundle, "")));
        AppContext.SetData(NotebookHost.LiveKey, (Func<Bundle, Action<Bundle>>)(bundle => Show(bundle, "live-")));
    }

    private static void Register<T>(Func<T, Bundle> bundle, params string[] forms) where T : class
    {
        // What the kit itself says, one form only, for hosts without this; asked later it would win.
        Formatter.GetPreferredMimeTypesFor(typeof(T));
        // The host asks for each form by itself, and a picture takes its time.
        var made = new ConditionalWeakTable<T, IReadOnlyList<FormattedValue>>();
        foreach (var form in forms)
            Formatter.Register<T>(value => made.GetValue(value, one => Forms.Of(bundle(one))).FirstOrDefault(found => found.MimeType == form)?.Value ?? Forms.Words(value.ToString()), form);
        Formatter.SetPreferredMimeTypesFor(typeof(T), forms);
    }

    private static void Enter(KernelInvocationContext context)
    {
        cell = context;
        AppContext.SetData(NotebookHost.CancellationKey, context.CancellationToken);
    }

    // Every form in one event. What is returned shows another bundle in its place; what display(...) returns there cannot.
    private static Action<Bundle> Show(Bundle bundle, string mark)
    {
        // A thread of the library's own may have no context; what it shows belongs to the cell that runs.
        if ((KernelInvocationContext.Current ?? cell) is not { } context) return _ => { };
        var id = $"{mark}{Guid.NewGuid():N}";
        context.Publish(new DisplayedValueProduced(bundle, context.Command, Forms.Of(bundle), id));
        return other => context.Publish(new DisplayedValueUpdated(other, id, context.Command, Forms.Of(other)));
    }
}
