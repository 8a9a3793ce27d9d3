namespace FaLW.Kernel.Tests.Commands;

public sealed class RunCommandTests : InFolder
{
    // libc's puts keeps its text until it is flushed; write goes out at once; a child process inherits the stream.
    private const string Native = """
        [System.Runtime.InteropServices.DllImport("libc")] static extern int puts(string text);
        [System.Runtime.InteropServices.DllImport("libc")] static extern nint write(int to, byte[] text, nint length);
        void Out(string text) => write(1, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetByteCount(text));
        """;

    [Fact]
    public void Native_output_reaches_its_cell_in_order_and_warnings_reach_the_log()
    {
        RunnerTests.Make(Native, "for (var i = 0; i < 50; i++) { Out($\"n{i} é\\n\"); Console.WriteLine($\"m{i}\"); }", "puts(\"late\"); System.Diagnostics.Process.Start(\"echo\", \"child\").WaitForExit();", "write(2, \"warning\\n\"u8.ToArray(), 8);")
            .Save(Path.Combine(Folder.Path, "n.ipynb"));
        var (code, output, error) = KernelProcess.Run(Folder.Path, "notebook", "run", "n.ipynb", "--in-place");
        Assert.Equal((0, "", "warning\n"), (code, output, error));
        var cells = Notebook.Load(Path.Combine(Folder.Path, "n.ipynb")).Cells;
        Assert.Equal(string.Concat(Enumerable.Range(0, 50).Select(i => $"n{i} é\nm{i}\n")), Assert.Single(cells[1].Outputs)!["text"]!.ToString());
        Assert.Equal("child\nlate\n", Assert.Single(cells[2].Outputs)!["text"]!.ToString());
        Assert.Empty(cells[3].Outputs);
    }

    [Fact]
    public void A_failing_cell_ends_the_command_with_one_and_leaves_the_notebook_alone()
    {
        var path = Folder.Write("broken.ipynb", RunnerTests.Make("1", "\nthrow new Exception(\"planned\");", "Console.Write(\"never\");").ToJson());
        var before = File.ReadAllText(path);
        var (code, output, error) = KernelProcess.Run(Folder.Path, "notebook", "run", "broken.ipynb", "--in-place");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("broken.ipynb: cell 2 'c2' (In [2]:line 2): Exception: planned\n", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(path));

        // What ran is kept beside it, and no folder of notebooks holds it.
        var half = Path.Combine(Folder.Path, "broken.received.ipynb");
        Assert.Contains("What ran is in broken.received.ipynb", error, StringComparison.Ordinal);
        Assert.Equal(["execute_result", "error"], Notebook.Load(half).Cells.SelectMany(cell => cell.Outputs).Select(output => output!["output_type"]!.ToString()));
        RunnerTests.Make("2").Save(path);
        Assert.Equal((0, "", ""), KernelProcess.Run(Folder.Path, "notebook", "run", ".", "--in-place"));
        Assert.False(File.Exists(half));
    }

    [Fact]
    public void Several_notebooks_run_each_in_its_own_process_and_the_worst_counts()
    {
        Folder.Write("a/good.ipynb", RunnerTests.Make("Directory.GetFiles(\".\").Length").ToJson());
        Folder.Write("bad.ipynb", RunnerTests.Make("Console.Write(\"before\");", "Environment.FailFast(\"gone\");").ToJson());
        var (code, _, error) = KernelProcess.Run(Folder.Path, "notebook", "run", "a/good.ipynb", "bad.ipynb", "--out", "done");
        Assert.Equal(1, code);
        Assert.Contains("gone", error, StringComparison.Ordinal);
        Assert.Contains("bad.ipynb: the process of the notebook was ended by signal 6", error, StringComparison.Ordinal);
        var result = Notebook.Load(Path.Combine(Folder.Path, "done", "good.ipynb")).Cells[0].Outputs[0]!;
        Assert.Equal("1", result["data"]!["text/plain"]!.ToString());
        Assert.Equal("before", Notebook.Load(Path.Combine(Folder.Path, "done", "bad.ipynb")).Cells[0].Outputs[0]!["text"]!.ToString());
    }

