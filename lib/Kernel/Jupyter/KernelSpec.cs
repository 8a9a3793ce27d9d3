namespace FaLW.Kernel.Jupyter;

/// <summary>
/// The folder by which front ends find a kernel: <c>kernel.json</c> and the program beside it, so that the folder can be
/// copied anywhere that front ends look.
/// </summary>
internal static class KernelSpec
{
    public const string DefaultName = NotebookMetadata.KernelName;

    private const string File = "kernel.json";
    private const string ProgramFolder = "program";

    private static string ProgramFile { get; } = Path.GetFileName(OwnFile.Path);

    public static string FolderOf(string name = DefaultName, string? prefix = null) =>
        Path.Combine(prefix is null ? UserFolder() : Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), "kernels", name);

    // Null where no kernel of somebody else's is.
    public static string? Foreign(string folder)
    {
        var file = Path.Combine(folder, File);
        if (!System.IO.File.Exists(file)) return null;
        if (ForeignText.TryObject(System.IO.File.ReadAllBytes(file)) is not { } spec) return $"its {File} is no JSON object";
        var words = (spec["argv"] as JsonArray ?? []).Select(word => word?.ToString() ?? "").ToList();
        return words.Exists(word => word.EndsWith(ProgramFile, StringComparison.Ordinal)) ? null : $"it starts '{string.Join(' ', words)}'";
    }

    public static string Install(string program, string name = DefaultName, string? prefix = null, bool force = false)
    {
        if (!System.IO.File.Exists(Path.Combine(program, ProgramFile))) throw new NotebookFault($"'{program}' does not hold {ProgramFile}. Give the folder into which the kernel was published.");
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))) throw new NotebookFault($"'{name}' is no name for a kernel. Use letters, digits, '.', '-' and '_'.");
        var folder = FolderOf(name, prefix);
        if (!force && Foreign(folder) is { } other) throw new NotebookFault($"Another kernel is installed as '{name}' ({other}). Add --force to replace it, or --name to install beside it.");
        var draft = $"{folder}.part";
        try
        {
            Remove(draft);
            Copy(new DirectoryInfo(program), Path.Combine(draft, ProgramFolder));
            System.IO.File.WriteAllText(Path.Combine(draft, File), PlainJson.Write(Content(name)) + "\n");
            Remove(folder);
            Directory.Move(draft, folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Remove(draft);
            throw new NotebookFault($"The kernel cannot be installed in {folder}: {fault.Message.TrimEnd('.')}. Free some space, give --prefix, such as /usr/local, or set JUPYTER_DATA_DIR to a folder you can write.", fault);
        }
        return folder;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    // Freed memory is kept for the next computation, on huge pages: numbers in cells come a fifth sooner. Other C libraries do not read it.
    private const string KeptMemory = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=9223372036854775807:glibc.malloc.arena_max=1";

    private static JsonObject Content(string name) => new()
    {
        ["argv"] = new JsonArray("dotnet", $"{{resource_dir}}/{ProgramFolder}/{ProgramFile}", "kernel", "start", "{connection_file}"),
        ["display_name"] = name == DefaultName ? NotebookMetadata.DisplayName : $"{NotebookMetadata.DisplayName} {name}",
        ["env"] = new JsonObject { ["DOTNET_TieredPGO"] = "0", ["GLIBC_TUNABLES"] = KeptMemory },
        ["interrupt_mode"] = "message",
        ["language"] = NotebookMetadata.Language,
        ["metadata"] = new JsonObject { ["debugger"] = false },
    };

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles().Where(file => file.Extension is not ".pdb")) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories()) Copy(folder, Path.Combine(to, folder.Name));
    }

    // The places that Jupyter itself uses, also when it is not installed: VS Code looks there.
    private static string UserFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen) return chosen;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (home.Length == 0) throw new NotebookFault("This user has no home folder to install into. Give --prefix, such as /usr/local, or set JUPYTER_DATA_DIR.");
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        return Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }
}
