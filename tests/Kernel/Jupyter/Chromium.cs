using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace FaLW.Kernel.Tests.Jupyter;

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

    /// <summary>The page as a picture.</summary>
    public async Task<byte[]> Picture(CancellationToken cancellation) =>
        Convert.FromBase64String((await Ask("Page.captureScreenshot", [], cancellation))["result"]!["data"]!.ToString());

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
