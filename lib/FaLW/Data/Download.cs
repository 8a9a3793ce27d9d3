using System.Net;
using System.Net.Http.Headers;

namespace FaLW.Data;

/// <summary>How far a file has come.</summary>
/// <param name="File">Its name.</param>
/// <param name="Done">Bytes on disk, earlier attempts included.</param>
/// <param name="Total">Bytes in all; 0 when unknown.</param>
public readonly record struct FetchProgress(string File, long Done, long Total);

/// <summary>
/// Fetches one file: into NAME.part, going on where an earlier attempt stopped, and renames it when size
/// and checksum hold. A file that is already whole is left alone.
/// </summary>
/// <param name="client">Asks the site; tests give one that asks the loopback.</param>
public sealed class Download(HttpClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static HttpClient Client { get; } =
        new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Fetches the file.</summary>
    /// <param name="file">Its address, size and digest.</param>
    /// <param name="folder">Where it goes; created when needed.</param>
    /// <param name="progress">Told about every block; may be null.</param>
    /// <param name="cancellation">Stops at once and keeps what has come.</param>
    /// <exception cref="Fault">No network, an unwilling site, a wrong checksum, a folder that cannot be written.</exception>
    public async Task To(DataFile file, string folder, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Name);
        if (IsWhole(file, folder)) return;
        var part = new DownloadPart(path + ".part", file);
        while (!await Continue(part, file, progress, cancellation)) part.StartOver();
        part.Keep(path);
        progress?.Report(new FetchProgress(file.Name, new FileInfo(path).Length, file.Size));
    }

    /// <summary>Asks for the rest of the file; false when the site refuses this rest and the file must be begun anew.</summary>
    private async Task<bool> Continue(DownloadPart part, DataFile file, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        if (file.Size > 0 && part.Length == file.Size) return true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, file.Url);
            if (part.Length > 0) request.Headers.Range = new RangeHeaderValue(part.Length, null);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0) return false;
            if (!response.IsSuccessStatusCode) throw DownloadFault.Refused(file, part.Folder, response.StatusCode);
            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != part.Length) part.StartOver();
            await Receive(response, part, file, progress, patience);
            return true;
        }
        catch (Exception broken) when (!cancellation.IsCancellationRequested && broken is HttpRequestException or IOException or OperationCanceledException)
        {
            throw DownloadFault.Broken(file, part.Folder, part.Length, broken);
        }
    }

    private static async Task Receive(
        HttpResponseMessage response, DownloadPart part, DataFile file, IProgress<FetchProgress>? progress, CancellationTokenSource patience)
    {
        var total = file.Size > 0 ? file.Size : part.Length + (response.Content.Headers.ContentLength ?? 0);
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
        var buffer = new byte[1 << 18];
        while (await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience.Token) is var count and > 0)
        {
            part.Append(buffer.AsSpan(0, count));
            progress?.Report(new FetchProgress(file.Name, part.Length, total));
            patience.CancelAfter(Patience);
        }
    }

    private static bool IsWhole(DataFile file, string folder)
    {
        if (!File.Exists(Path.Combine(folder, file.Name))) return false;
        try
        {
            file.Verify(folder);
            return true;
        }
        catch (Fault)
        {
            return false;
        }
    }
}
