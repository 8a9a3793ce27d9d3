using FaLW.Kernel.Commands;

return await (args switch
{
    ["notebook", .. var rest] => NotebookCommand.RunAsync(rest),
    ["kernel", .. var rest] => KernelCommand.RunAsync(rest),
    _ => Endings.Of($"{NotebookCommand.Usage}\n{KernelCommand.Usage}", () => throw new UsageException("A C# notebook engine.")),
});
