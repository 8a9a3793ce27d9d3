using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// <c>#r</c> to compiler reference. The same file gives the same reference object as long as it is not rebuilt: the stock
/// resolver reads every reference anew for each cell, which costs some 4 MiB of native memory per cell. A miss is not kept:
/// the file may be built a moment later.
/// </summary>
internal sealed class CellReferenceResolver(string folder, CellLoadContext loader) : MetadataReferenceResolver
{
    private readonly ConcurrentDictionary<(string Path, DateTime Written, MetadataReferenceProperties Properties), PortableExecutableReference> known = new();

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        if (FindFile(reference, baseFilePath) is { } path)
        {
            loader.Add(path);
            return [Get(path, properties)];
        }
        return FrameworkReferences.Find(reference) is { } framework ? [framework.WithProperties(properties)] : [];
    }

    /// <summary>What a referenced assembly itself needs lies beside it.</summary>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (FrameworkReferences.Find(referenceIdentity.Name) is { } framework) return framework;
        if (definition is not PortableExecutableReference { FilePath: { } needing }) return null;
        var path = Path.Combine(Path.GetDirectoryName(needing)!, referenceIdentity.Name + ".dll");
        if (!File.Exists(path)) return null;
        loader.Add(path);
        return Get(path, MetadataReferenceProperties.Assembly);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private string? FindFile(string reference, string? baseFilePath)
    {
        var beside = baseFilePath is not null && Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath)! : folder;
        return new[] { beside, folder }.Select(start => Path.GetFullPath(Path.Combine(start, reference))).FirstOrDefault(File.Exists);
    }

    private PortableExecutableReference Get(string path, MetadataReferenceProperties properties) =>
        known.GetOrAdd((path, File.GetLastWriteTimeUtc(path), properties), key => (PortableExecutableReference)FrameworkReferences.Read(key.Path).WithProperties(key.Properties));
}
