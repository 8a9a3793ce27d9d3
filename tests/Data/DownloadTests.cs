using FaLW.Data;

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
        await Fetch(new Told(told.Add));
        Assert.Equal(Content, await File.ReadAllBytesAsync(Whole, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Part));
        Assert.Equal(new FetchProgress("set.bin", 700_000, 700_000), told[^1]);
        Assert.Equal(told.Select(t => t.Done).Order(), told.Select(t => t.Done));
    }

    [Fact]
    public async Task A_dropped_connection_is_a_sentence_and_the_next_attempt_asks_for_the_rest_only()
    {
        site.DropAfter = 300_000;
        var fault = await Assert.ThrowsAsync<Fault>(() => Fetch());
        Assert.Contains("of 700,000 bytes of set.bin. What has come is kept; run the same command again", fault.Message, StringComparison.Ordinal);
        var kept = new FileInfo(Part).Length;
        Assert.InRange(kept, 1, 300_000);
        Assert.False(File.Exists(Whole));

        site.DropAfter = int.MaxValue;
        await Fetch();
        Assert.Equal([0, kept], site.Asked);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Whole, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_site_without_ranges_is_asked_again_from_the_start()
    {
        await File.WriteAllBytesAsync(Part, Content[..1000], TestContext.Current.CancellationToken);
        site.KnowsRanges = false;
        await Fetch();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Whole, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_checksum_removes_the_download()
    {
        var file = site.File() with { Digest = "md5:0123" };
        var fault = await Assert.ThrowsAsync<Fault>(() => new Download(client, file, folder, null).Run(TestContext.Current.CancellationToken));
        Assert.Contains("but md5:0123 is published; the download was removed", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_begun_file_with_wrong_bytes_is_found_out_and_removed()
    {
        await File.WriteAllBytesAsync(Part, new byte[1000], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<Fault>(() => Fetch());
        Assert.Empty(Directory.GetFiles(folder));
        await Fetch();
        Assert.True(File.Exists(Whole));
    }

    [Fact]
    public async Task A_part_longer_than_the_file_is_begun_anew_and_a_whole_part_needs_no_network()
    {
        await File.WriteAllBytesAsync(Part, new byte[800_000], TestContext.Current.CancellationToken);
        await Fetch();
        Assert.Equal([0], site.Asked);
        File.Move(Whole, Part);
        await Fetch();
        Assert.Equal([0], site.Asked);
        Assert.True(File.Exists(Whole));
    }

    [Fact]
    public async Task A_file_that_is_whole_is_left_alone_and_a_damaged_one_is_replaced()
    {
        await Fetch();
        await Fetch();
        Assert.Single(site.Asked);
        await File.WriteAllBytesAsync(Whole, [1, 2, 3], TestContext.Current.CancellationToken);
        await Fetch();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Whole, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_refusal_a_missing_network_and_a_folder_that_is_a_file_are_sentences()
    {
        site.Status = 404;
        Assert.Contains("answered 404 (NotFound)", (await Assert.ThrowsAsync<Fault>(() => Fetch())).Message, StringComparison.Ordinal);

        var nowhere = site.File() with { Url = "http://127.0.0.1:1/set.bin" };
        var fault = await Assert.ThrowsAsync<Fault>(() => new Download(client, nowhere, folder, null).Run(TestContext.Current.CancellationToken));
        Assert.Contains("127.0.0.1 cannot be reached", fault.Message, StringComparison.Ordinal);

        var blocked = Path.Combine(folder, "file");
        await File.WriteAllBytesAsync(blocked, [1], TestContext.Current.CancellationToken);
        fault = await Assert.ThrowsAsync<Fault>(() => new Download(client, site.File(), blocked, null).Run(TestContext.Current.CancellationToken));
        Assert.Contains("cannot be written", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_keeps_what_has_come()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new Download(client, site.File(), folder, new Told(_ => stop.Cancel())).Run(stop.Token));
        Assert.InRange(new FileInfo(Part).Length, 1, 699_999);
        await Fetch();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Whole, TestContext.Current.CancellationToken));
    }

    private Task Fetch(IProgress<FetchProgress>? progress = null) =>
        new Download(client, site.File(), folder, progress).Run(TestContext.Current.CancellationToken);
}
