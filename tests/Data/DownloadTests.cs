using System.Net;
using FaLW.Kernel.Tests.Jupyter;

namespace FaLW.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 700_000).Select(i => (byte)(i * 31 >> 3))];

    private readonly string folder = Directory.CreateTempSubdirectory("falw-fetch-").FullName;
    private readonly HttpClient client = new();
    private readonly Site site = new(Content);

    private string Whole => Path.Combine(folder, "set.bin");

    private string Part => Whole + ".part";

    public void Dispose()
    {
        site.Dispose();
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_comes_whole_and_progress_ends_at_its_size()
    {
        List<FetchProgress> told = [];
        await FetchWhole(new Listener<FetchProgress>(told.Add));
        Assert.False(File.Exists(Part));
        Assert.Equal(new FetchProgress("set.bin", 700_000, 700_000), told[^1]);
        Assert.Equal(told.Select(t => t.Done).Order(), told.Select(t => t.Done));
    }

    [Fact]
    public async Task A_link_to_a_file_elsewhere_stays_one_and_leads_to_the_whole_file()
    {
        var far = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "far")).FullName, "big.bin");
        File.CreateSymbolicLink(Whole, far);
        await FetchWhole();
        Assert.Equal((far, Content.Length), (new FileInfo(Whole).LinkTarget, (int)new FileInfo(far).Length));
        Assert.Equal([far], Directory.GetFileSystemEntries(Path.GetDirectoryName(far)!));
    }

    [Fact]
    public async Task A_dropped_connection_is_a_sentence_and_the_next_attempt_asks_for_the_rest_only()
    {
        site.DropAfter = 300_000;
        Assert.Contains("of 700,000 bytes of set.bin. What has come is kept; run the same command again", await Refusal(), StringComparison.Ordinal);
        var kept = new FileInfo(Part).Length;
        Assert.InRange(kept, 1, 300_000);
        Assert.False(File.Exists(Whole));

        site.DropAfter = int.MaxValue;
        await FetchWhole();
        Assert.Equal([0, kept], site.Asked);
    }

    [Fact]
    public async Task A_site_without_ranges_is_asked_again_from_the_start()
    {
        File.WriteAllBytes(Part, Content[..1000]);
        site.KnowsRanges = false;
        await FetchWhole();
    }

    [Fact]
    public async Task A_wrong_checksum_and_a_begun_file_with_wrong_bytes_are_found_out_and_removed()
    {
        Assert.Contains("but md5:0123 is published; the download was removed", await Refusal(site.File() with { Digest = "md5:0123" }), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
        File.WriteAllBytes(Part, new byte[1000]);
        await Refusal();
        Assert.Empty(Directory.GetFiles(folder));
        await FetchWhole();
    }

    [Fact]
    public async Task A_part_longer_than_the_file_is_begun_anew_and_a_whole_part_needs_no_network()
    {
        File.WriteAllBytes(Part, new byte[800_000]);
        await FetchWhole();
        File.Move(Whole, Part);
        await FetchWhole();
        Assert.Equal([0], site.Asked);
    }

    [Fact]
    public async Task A_file_that_is_whole_is_left_alone_and_a_damaged_one_is_replaced()
    {
        await FetchWhole();
        await FetchWhole();
        Assert.Single(site.Asked);
        File.WriteAllBytes(Whole, [1, 2, 3]);
        await FetchWhole();
    }

    [Fact]
    public async Task A_refusal_a_missing_network_and_a_folder_that_is_a_file_are_sentences()
    {
        site.Status = 404;
        Assert.Contains("answered 404 (NotFound)", await Refusal(), StringComparison.Ordinal);
        var fresh = Path.Combine(folder, "fresh");
        Assert.Contains("answered 404", await Refusal(into: fresh), StringComparison.Ordinal);
        Assert.False(Directory.Exists(fresh));
        Assert.Contains("127.0.0.1 cannot be reached", await Refusal(site.File() with { Url = "http://127.0.0.1:1/set.bin" }), StringComparison.Ordinal);
        var blocked = Path.Combine(folder, "file");
        File.WriteAllBytes(blocked, [1]);
        Assert.Contains("cannot be written", await Refusal(into: blocked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_keeps_what_has_come()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Download(client, site.File(), folder, new Listener<FetchProgress>(_ => stop.Cancel())).Run(stop.Token));
        Assert.InRange(new FileInfo(Part).Length, 1, 699_999);
        await FetchWhole();
    }

    private async Task FetchWhole(IProgress<FetchProgress>? progress = null)
    {
        await new Download(client, site.File(), folder, progress).Run(TestContext.Current.CancellationToken);
        Assert.Equal(Content, File.ReadAllBytes(Whole));
    }

    private async Task<string> Refusal(DataFile? file = null, string? into = null) => (await Assert.ThrowsAsync<Fault>(() =>
        new Download(client, file ?? site.File(), into ?? folder, progress: null).Run(TestContext.Current.CancellationToken))).Message;
}

/// <summary>A web site on the loopback that serves one file, well or badly.</summary>
internal sealed class Site : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly byte[] content;
    private readonly Task serving;

    public Site(byte[] content)
    {
        this.content = content;
        Address = FormattableString.Invariant($"http://127.0.0.1:{Client.FreePort()}/");
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
        try
        {
            while (true) Answer(await listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var range = context.Request.Headers["Range"];
        var from = range is null ? 0 : long.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
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

/// <summary>Asks one address, whatever was to be asked.</summary>
internal sealed class Elsewhere(string address) : DelegatingHandler(new HttpClientHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(address);
        return base.SendAsync(request, cancellationToken);
    }
}
