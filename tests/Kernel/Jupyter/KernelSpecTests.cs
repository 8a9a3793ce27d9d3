using FaLW.Kernel.Jupyter;

namespace FaLW.Kernel.Tests.Jupyter;

public sealed class KernelSpecTests : InFolder
{
    public KernelSpecTests() => Folder.Write("published/FaLW.Kernel.dll", "program");

    private string Program => Path.Combine(Folder.Path, "published");

    private string Spec => Path.Combine(Folder.Path, "share/jupyter/kernels/.net-csharp");

    [Fact]
    public void A_kernelspec_is_a_folder_that_can_be_copied()
    {
        Folder.Write("published/sub/file.txt", "x");
        Assert.Equal(Spec, KernelSpec.Install(Program, prefix: Folder.Path));
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Spec, "kernel.json")))!;
        Assert.Equal(["dotnet", "{resource_dir}/program/FaLW.Kernel.dll", "kernel", "start", "{connection_file}"], json["argv"]!.AsArray().Select(word => word!.ToString()));
        Assert.Equal(("message", "C#", ".NET (C#)"), (json["interrupt_mode"]!.ToString(), json["language"]!.ToString(), json["display_name"]!.ToString()));
        Assert.True(File.Exists(Path.Combine(Spec, "program/sub/file.txt")));
        Assert.DoesNotContain(Folder.Path, json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_is_replaced_and_a_foreign_one_only_by_force()
    {
        KernelSpec.Install(Program, prefix: Folder.Path);
        KernelSpec.Install(Program, prefix: Folder.Path);
        Folder.Write("share/jupyter/kernels/.net-csharp/kernel.json", """{"argv":["dotnet","interactive","jupyter"]}""");
        Assert.Contains("starts 'dotnet interactive jupyter'", Assert.Throws<NotebookFault>(() => KernelSpec.Install(Program, prefix: Folder.Path)).Message, StringComparison.Ordinal);
        KernelSpec.Install(Program, "beside", Folder.Path);
        KernelSpec.Install(Program, prefix: Folder.Path, force: true);
        Assert.Null(KernelSpec.Foreign(Spec));
        Folder.Write("share/jupyter/kernels/.net-csharp/kernel.json", """{"argv":[""");
        Assert.Contains("(its kernel.json is no JSON object)", Assert.Throws<NotebookFault>(() => KernelSpec.Install(Program, prefix: Folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_installation_that_breaks_off_leaves_the_earlier_one_and_nothing_else()
    {
        KernelSpec.Install(Program, prefix: Folder.Path);
        File.CreateSymbolicLink(Path.Combine(Program, "lost.dll"), "nowhere");
        Assert.Contains("give --prefix", Assert.Throws<NotebookFault>(() => KernelSpec.Install(Program, prefix: Folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(["kernel.json", "program"], Directory.GetFileSystemEntries(Spec).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(Directory.GetDirectories(Path.GetDirectoryName(Spec)!));
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Contains("is no name for a kernel", Assert.Throws<NotebookFault>(() => KernelSpec.Install(Program, name, Folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_command_installs_and_says_where()
    {
        var (code, output, _) = KernelProcess.Run(Folder.Path, "kernel", "install", "--prefix", ".", "--program", "published");
        Assert.Equal(0, code);
        Assert.Contains(Spec, output, StringComparison.Ordinal);
        Folder.Write("share/jupyter/kernels/.net-csharp/kernel.json", """{"argv":["other"]}""");
        Assert.Contains("Add --force", KernelProcess.Run(Folder.Path, "kernel", "install", "--prefix", ".", "--program", "published").Error, StringComparison.Ordinal);
        Assert.Contains("does not hold FaLW.Kernel.dll", KernelProcess.Run(Folder.Path, "kernel", "install", "--prefix", "new", "--program", ".").Error, StringComparison.Ordinal);
    }
}
