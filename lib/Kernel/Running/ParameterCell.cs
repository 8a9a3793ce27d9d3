using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FaLW.Kernel.Running;

/// <summary>
/// The cell tagged <c>parameters</c>: what it declares can be given other values from outside. The value is put into the
/// cell's source, so an executed notebook shows what it was run with. Where papermill has put a cell tagged
/// <c>injected-parameters</c> below it, that one has the last word, and takes the value too.
/// </summary>
internal static class ParameterCell
{
    private const string Tag = "parameters";
    private const string InjectedTag = "injected-parameters";

    public static void Set(Notebook notebook, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0) return;
        var cells = notebook.Cells.Where(cell => cell.Kind is CellKind.Code && (cell.Has(Tag) || cell.Has(InjectedTag))).ToList();
        if (cells.Count == 0) throw new NotebookFault($"The notebook has no cell tagged '{Tag}', so '{parameters[0].Key}' cannot be set. Tag the cell that declares it.");
        foreach (var (name, value) in parameters)
        {
            var declaring = cells.FindAll(cell => Declared(cell.Source).Exists(variable => variable.Identifier.ValueText == name));
            if (declaring.Count == 0) throw Unknown(name, [.. cells.SelectMany(cell => Declared(cell.Source))]);
            foreach (var cell in declaring) cell.Source = Set(cell.Source, name, value);
        }
    }

    public static string Set(string source, string name, string value)
    {
        var declared = Declared(source);
        var old = (declared.Find(variable => variable.Identifier.ValueText == name) ?? throw Unknown(name, declared)).Initializer!.Value;
        return string.Concat(source.AsSpan(0, old.SpanStart), Written(value, old, name), source.AsSpan(old.Span.End));
    }

    private static List<VariableDeclaratorSyntax> Declared(string source) =>
        [.. CSharpSyntaxTree.ParseText(source, SubmissionChain.Parsing).GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(variable => variable.Initializer is not null)];

    // What a person types is shorter than C#: Smoke for Scale.Smoke, CIFAR for "CIFAR".
    private static string Written(string value, ExpressionSyntax old, string name)
    {
        if (old is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } && !value.StartsWith('"')) return SymbolDisplay.FormatLiteral(value, quote: true);
        if (old is MemberAccessExpressionSyntax member && SyntaxFacts.IsValidIdentifier(value)) return $"{member.Expression.ToString()}.{value}";
        var parsed = SyntaxFactory.ParseExpression(value);
        if (parsed.ContainsDiagnostics || parsed.DescendantTrivia().Any(trivia => (SyntaxKind)trivia.RawKind is not SyntaxKind.WhitespaceTrivia) || parsed.FullSpan.Length != value.Length || value.Length == 0)
            throw new NotebookFault($"'{value}' is no C# expression, so it cannot be the value of '{name}'. Write it as you would in the cell, such as '{old.ToString()}'.");
        return value;
    }

    private static NotebookFault Unknown(string name, List<VariableDeclaratorSyntax> declared) => new(
        $"The parameters cell does not declare '{name}'. "
        + (declared.Count > 0 ? $"It declares {string.Join(", ", declared.Select(variable => variable.Identifier.ValueText).Distinct(StringComparer.Ordinal))}." : "It declares nothing that has a value."));
}
