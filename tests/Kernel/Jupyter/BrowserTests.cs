using System.Diagnostics;
using FaLW.Kernel.Jupyter;
using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>Jupyter Notebook in a real browser, where both are installed.</summary>
public sealed class BrowserTests : InFolder
{
    private const string Server = "/usr/bin/jupyter-notebook";

    [Fact(Timeout = 120_000)]
    public async Task A_reader_runs_all_cells_and_sees_text_table_picture_and_error()
    {
        Assert.SkipUnless(File.Exists(Server), "Jupyter Notebook is not installed; 'apt-get install jupyter-notebook' brings it.");
        Assert.SkipUnless(File.Exists(Chromium.Program), "Chromium is not installed; 'apt-get install chromium' brings it.");
        var stop = TestContext.Current.CancellationToken;
        Prepare();
        using var server = Start();
        try
        {
            var root = await Chromium.LineWith(server.StandardError, "is running at:", stop) is var _ ? await Chromium.LineWith(server.StandardError, "http", stop) : "";
            await using var browser = await Chromium.Open(Folder.Path, $"http{root}notebooks/n.ipynb", stop);
            await browser.Until("Jupyter.notebook.kernel.is_connected() && Jupyter.notebook.kernel.info_reply.implementation", stop);
            await browser.Until("Jupyter.notebook.execute_all_cells() || true", stop);
            var text = (await browser.Until("Jupyter.notebook.get_cell(3).output_area.outputs.length > 0 && document.querySelector('#notebook-container').innerText", stop)).ToString();
            Assert.Contains("größe 😀", text, StringComparison.Ordinal);
            Assert.Contains("DivideByZeroException", text, StringComparison.Ordinal);
            Assert.Contains("a,b", (await browser.Until("Array.from(document.querySelectorAll('.output th')).map(x => x.innerText).join()", stop)).ToString(), StringComparison.Ordinal);
            Assert.Equal(8, (await browser.Until("document.querySelector('.output_png img').naturalWidth", stop)).GetValue<int>());
            await KeepPicture(browser, stop);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
        }
    }

    private void Prepare()
    {
        KernelSpec.Install(AppContext.BaseDirectory, prefix: Folder.Path);
        string[] cells =
        [
            "Console.WriteLine(\"größe 😀\");",
            "new[] { new { a = 1, b = 2.5 }, new { a = 20, b = 0.25 } }",
            $"display(Convert.FromBase64String(\"{Convert.ToBase64String(TinyPng.Make(8, 4))}\"), \"image/png\");",
            "int Half(int n) => 1 / n;\nHalf(0)",
        ];
        var notebook = new Notebook(cells.Select((source, i) => new Cell(CellKind.Code, $"c{i}", source)));
        notebook.Save(Path.Combine(Folder.Path, "n.ipynb"));
    }

    private Process Start()
    {
        string[] words = ["--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={LiveKernel.FreePort()}", "--NotebookApp.token=", "--NotebookApp.password="];
        var start = new ProcessStartInfo(Server, words) { WorkingDirectory = Folder.Path, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["JUPYTER_PATH"] = Path.Combine(Folder.Path, "share", "jupyter");
        start.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(Folder.Path, "runtime");
        start.Environment["IPYTHONDIR"] = Folder.Path;
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start)!;
    }

    // For a person who wants to see what the test saw.
    private static async Task KeepPicture(Chromium browser, CancellationToken stop)
    {
        if (Environment.GetEnvironmentVariable("NOTEBOOK_PICTURE") is { Length: > 0 } path) await File.WriteAllBytesAsync(path, await browser.Picture(stop), stop);
    }
}
