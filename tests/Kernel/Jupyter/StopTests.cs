using System.Diagnostics;

namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>The stop button, and the ways in which a kernel ends.</summary>
public sealed class StopTests
{
    [Fact]
    public void Cells_are_interrupted_by_message_and_by_signal()
    {
        using var kernel = new LiveKernel();
        using var client = kernel.Connect();
        var filled = "for (var i = 0; i < 200; i++) _ = Task.Run(() => Thread.Sleep(60_000)); ";
        foreach (var code in new[] { "await Task.Delay(60_000);", "while (true) ;", "while (true) Console.Write(\"x\");", filled + "Thread.Sleep(60_000);" })
        {
            var id = Begin(client, code);
            Assert.Equal("ok", client.Reply("control", client.Send("control", "interrupt_request")).Content["status"]!.ToString());
            Assert.Equal("The cell was interrupted.", client.Reply("shell", id).Content["evalue"]!.ToString());
        }
        var again = Begin(client, "await Task.Delay(60_000);");
        using (var kill = Process.Start("sh", ["-c", $"kill -INT {kernel.Process.Id}"])) kill.WaitForExit();
        Assert.Equal("error", client.Reply("shell", again).Content["status"]!.ToString());
        Assert.Equal("ok", client.Execute("1").Reply["status"]!.ToString());
    }

    [Fact]
    public void A_question_can_be_interrupted()
    {
        using var kernel = new LiveKernel();
        using var client = kernel.Connect();
        var id = client.Send("shell", "execute_request", new JsonObject { ["code"] = "input(\"?\")", ["allow_stdin"] = true });
        client.Receive("stdin");
        client.Send("control", "interrupt_request");
        Assert.Equal("error", client.Reply("shell", id).Content["status"]!.ToString());
    }

    [Fact]
    public void Shutdown_is_answered_published_and_obeyed_while_a_cell_runs()
    {
        using var kernel = new LiveKernel();
        using var client = kernel.Connect();
        Begin(client, "new Thread(() => { while (true) Thread.Sleep(1000); }).Start(); while (true) ;");
        var id = client.Send("control", "shutdown_request", new JsonObject { ["restart"] = true });
        Assert.True(client.Reply("control", id).Content["restart"]!.GetValue<bool>());
        Assert.Contains(client.Published(id), message => message.Type == "shutdown_reply");
        Assert.True(kernel.Process.WaitForExit(10_000));
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    [Fact]
    public void Shutdown_on_the_shell_channel_waits_its_turn_and_is_answered_published_and_obeyed()
    {
        using var kernel = new LiveKernel();
        using var client = kernel.Connect();
        var cell = client.Send("shell", "execute_request", new JsonObject { ["code"] = "Thread.Sleep(50); 6 * 7" });
        var id = client.Send("shell", "shutdown_request", new JsonObject { ["restart"] = false });
        Assert.Equal("ok", client.Reply("shell", cell).Content["status"]!.ToString());
        Assert.Equal("""{"status":"ok","restart":false}""", client.Reply("shell", id).Content.ToJsonString());
        Assert.Contains(client.Published(id), message => message.Type == "shutdown_reply");
        Assert.True(kernel.Process.WaitForExit(10_000));
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    [Fact]
    public void A_kernel_whose_parent_is_gone_ends()
    {
        using var folder = new TemporaryFolder();
        using var template = new LiveKernel(new JsonObject { ["key"] = "other" });
        var file = folder.Write("c.json", template.Connection.ToJsonString());
        template.Process.Kill();
        template.Process.WaitForExit();
        // The shell is the parent: it writes down the kernel's id and ends as soon as the kernel answers.
        var script = $"JPY_PARENT_PID=1 dotnet '{KernelProcess.Program}' kernel start '{file}' >/dev/null 2>&1 & echo $!; read line";
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false })!;
        using var orphan = Process.GetProcessById(int.Parse(shell.StandardOutput.ReadLine()!));
        using (var client = Client.WhenListening(() => new Client(template.Connection), () => orphan.WaitForExit(20))) client.Ask("kernel_info_request");
        shell.StandardInput.Close();
        shell.WaitForExit();
        Assert.True(orphan.WaitForExit(20_000));
    }

    [Fact]
    public void A_kernel_listens_on_files_as_well()
    {
        using var kernel = new LiveKernel(new JsonObject { ["transport"] = "ipc", ["ip"] = "{folder}/k" });
        using var client = kernel.Connect();
        Assert.Equal("ok", client.Execute("1").Reply["status"]!.ToString());
    }

    [Theory]
    [InlineData("{", "cannot be read: line 1, byte 2: ")]
    [InlineData("""{"key":"k","transport":"ipc","ip":"a\u0000b","hb_port":1}""", "names a place where nobody can listen")]
    [InlineData("""{"key":""}""", "has no key, and this kernel takes signed messages only")]
    [InlineData("""{"key":"k","ip":"0.0.0.0"}""", "listens on the loopback interface only")]
    [InlineData("""{"key":"k","signature_scheme":"hmac-md5"}""", "knows hmac-sha256")]
    [InlineData("""{"key":"k","ip":"127.0.0.1"}""", "has no hb_port")]
    [InlineData("""{"key":"k","hb_port":65536}""", "has no hb_port")]
    public void An_unsafe_or_broken_connection_file_is_refused(string text, string sentence)
    {
        using var folder = new TemporaryFolder();
        folder.Write("c.json", text);
        var (code, _, error) = KernelProcess.Run(folder.Path, "kernel", "start", "c.json");
        Assert.Equal(1, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    private static string Begin(Client client, string code)
    {
        var id = client.Send("shell", "execute_request", new JsonObject { ["code"] = $"Console.Write(\"go\"); {code}" });
        Received message;
        do message = client.Receive("iopub");
        while (message.Type != "stream" || message.Parent != id);
        return id;
    }
}
