namespace FaLW.Kernel.Commands;

/// <summary>The kernel as a program of its own.</summary>
internal static class Entry
{
    public static Task<int> Run(string[] arguments) => arguments switch
    {
        ["notebook", .. var rest] => NotebookCommand.RunAsync(rest),
        ["kernel", .. var rest] => KernelCommand.RunAsync(rest),
        _ => Endings.Of($"{NotebookCommand.Usage}\n{KernelCommand.Usage}", () => throw new UsageException("A C# notebook engine.")),
    };
}
