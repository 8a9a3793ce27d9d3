using FaLW.Kernel.Commands;

Console.SetError(new Unheard(Console.Error));
// A cell may have started threads that would keep the process alive.
Environment.Exit(await (args switch
{
    ["notebook", .. var rest] => NotebookCommand.RunAsync(rest),
    ["kernel", .. var rest] => KernelCommand.RunAsync(rest),
    _ => Endings.Of($"{NotebookCommand.Usage}\n{KernelCommand.Usage}", () => throw new UsageException("A C# notebook engine.")),
}));
