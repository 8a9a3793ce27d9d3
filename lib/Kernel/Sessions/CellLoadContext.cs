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
    private readonly ConcurrentDictionary<string, string> natives = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string path)
    {
        var file = files.GetOrAdd(Path.GetFileNameWithoutExtension(path), _ => new ReferencedFile(path));
        file.Asked(path);
    }

    public void AddNative(string path) => natives.TryAdd(Bare(Path.GetFileName(path)), path);

    /// <summary>Where a library of that name would come from, as far as this session knows.</summary>
    public string? PathOf(AssemblyName name) =>
        files.TryGetValue(name.Name!, out var file) ? file.Path
        : Beside(name.Name + ".dll") ?? files.Values.Select(known => known.Dependencies?.ResolveAssemblyToPath(name)).FirstOrDefault(found => found is not null);

    public IEnumerable<string> TakeComplaints() => files.Values.Select(file => file.TakeComplaint()).OfType<string>();

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
        return PathOf(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    // What calls a native library leaves out what its file's name begins or ends with on this system.
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = natives.GetValueOrDefault(Bare(unmanagedDllName)) ?? files.Values.Select(known => known.Dependencies?.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(found => found is not null);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private static string Bare(string name)
    {
        if (name.StartsWith("lib", StringComparison.Ordinal)) name = name[3..];
        foreach (var ending in new[] { ".so", ".dylib", ".dll" })
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return name[..^ending.Length];
        return name;
    }

    private string? Beside(string fileName) =>
        files.Values.Select(known => Path.Combine(Path.GetDirectoryName(known.Path)!, fileName)).FirstOrDefault(File.Exists);

    private static bool IsHost(string name) =>
        name == typeof(CellLoadContext).Assembly.GetName().Name || FrameworkReferences.Find(name) is not null;
}

/// <summary>
/// One assembly file that cells refer to, as it was when they first did. A session cannot let go of what it has loaded,
/// so a rebuilt file, or another file of the same name, changes nothing: that must be said, since nothing else shows it.
/// </summary>
internal sealed class ReferencedFile(string path)
{
    private readonly DateTime written = File.GetLastWriteTimeUtc(path);
    private readonly Lazy<AssemblyDependencyResolver?> dependencies = new(() => ResolverOf(path));
    private string? complaint;
    private DateTime complainedOf;

    public string Path => path;
    public AssemblyDependencyResolver? Dependencies => dependencies.Value;

    public void Asked(string asked)
    {
        var now = File.GetLastWriteTimeUtc(asked);
        var name = System.IO.Path.GetFileName(path);
        if (asked != path)
            complaint = $"Another file named {name} is already in use in this session and stays in use. Restart the kernel to use this one.";
        else if (now != written && now != complainedOf)
            (complaint, complainedOf) = ($"{name} was rebuilt after this session began to use it, and the session keeps the old one. Restart the kernel to use the new one.", now);
    }

    public string? TakeComplaint() => Interlocked.Exchange(ref complaint, null);

    private static AssemblyDependencyResolver? ResolverOf(string path) =>
        File.Exists(System.IO.Path.ChangeExtension(path, ".deps.json")) ? new AssemblyDependencyResolver(path) : null;
}
