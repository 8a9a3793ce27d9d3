using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>The notebook kernel, the cache and the space it has.</summary>
internal static class PlaceFindings
{
    private const long Plenty = 2L << 30;
    private const long Least = 200L << 20;

    public static IEnumerable<Finding> All() => [Kernel(), Cache()];

    private static Finding Kernel()
    {
        var found = KernelFolders().Select(folder => Path.Combine(folder, "kernels", ".net-csharp", "kernel.json")).FirstOrDefault(File.Exists);
        return found is null
            ? new Finding("notebook kernel", "not installed", "Run 'environment/falw kernel install' to open the notebooks in Jupyter or VS Code; nothing else needs it.")
            : new Finding("notebook kernel", found);
    }

    private static IEnumerable<string> KernelFolders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string?[] folders =
        [
            .. Environment.GetEnvironmentVariable("JUPYTER_PATH")?.Split(Path.PathSeparator) ?? [],
            Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR"),
            Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter"),
            Environment.GetEnvironmentVariable("VIRTUAL_ENV") is { } python ? Path.Combine(python, "share", "jupyter") : null,
            "/usr/local/share/jupyter", "/usr/share/jupyter",
        ];
        return folders.Where(folder => !string.IsNullOrEmpty(folder))!;
    }

    private static Finding Cache()
    {
        var root = Path.GetFullPath(ExperimentCache.DefaultRoot);
        var place = Existing(root);
        if (!IsWritable(place)) return new Finding("cache", $"{root} cannot be written", "Set FALW_CACHE to a folder you can write.", Blocks: true);
        var free = new DriveInfo(place).AvailableFreeSpace;
        var found = FormattableString.Invariant($"{root}, {free / (double)(1 << 30):0.0} GB free");
        return free switch
        {
            < Least => new Finding("cache", found, "Free 200 MB or more, or set FALW_CACHE to a folder on another disk.", Blocks: true),
            < Plenty => new Finding("cache", found, "The main study at small scale fits; larger ones want 2 GB. FALW_CACHE names another folder."),
            _ => new Finding("cache", found),
        };
    }

    private static string Existing(string path)
    {
        while (!Path.Exists(path)) path = Path.GetDirectoryName(path)!;
        return path;
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
