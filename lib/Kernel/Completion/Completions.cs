using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FaLW.Kernel.Completion;

/// <summary>What could stand at the cursor: members after a dot, else everything in scope and the keywords.</summary>
internal static class Completions
{
    private const int Most = 1000;

    private static readonly (string Name, string Kind)[] Keywords =
        [.. SyntaxFacts.GetKeywordKinds().Where(SyntaxFacts.IsReservedKeyword).Select(kind => (SyntaxFacts.GetText(kind), "keyword")), ("var", "keyword"), ("await", "keyword"), ("record", "keyword"), ("dynamic", "keyword")];

    public static JsonObject Answer(SubmissionChain chain, string code, int cursor)
    {
        var position = CodePoints.ToUnits(code, cursor);
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        var found = Matching(At(chain, code, start), code[start..position]);
        var (from, to) = (CodePoints.FromUnits(code, start), CodePoints.FromUnits(code, position));
        var types = found.Select(item => (JsonNode)new JsonObject { ["start"] = from, ["end"] = to, ["text"] = item.Name, ["type"] = item.Kind });
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Select(item => JsonValue.Create(item.Name))]),
            ["cursor_start"] = from,
            ["cursor_end"] = to,
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = new JsonArray([.. types]) },
        };
    }

    private static List<(string Name, string Kind)> Matching(IEnumerable<(string Name, string Kind)> candidates, string typed) =>
        [.. candidates.Where(item => item.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(item => item.Name, StringComparer.Ordinal)
            .OrderByDescending(item => item.Name.StartsWith(typed, StringComparison.Ordinal))
            .ThenBy(item => item.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most)];

    private static IEnumerable<(string Name, string Kind)> At(SubmissionChain chain, string code, int start)
    {
        var draft = chain.Draft(code, "completion");
        var tree = draft.SyntaxTrees.Last();
        var model = draft.GetSemanticModel(tree);
        if (start > 0 && tree.GetRoot().FindTrivia(start - 1) is var trivia && trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia) return [];
        var before = tree.GetRoot().FindToken(Math.Max(0, start - 1));
        if (start > 0 && before.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken && before.Span.End > start - 1 && before.SpanStart < start) return [];
        if (!before.IsKind(SyntaxKind.DotToken) || before.Span.End > start) return model.LookupSymbols(start).Where(IsOffered).Select(Item).Concat(Keywords);
        return Members(model, before, start).Where(IsOffered).Select(Item);
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, SyntaxToken dot, int position)
    {
        var left = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax { Parent: var parent } => parent!.AncestorsAndSelf().OfType<ConditionalAccessExpressionSyntax>().First().Expression,
            QualifiedNameSyntax qualified => qualified.Left,
            _ => (ExpressionSyntax?)null,
        };
        if (left is null) return [];
        var symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceSymbol space) return model.LookupNamespacesAndTypes(position, space);
        if (symbol is ITypeSymbol named and not ITypeParameterSymbol) return model.LookupStaticMembers(position, named).Concat(named.GetTypeMembers());
        if (model.GetTypeInfo(left).Type is not { } type) return [];
        return model.LookupSymbols(position, type, includeReducedExtensionMethods: true).Where(member => !member.IsStatic || member is IMethodSymbol { IsExtensionMethod: true });
    }

    private static bool IsOffered(ISymbol symbol) =>
        symbol is { CanBeReferencedByName: true, IsImplicitlyDeclared: false }
        && !symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "EditorBrowsableAttribute" && attribute.ConstructorArguments is [{ Value: 1 }]);

    private static (string Name, string Kind) Item(ISymbol symbol) => (symbol.Name, symbol.Kind switch
    {
        SymbolKind.Method => "function",
        SymbolKind.NamedType => "class",
        SymbolKind.Namespace => "module",
        SymbolKind.Property or SymbolKind.Event => "property",
        SymbolKind.Field or SymbolKind.Local or SymbolKind.Parameter => "instance",
        _ => "",
    });
}

/// <summary>The protocol counts characters as Unicode does; .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    public static int ToUnits(string text, int points) => text.EnumerateRunes().Take(points).Sum(rune => rune.Utf16SequenceLength);
    public static int FromUnits(string text, int units) => text[..Math.Min(units, text.Length)].EnumerateRunes().Count();
}

/// <summary>Whether a text is a whole cell, the beginning of one, or neither: consoles ask at every Enter.</summary>
internal static class Completeness
{
    private const int Step = 4;

    public static JsonObject Answer(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, SubmissionChain.Parsing);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return new JsonObject { ["status"] = "incomplete", ["indent"] = Indent(code) };
        var isInvalid = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        return new JsonObject { ["status"] = isInvalid ? "invalid" : "complete" };
    }

    private static string Indent(string code)
    {
        var last = code.Split('\n').Last(line => line.Trim().Length > 0 || line == code);
        var depth = last.Length - last.TrimStart().Length + (last.TrimEnd().EndsWith('{') ? Step : 0);
        return new string(' ', depth);
    }
}
