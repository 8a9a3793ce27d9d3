using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// The cells compiled so far, each seeing the ones before. Each cell is one assembly whose class holds the cell's variables
/// as fields; the objects of those classes are the state of the session, kept however a cell ends.
/// </summary>
internal sealed class SubmissionChain
{
    // No name that a person could write, so a class of that name in a cell is no clash; and no number, so that it prints the same everywhere.
    public const string CellClass = "Cell#";

    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Text",
        "System.Threading", "System.Threading.Tasks", typeof(NotebookGlobals).FullName!,
    ];

    // The compiler stumbles over its documentation pass after some real errors; those are told, this one says nothing.
    private const string DocumentationStumble = "CS1569";

    private static readonly EmitOptions Emission = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private static readonly Lock Binding = new();

    private readonly CSharpCompilationOptions options;
    private object?[] states = new object?[16];
    private CSharpCompilation? last;
    private int count;

    public SubmissionChain(string folder)
    {
        Loader = new CellLoadContext();
        Sources = new CellSourceResolver(folder);
        options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, scriptClassName: CellClass, usings: Usings,
            optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, concurrentBuild: false,
            metadataReferenceResolver: new CellReferenceResolver(folder, Loader), sourceReferenceResolver: Sources,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);
    }

    public static CSharpParseOptions Parsing { get; } = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);
    public CellLoadContext Loader { get; }
    public CellSourceResolver Sources { get; }

    public CSharpCompilation Draft(string code, string name, params IReadOnlyList<MetadataReference> added)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Parsing, name);
        lock (Binding)
        {
            var draft = CSharpCompilation.CreateScriptCompilation(
                FormattableString.Invariant($"cell{count}"), tree, last is null ? FrameworkReferences.All.Concat(added) : added, options, last, typeof(object));
            // Binds the references now. Two that bind at once make two symbols of each type, and cells that meet later
            // would find every call ambiguous.
            _ = draft.Assembly;
            return draft;
        }
    }

    public (Submission? Submission, IReadOnlyList<Diagnostic> Errors) Compile(string code, string name, IReadOnlyList<string> references, CancellationToken cancellation)
    {
        var draft = Draft(code, name, [.. references.Select(FrameworkReferences.Read)]);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = PoolRoom.With(() => draft.Emit(assembly, symbols, options: Emission, cancellationToken: cancellation));
        var errors = emitted.Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error && d.Id != DocumentationStumble).ToList();
        if (errors.Count > 0) return (null, errors);
        (last, count) = (draft, count + 1);
        return (emitted.Success ? Load(draft, assembly, symbols) : null, []);
    }

    private Submission Load(CSharpCompilation draft, MemoryStream assembly, MemoryStream symbols)
    {
        (assembly.Position, symbols.Position) = (0, 0);
        var entry = draft.GetEntryPoint(CancellationToken.None)!;
        var type = Loader.LoadCell(assembly, symbols).GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        var method = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return new Submission(this, method.CreateDelegate<Func<object?[], Task<object?>>>(), HasValue(draft));
    }

    public string? Line(string name, int number)
    {
        for (var at = last; at is not null; at = at.ScriptCompilationInfo?.PreviousScriptCompilation)
            if (at.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == name)?.GetText().Lines is { } lines && number >= 1 && number <= lines.Count)
                return lines[number - 1].ToString().Replace('\t', ' ');
        return null;
    }

    public object?[] States()
    {
        if (states.Length < count + 2) Array.Resize(ref states, states.Length * 2);
        return states;
    }

    private static bool HasValue(CSharpCompilation draft)
    {
        var tree = draft.SyntaxTrees.Last();
        if (tree.GetCompilationUnitRoot().Members.LastOrDefault() is not GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }) return false;
        return draft.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType is not SpecialType.System_Void;
    }
}

internal sealed record Submission(SubmissionChain Chain, Func<object?[], Task<object?>> Start, bool HasValue)
{
    public object? Run() => Start(Chain.States()).GetAwaiter().GetResult();
}

/// <summary>
/// The compiler sends a small task through the thread pool for each cell and waits for it. Where an earlier cell left
/// hundreds of waiting tasks in the pool, that one would be stuck behind them for minutes; so they all get a thread.
/// </summary>
internal static class PoolRoom
{
    private const int Most = 1000;
    private const int Spare = 2;

    public static T With<T>(Func<T> work)
    {
        var pending = (int)Math.Min(Most, ThreadPool.PendingWorkItemCount);
        if (pending == 0) return work();
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Math.Min(Most, ThreadPool.ThreadCount + pending + Spare)), completions);
        try
        {
            return work();
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, completions);
        }
    }
}
