using System.Diagnostics;
using System.Net.WebSockets;
using FaLW.Kernel.Jupyter;

namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>Jupyter Notebook in a real browser, where both are installed.</summary>
public sealed class BrowserTests : InFolder
{
    private const string Server = "/usr/bin/jupyter-notebook";

    /// <summary>A grey PNG, 8 x 4.</summary>
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAAAAACWpiEsAAAADklEQVR42mNogAIG3AwAIDMQAd6dRA0AAAAASUVORK5CYII=";

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
            $"display(Convert.FromBase64String(\"{Picture}\"), \"image/png\");",
            "int Half(int n) => 1 / n;\nHalf(0)",
        ];
        var notebook = new Notebook(cells.Select((source, i) => new Cell(CellKind.Code, $"c{i}", source)));
        notebook.Save(Path.Combine(Folder.Path, "n.ipynb"));
    }

    private Process Start()
    {
        string[] words = ["--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={Client.FreePort()}", "--NotebookApp.token=", "--NotebookApp.password="];
        var start = new ProcessStartInfo(Server, words) { WorkingDirectory = Folder.Path, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["JUPYTER_PATH"] = Path.Combine(Folder.Path, "share", "jupyter");
        start.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(Folder.Path, "runtime");
        start.Environment["IPYTHONDIR"] = Folder.Path;
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start)!;
    }
}

/// <summary>A browser without a window, driven by its own debugging protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    public const string Program = "/usr/bin/chromium";

    private readonly ClientWebSocket socket = new();
    private readonly Process process;
    private int count;

    private Chromium(Process process) => this.process = process;

    public static async Task<Chromium> Open(string folder, string url, CancellationToken cancellation)
    {
        string[] words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--window-size=1000,1400", $"--user-data-dir={Path.Combine(folder, "profile")}", "about:blank"];
        var browser = new Chromium(Process.Start(new ProcessStartInfo(Program, words) { RedirectStandardError = true, UseShellExecute = false })!);
        var root = new Uri(await LineWith(browser.process.StandardError, "DevTools listening on ", cancellation));
        using var http = new HttpClient();
        using var answer = await http.PutAsync(new Uri($"http://{root.Authority}/json/new?{url}"), null, cancellation);
        var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!;
        await browser.socket.ConnectAsync(new Uri(page["webSocketDebuggerUrl"]!.ToString()), cancellation);
        return browser;
    }

    /// <summary>The rest of the first line that holds the text.</summary>
    public static async Task<string> LineWith(StreamReader reader, string text, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
            if (line.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at)
                return line[(at + text.Length)..].Trim();
        throw new InvalidOperationException($"The program ended without saying '{text}'.");
    }

    /// <summary>Waits in the page until an expression is truthy, and returns it.</summary>
    public async Task<JsonNode> Until(string expression, CancellationToken cancellation)
    {
        var script = $"new Promise(done => {{ const look = () => {{ let v = null; try {{ v = {expression}; }} catch (e) {{ }} v ? done(v) : setTimeout(look, 50); }}; look(); }})";
        var answer = await Ask("Runtime.evaluate", new JsonObject { ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true }, cancellation);
        // A page that is replaced while it waits answers with an error: the next page is asked.
        return answer["result"]?["result"]?["value"]?.DeepClone() ?? await Until(expression, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<JsonNode> Ask(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var id = ++count;
        var request = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await socket.SendAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        while (true)
            if (await Receive(cancellation) is var answer && answer["id"]?.GetValue<int>() == id)
                return answer;
    }

    private async Task<JsonNode> Receive(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, cancellation);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
