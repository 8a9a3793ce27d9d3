using System.Text.Json.Nodes;
using FaLW.Kernel.Sessions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FaLW.Kernel.Completion;

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
