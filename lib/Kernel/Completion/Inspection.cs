using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FaLW.Kernel.Completion;

/// <summary>What is at the cursor: its declaration and its XML documentation as text.</summary>
internal static class Inspection
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayFormat.MinimallyQualifiedFormat.MemberOptions | SymbolDisplayMemberOptions.IncludeContainingType)
        .AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword);

    public static JsonObject Answer(SubmissionChain chain, string code, int cursor)
    {
        var symbols = At(chain.Draft(code, "inspection"), CodePoints.ToUnits(code, cursor));
        var data = new JsonObject();
        if (symbols.Count > 0) data["text/plain"] = Text(symbols);
        return new JsonObject { ["status"] = "ok", ["found"] = symbols.Count > 0, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    private static string Text(IReadOnlyList<ISymbol> symbols)
    {
        var others = symbols.Count > 1 ? FormattableString.Invariant($"\n(+ {symbols.Count - 1} overloads)") : "";
        var documentation = XmlText.Of(symbols[0].GetDocumentationCommentXml() ?? "");
        var declaration = symbols[0].ToDisplayString(Format).Replace("Cell#.", "", StringComparison.Ordinal);
        return documentation.Length > 0 ? $"{declaration}{others}\n\n{documentation}" : declaration + others;
    }

    private static List<ISymbol> At(CSharpCompilation draft, int position)
    {
        var tree = draft.SyntaxTrees.Last();
        var model = draft.GetSemanticModel(tree);
        var token = tree.GetRoot().FindToken(Math.Max(0, Math.Min(position, tree.Length - 1)));
        if (!token.IsKind(SyntaxKind.IdentifierToken) || token.SpanStart > position) token = Before(token, position);
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            var found = Symbols(model, node);
            if (found.Count > 0) return found;
            if (node is StatementSyntax or MemberDeclarationSyntax) break;
        }
        return [];
    }

    // At the end of a name, or inside the parentheses of a call, the name before is meant.
    private static SyntaxToken Before(SyntaxToken token, int position)
    {
        var at = token.SpanStart >= position ? token.GetPreviousToken() : token;
        if (at.Parent is ArgumentListSyntax { Parent: InvocationExpressionSyntax call }) return call.Expression.GetLastToken();
        if (at.Parent?.FirstAncestorOrSelf<ArgumentListSyntax>()?.Parent is InvocationExpressionSyntax outer && at.Parent is LiteralExpressionSyntax) return outer.Expression.GetLastToken();
        return at;
    }

    private static List<ISymbol> Symbols(SemanticModel model, SyntaxNode node)
    {
        if (model.GetDeclaredSymbol(node) is { } declared) return [declared];
        var info = model.GetSymbolInfo(node);
        if (node is IdentifierNameSyntax && model.GetMemberGroup(node) is { Length: > 0 } group) return [.. group.OrderByDescending(symbol => SymbolEqualityComparer.Default.Equals(symbol, info.Symbol))];
        return info.Symbol is { } symbol ? [symbol] : [.. info.CandidateSymbols];
    }
}

internal static partial class XmlText
{
    public static string Of(string xml)
    {
        if (Parse(xml) is not { } root) return "";
        var parts = new List<string?> { Content(root.Element("summary")) };
        parts.AddRange(root.Elements("param").Select(parameter => $"{parameter.Attribute("name")?.Value}: {Content(parameter)}"));
        if (Content(root.Element("returns")) is { Length: > 0 } returns) parts.Add($"returns: {returns}");
        parts.AddRange(root.Elements("exception").Select(thrown => $"throws {ShortName(thrown.Attribute("cref")?.Value)}: {Content(thrown)}"));
        if (Content(root.Element("remarks")) is { Length: > 0 } remarks) parts.Add("\n" + remarks);
        return string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part))).Trim();
    }

    private static XElement? Parse(string xml)
    {
        if (string.IsNullOrWhiteSpace(xml)) return null;
        try
        {
            var root = XElement.Parse($"<doc>{xml}</doc>");
            return root.Element("member") ?? root.Element("doc") ?? root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Content(XElement? element) =>
        element is null ? "" : Blanks().Replace(string.Concat(element.Nodes().Select(Piece)), " ").Trim();

    private static string Piece(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } see => see.IsEmpty ? see.Attribute("langword")?.Value ?? ShortName(see.Attribute("cref")?.Value) : Content(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => reference.Attribute("name")?.Value ?? "",
        XElement element => $"{Content(element)} ",
        _ => "",
    };

    // T:System.Collections.Generic.List`1 is List, M:System.String.Trim(System.Char) is Trim.
    private static string ShortName(string? reference) =>
        reference is null ? "" : reference.Split('(')[0].Split('.')[^1].Split('`')[0].Split(':')[^1];

    [GeneratedRegex(@"\s+", RegexOptions.None, 60_000)]
    private static partial Regex Blanks();
}
