using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FaLW.Kernel.Sessions;

/// <summary><c>#load</c> to file, relative to the notebook. Names of cells stay as they are, so no path gets into a message.</summary>
internal sealed class CellSourceResolver(string folder) : SourceReferenceResolver
{
    private readonly SourceFileResolver files = new(ImmutableArray<string>.Empty, folder);

    public override string? NormalizePath(string path, string? baseFilePath) =>
        Path.IsPathRooted(path) ? Relative(path) : path;

    public override string? ResolveReference(string path, string? baseFilePath) =>
        files.ResolveReference(path, baseFilePath is not null && Path.IsPathRooted(baseFilePath) ? baseFilePath : null);

    public override Stream OpenRead(string resolvedPath) => files.OpenRead(resolvedPath);

    /// <summary>A file's path as seen from the notebook.</summary>
    public string Relative(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