    [Theory]
    [InlineData("python3", "python", "c#", "n.ipynb: The notebook is written in Python (its kernel is 'python3'), and this kernel runs C#.")]
    [InlineData(".net-fsharp", "F#", "fsharp", "n.ipynb: The notebook is written in F#")]
    [InlineData(".net-csharp", "C#", "pwsh", "n.ipynb: Cell 1 'c1' is written in PowerShell, and this kernel runs C#.")]
    [InlineData(".net-csharp", "C#", "html", "n.ipynb: Cell 1 'c1' is written in HTML")]
    public void What_is_written_for_another_kernel_is_named_before_anything_runs(string kernel, string language, string cell, string sentence)
    {
        var notebook = RunnerTests.Make("rm -f build.log");
        notebook.Metadata["kernelspec"] = new JsonObject { ["name"] = kernel, ["language"] = language };
        notebook.Cells[0].Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = cell };
        notebook.Save(Path.Combine(Folder.Path, "n.ipynb"));
        var (code, _, error) = KernelProcess.Run(Folder.Path, "notebook", "run", "n.ipynb");
        Assert.Equal(1, code);
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_in_native_code_does_not_outlive_its_time()
    {
        Folder.Write("slow.ipynb", RunnerTests.Make("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds); while (true) { try { sleep(60); } catch { } }").ToJson());
        var (code, _, error) = KernelProcess.Run(Folder.Path, "notebook", "run", "slow.ipynb", "--timeout", "0.2");
        Assert.Equal(1, code);
        Assert.Contains("took longer than --timeout allows", error, StringComparison.Ordinal);
    }

    /// <summary>However the command ends, what it started ends too, and what ran is kept.</summary>
    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void Who_ends_the_command_ends_its_process_and_keeps_what_ran(string signal)
    {
        Assert.SkipWhen(signal == "HUP" && HangUpIsIgnored, "Under nohup nobody hears of a hang-up.");
        Folder.Write("long.ipynb", RunnerTests.Make("Console.Write(\"first\");", "File.WriteAllText(\"pid.part\", $\"{Environment.ProcessId}\"); File.Move(\"pid.part\", \"pid\"); while (true) ;").ToJson());
        using var command = KernelProcess.Start(Folder.Path, "notebook", "run", "long.ipynb", "--steady", "--out", "done");
        var pid = Path.Combine(Folder.Path, "pid");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(pid), TimeSpan.FromMinutes(2)));
        using var own = System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture));
        System.Diagnostics.Process.Start("kill", [$"-{signal}", command.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.True(own.WaitForExit(TimeSpan.FromMinutes(2)));
        Assert.True(command.WaitForExit(TimeSpan.FromMinutes(2)));
        if (signal != "KILL") Assert.Equal(130, command.ExitCode);
        var cells = Notebook.Load(Path.Combine(Folder.Path, "done", "long.ipynb")).Cells;
        Assert.Equal("first", cells[0].Outputs[0]!["text"]!.ToString());
        Assert.Equal("error", Assert.Single(cells[1].Outputs)!["output_type"]!.ToString());
    }

    // The first bit of what Linux names; a process inherits it.
    private static bool HangUpIsIgnored => File.Exists("/proc/self/status")
        && Convert.ToInt32(File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[^1..], 16) % 2 == 1;

    /// <summary>Whoever cannot hear of the end is not waited for, nor is a thread that a cell left behind.</summary>
    [Theory]
    [InlineData("Environment.Exit(0);", 1)]
    [InlineData("new Thread(() => Thread.Sleep(Timeout.Infinite)).Start();", 0)]
    public void The_command_ends_where_nobody_hears_it_and_where_a_thread_goes_on(string cell, int code)
    {
        Folder.Write("end.ipynb", RunnerTests.Make(cell).ToJson());
        using var command = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"exec dotnet '{KernelProcess.Program}' notebook run end.ipynb --out done 2>/dev/full"]) { WorkingDirectory = Folder.Path })!;
        Assert.True(command.WaitForExit(TimeSpan.FromMinutes(2)));
        Assert.Equal(code, command.ExitCode);
    }

    [Theory]
    [InlineData("Give the path of at least one notebook", "notebook", "run")]
    [InlineData("'--wrong' is not known here", "notebook", "run", "a.ipynb", "--wrong")]
    [InlineData("--set wants name=value", "notebook", "run", "a.ipynb", "--set", "x")]
    [InlineData("is how this program starts itself; leave it out", "notebook", "run", "a.ipynb", "--owner", "abc")]
    [InlineData("--timeout wants a number", "notebook", "run", "a.ipynb", "--timeout", "soon")]
    [InlineData("Either --in-place or --out", "notebook", "run", "a.ipynb", "--in-place", "--out", "x")]
    [InlineData("The commands are", "notebook", "walk")]
    public void Wrong_usage_is_told_with_two(string sentence, params string[] line)
    {
        var (code, _, error) = KernelProcess.Run(Folder.Path, line);
        Assert.Equal(2, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }
}
