using System.Reflection.Metadata;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace FaLW.Kernel.Sessions;

/// <summary>The framework's assemblies as compiler references: made once per process, and of each file only the metadata is read.</summary>
internal static class FrameworkReferences
{
    public static readonly string Folder = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
    private static readonly Lazy<Dictionary<string, PortableExecutableReference>> ByName = new(ReadAll);

    public static IEnumerable<MetadataReference> All => ByName.Value.Values;

    /// <summary>A framework assembly by its simple name, with or without <c>.dll</c>.</summary>
    public static PortableExecutableReference? Find(string name) =>
        ByName.Value.GetValueOrDefault(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);

    /// <summary>A reference that reads the metadata now and lets go of the file.</summary>
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

    // From memory: published into a single file, this assembly has no file to read.
    private static unsafe PortableExecutableReference Own()
    {
        if (!typeof(FrameworkReferences).Assembly.TryGetRawMetadata(out var start, out var length)) return Read(OwnFile.Path);
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)start, length)).GetReference(filePath: OwnFile.Path, documentation: new Documentation(OwnFile.Path));
    }
}
