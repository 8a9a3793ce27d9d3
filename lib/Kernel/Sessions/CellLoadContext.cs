using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace FaLW.Kernel.Sessions;

/// <summary>
/// Where the assemblies of one session live: the compiled cells, what <c>#r</c> named, and what lies beside it. The
/// framework and this program come from the default context, so the cells and the kernel agree about their types.
/// </summary>
internal sealed class CellLoadContext() : AssemblyLoadContext("notebook")
{
    private readonly ConcurrentDictionary<string, Assembly> cells = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReferencedFile> files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a referenced file known, to be loaded when something in it is used.</summary>
    public void Add(string path)
    {
        var file = files.GetOrAdd(Path.GetFileNameWithoutExtension(path), _ => new ReferencedFile(path));
        file.Asked(path);
    }

    /// <summary>Sentences about references that cannot be had as they are asked for; each is told once.</summary>
    public IEnumerable<string> TakeComplaints() => files.Values.Select(file => file.TakeComplaint()).OfType<string>();

    /// <summary>Loads a compiled cell.</summary>
    public Assembly LoadCell(Stream assembly, Stream symbols)
    {
        var loaded = LoadFromStream(assembly, symbols);
        cells[loaded.GetName().Name!] = loaded;
        return loaded;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (cells.TryGetValue(name, out var cell)) return cell;
        if (IsHost(name)) return null;
        var path = files.TryGetValue(name, out var file) ? file.Path : Beside(name + ".dll");
        path ??= files.Values.Select(known => known.Dependencies?.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(found => found is not null);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = files.Values.Select(known => known.Dependencies?.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(found => found is not null);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private string? Beside(string fileName) =>
        files.Values.Select(known => Path.Combine(Path.GetDirectoryName(known.Path)!, fileName)).FirstOrDefault(File.Exists);

    private static bool IsHost(string name) =>
        name == typeof(CellLoadContext).Assembly.GetName().Name || FrameworkReferences.Find(name) is not null;
}
