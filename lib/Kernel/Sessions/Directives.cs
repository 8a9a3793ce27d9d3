using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// The lines of a cell that are for the kernel and not for the compiler: <c>#!import</c>, and <c>#!csharp</c>, which .NET
/// Interactive writes and which says nothing here. They become empty lines, so that line numbers stay right.
/// </summary>
/// <param name="Code">The cell for the compiler.</param>
/// <param name="Imports">Files to run before it, as they were written.</param>
/// <param name="Fault">What cannot be done, as a sentence; null when all can.</param>
/// <param name="Line">The line of the fault, from 1.</param>
internal sealed record Directives(string Code, IReadOnlyList<string> Imports, string? Fault = null, int Line = 0)
{
    public static Directives Read(string code)
    {
        if (!code.Contains("#!", StringComparison.Ordinal) && !code.Contains("nuget:", StringComparison.OrdinalIgnoreCase)) return new Directives(code, []);
        var root = CSharpSyntaxTree.ParseText(code, SubmissionChain.Parsing).GetCompilationUnitRoot();
        var package = root.GetReferenceDirectives().FirstOrDefault(r => r.File.ValueText.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase));
        if (package is not null) return new Directives(code, [], NoPackages(package), LineOf(package));
        return Magics(code, root);
    }

    private static Directives Magics(string code, CompilationUnitSyntax root)
    {
        var imports = new List<string>();
        var kept = code.ToCharArray();
        foreach (var trivia in root.DescendantTrivia().Where(IsMagic))
        {
            var words = trivia.ToString()[2..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["import", var file]) imports.Add(file.Trim().Trim('"'));
            else if (words is not ["csharp" or "c#" or "C#", ..]) return new Directives(code, [], Unknown(trivia.ToString()), LineOf(trivia.GetLocation()));
            Blank(kept, trivia.FullSpan.Start, trivia.FullSpan.End);
        }
        return new Directives(new string(kept), imports);
    }

    private static bool IsMagic(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.ShebangDirectiveTrivia or SyntaxKind.BadDirectiveTrivia && trivia.ToString().StartsWith("#!", StringComparison.Ordinal);

    private static void Blank(char[] text, int start, int end)
    {
        for (var i = start; i < end; i++)
            if (text[i] is not ('\n' or '\r'))
                text[i] = ' ';
    }

    private static string NoPackages(ReferenceDirectiveTriviaSyntax package) =>
        $"#r \"{package.File.ValueText}\" asks for a package, and this kernel does not download packages. "
        + "Add the package to a project, build it, and refer to what was built: #r \"../bin/MyLibrary.dll\".";

    private static string Unknown(string magic) =>
        $"'{magic.Trim()}' is not a command of this kernel. It knows #!import FILE, for .ipynb, .dib, .cs and .csx files, besides the compiler's own #r and #load.";

    private static int LineOf(SyntaxNode node) => LineOf(node.GetLocation());

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;
}
