using System.Net;
using System.Net.Sockets;
using FaLW.Data;

namespace FaLW.Tests.Data;

/// <summary>A web site on the loopback that serves one file, well or badly.</summary>
internal sealed class Site : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly byte[] content;
    private readonly Task serving;

    public Site(byte[] content)
    {
        this.content = content;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        serving = Task.Run(Serve);
    }

    public string Address { get; }

    /// <summary>Cut the connection after so many bytes of each answer.</summary>
    public int DropAfter { get; set; } = int.MaxValue;

    public bool KnowsRanges { get; set; } = true;

    public int Status { get; set; } = 200;

    /// <summary>The first byte asked for in each request.</summary>
    public List<long> Asked { get; } = [];

    public DataFile File(string name = "set.bin") => new(name, content.Length, Miniature.Digest(content), Address + name);

    public void Dispose()
    {
        listener.Stop();
        serving.GetAwaiter().GetResult();
        listener.Close();
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var range = context.Request.Headers["Range"];
        var from = range is null ? 0 : long.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        Asked.Add(from);
        var response = context.Response;
        response.StatusCode = Status != 200 ? Status : range is null || !KnowsRanges ? 200 : from < content.Length ? 206 : 416;
        if (response.StatusCode is not (200 or 206))
        {
            response.Close();
            return;
        }

        var body = response.StatusCode == 206 ? content.AsSpan((int)from) : content;
        if (response.StatusCode == 206) response.AddHeader("Content-Range", FormattableString.Invariant($"bytes {from}-{content.Length - 1}/{content.Length}"));
        response.ContentLength64 = body.Length;
        response.OutputStream.Write(body[..Math.Min(body.Length, DropAfter)]);
        if (body.Length > DropAfter) response.Abort();
        else response.Close();
    }
}

/// <summary>Progress that is told at once, on the thread that reports it.</summary>
internal sealed class Told(Action<FetchProgress> tell) : IProgress<FetchProgress>
{
    public void Report(FetchProgress value) => tell(value);
}
