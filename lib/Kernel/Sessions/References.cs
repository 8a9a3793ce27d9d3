using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.InteropServices;
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

    private PortableExecutableReference Get(string path, MetadataReferenceProperties properties)
    {
        try
        {
            return known.GetOrAdd((path, File.GetLastWriteTimeUtc(path), properties), key => (PortableExecutableReference)FrameworkReferences.Read(key.Path).WithProperties(key.Properties));
        }
        catch (BadImageFormatException fault)
        {
            throw new NotebookFault($"'{Path.GetFileName(path)}' is no .NET assembly, so `#r` cannot load it. Name the .dll of one; a native library is found beside the assembly that needs it.", fault);
        }
    }
}

/// <summary><c>#load</c> to file, relative to the notebook. Names of cells stay as they are, so no path gets into a message.</summary>
internal sealed class CellSourceResolver(string folder) : SourceReferenceResolver
{
    private readonly SourceFileResolver files = new(ImmutableArray<string>.Empty, folder);

    public override string? NormalizePath(string path, string? baseFilePath) => Path.IsPathRooted(path) ? Relative(path) : path;

    public override string? ResolveReference(string path, string? baseFilePath) =>
        files.ResolveReference(path, baseFilePath is not null && Path.IsPathRooted(baseFilePath) ? baseFilePath : null);

    public override Stream OpenRead(string resolvedPath) => files.OpenRead(resolvedPath);
    public string Relative(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
    public override bool Equals(object? other) => ReferenceEquals(this, other);
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The framework's assemblies as compiler references: made once per process, and of each file only the metadata is read.</summary>
internal static class FrameworkReferences
{
    public static readonly string Folder = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
    private static readonly Lazy<Dictionary<string, PortableExecutableReference>> ByName = new(ReadAll);
    private static readonly Lazy<MetadataReference[]> WithTypes = new(() => [.. ByName.Value.Values.Where(HasTypes)]);

    /// <summary>Those that define types. The others send on to them, and are found when something that was built against them wants one; each would cost memory in every cell.</summary>
    public static IEnumerable<MetadataReference> All => WithTypes.Value;

    public static PortableExecutableReference? Find(string name) =>
        ByName.Value.GetValueOrDefault(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);

    public static PortableExecutableReference Read(string path)
    {
        var module = ModuleMetadata.CreateFromStream(File.OpenRead(path), System.Reflection.PortableExecutable.PEStreamOptions.PrefetchMetadata);
        return AssemblyMetadata.Create(module).GetReference(filePath: path, documentation: new Documentation(path));
    }

    public static bool IsFramework(string path) => Path.GetDirectoryName(path) == Folder;

    private static Dictionary<string, PortableExecutableReference> ReadAll()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        var files = trusted.Where(IsFramework).DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase).ToArray();
        var references = new PortableExecutableReference[files.Length];
        Parallel.For(0, files.Length, i => references[i] = Read(files[i]));
        var all = files.Zip(references).ToDictionary(pair => Path.GetFileNameWithoutExtension(pair.First), pair => pair.Second, StringComparer.OrdinalIgnoreCase);
        all.TryAdd(Path.GetFileNameWithoutExtension(OwnFile.Path), Own());
        return all;
    }

    private static bool HasTypes(PortableExecutableReference reference)
    {
        var reader = ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].GetMetadataReader();
        return reader.TypeDefinitions.Any(type => (reader.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public);
    }

    // From memory: published into a single file, this assembly has no file to read.
    private static unsafe PortableExecutableReference Own()
    {
        if (!typeof(FrameworkReferences).Assembly.TryGetRawMetadata(out var start, out var length)) return Read(OwnFile.Path);
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)start, length)).GetReference(filePath: OwnFile.Path, documentation: new Documentation(OwnFile.Path));
    }
}

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
