using System.Globalization;
using Microsoft.CodeAnalysis;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// XML documentation of an assembly: from the file beside it or, for the framework, from the SDK's reference pack.
/// Nothing is read until somebody asks about a member.
/// </summary>
internal sealed class Documentation(string assembly) : DocumentationProvider
{
    private static readonly Lazy<string[]> ReferencePack = new(FindReferencePack);

    public override bool Equals(object? obj) => obj is Documentation other && other.Assembly == Assembly;

    public override int GetHashCode() => Assembly.GetHashCode(StringComparison.Ordinal);

    private string Assembly => assembly;

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        Files().Select(file => Member(File.ReadAllText(file), documentationMemberID)).FirstOrDefault(found => found is not null) ?? "";

    private string[] Files()
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        return File.Exists(beside) ? [beside] : FrameworkReferences.IsFramework(assembly) ? ReferencePack.Value : [];
    }

    private static string? Member(string file, string id)
    {
        var start = file.IndexOf($"<member name=\"{id}\"", StringComparison.Ordinal);
        if (start < 0) return null;
        var end = file.IndexOf("</member>", start, StringComparison.Ordinal);
        return end < 0 ? null : file[start..(end + "</member>".Length)];
    }

    // The files with the types that most people ask about come first.
    private static string[] FindReferencePack()
    {
        var root = Path.GetFullPath(Path.Combine(FrameworkReferences.Folder, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(root)) return [];
        var files = Directory.EnumerateFiles(root, "*.xml", SearchOption.AllDirectories);
        return [.. files.OrderByDescending(file => Path.GetFileName(file) is "System.Runtime.xml" or "System.Collections.xml" or "System.Linq.xml").ThenBy(file => file, StringComparer.Ordinal)];
    }
}
