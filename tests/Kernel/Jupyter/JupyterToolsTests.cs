using System.Diagnostics;
using FaLW.Kernel.Jupyter;

namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>Jupyter's own tools as the other side, where the system's Python has them.</summary>
public sealed class JupyterToolsTests : InFolder
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Jupyter_client_talks_with_the_kernel()
    {
        var (code, output, error) = Ask("jupyter_client", "python3-jupyter-client", Path.Combine(AppContext.BaseDirectory, "Jupyter", "front_end.py"), KernelSpec.DefaultName);
        Assert.True(code == 0, $"{output}\n{error}");
        Assert.Equal(8, output.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Nbconvert_executes_a_notebook_to_the_same_outputs_as_the_runner()
    {
        var notebook = RunnerTests.Make("var x = 6; x * 7", "Console.WriteLine(\"a\"); Console.Error.WriteLine(\"b\"); display(new[] { new { x } });", "await Task.Delay(10); HTML(\"<b>bold</b>\")", "throw new Exception(\"planned\");");
        notebook.Tag(3, "raises-exception");
        var path = Folder.Write("n.ipynb", notebook.ToJson());
        var (code, output, error) = Ask("nbconvert", "python3-nbconvert", "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "done.ipynb", path);
        Assert.True(code == 0, $"{output}\n{error}");
        await RunnerTests.Run(notebook);
        Assert.Equal(Outputs(notebook), Outputs(Notebook.Load(Path.Combine(Folder.Path, "done.ipynb"))));
    }

    [Fact]
    public void Nbconvert_fails_where_a_cell_fails()
    {
        var path = Folder.Write("n.ipynb", RunnerTests.Make("throw new Exception(\"planned\");").ToJson());
        var (code, _, error) = Ask("nbconvert", "python3-nbconvert", "-m", "nbconvert", "--to", "notebook", "--execute", path);
        Assert.Equal(1, code);
        Assert.Contains("In [1]:line 1", error, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Error) Ask(string module, string package, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", $"import {module}").Code == 0, $"The system's Python has no {module}; 'apt-get install {package}' brings it.");
        KernelSpec.Install(AppContext.BaseDirectory, prefix: Folder.Path);
        return Run(arguments);
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["JUPYTER_PATH"] = Path.Combine(Folder.Path, "share", "jupyter");
        start.Environment["IPYTHONDIR"] = Folder.Path;
        return KernelProcess.End(Process.Start(start)!);
    }

    private static string Outputs(Notebook notebook) => new Notebook(notebook.Cells.Select(WithoutMetadata)).ToJson();

    // nbclient adds its own metadata; the outputs are what counts.
    private static Cell WithoutMetadata(Cell cell)
    {
        var bare = new Cell(cell.Kind, cell.Id, cell.Source) { ExecutionCount = cell.ExecutionCount };
        foreach (var output in cell.Outputs) bare.Outputs.Add(output!.DeepClone());
        return bare;
    }
}
