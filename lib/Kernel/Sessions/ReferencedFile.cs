using System.Runtime.Loader;

namespace FaLW.Kernel.Sessions;

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

    /// <summary>Where the packages of a built project are, if a list of them lies beside it.</summary>
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
