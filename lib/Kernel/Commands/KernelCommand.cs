using FaLW.Kernel.Jupyter;

namespace FaLW.Kernel.Commands;

/// <summary>The commands <c>kernel install</c> and <c>kernel start</c>.</summary>
internal static class KernelCommand
{
    public const string Usage = """
        kernel install [--name NAME] [--prefix DIR] [--force] [--program DIR | --as-built]
            Makes the kernel known to Jupyter and VS Code.
            --name      the name that notebooks ask for (.net-csharp, as .NET Interactive was called)
            --prefix    an environment's root, such as /usr/local; without it, the user's own folder
            --force     replaces a kernel of that name that is not this one
            --program   a folder into which the kernel was published
            --as-built  what runs now, without compiling it ahead of time
        kernel start CONNECTION_FILE
            Serves a Jupyter front end; front ends call this themselves.
        """;

    public static Task<int> RunAsync(string[] arguments) => Endings.Of(Usage, () => Task.FromResult(arguments switch
    {
        ["install", .. var rest] => Install(Arguments.Read(rest, ["--name", "--prefix", "--program"], ["--force", "--as-built"])),
        ["start", var file] => Serve(file),
        _ => throw new UsageException("The commands are: kernel install, kernel start."),
    }));

    private static int Install(Arguments asked)
    {
        if (asked.Words.Count > 0) throw new UsageException($"'{asked.Words[0]}' is not known here; the name goes after --name.");
        var (name, prefix) = (asked.Value("--name") ?? KernelSpec.DefaultName, asked.Value("--prefix"));
        var force = asked.Has("--force") || MayReplace(name, prefix);
        var program = asked.Value("--program") ?? (asked.Has("--as-built") ? AppContext.BaseDirectory : PublishedProgram.Folder());
        var folder = KernelSpec.Install(program, name, prefix, force);
        Console.WriteLine($"The kernel '{name}' is installed in {folder}. Reload the window of VS Code, or the page of Jupyter, to see it.");
        return ExitCode.Done;
    }

    // Asks where somebody can answer; where nobody can, Install says what to add.
    private static bool MayReplace(string name, string? prefix)
    {
        if (Console.IsInputRedirected || KernelSpec.Foreign(KernelSpec.FolderOf(name, prefix)) is not { } other) return false;
        Console.Write($"Another kernel is installed as '{name}' ({other}). Replace it? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static int Serve(string file)
    {
        JupyterKernel.Start(file);
        // A cell may have started threads that would keep the process alive.
        Environment.Exit(ExitCode.Done);
        return ExitCode.Done;
    }
}
