using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace FaLW.Data;

/// <summary>A file of an image set and what is published about it.</summary>
/// <param name="Name">File name, without folder.</param>
/// <param name="Size">Exact size in bytes; 0 when none is published.</param>
/// <param name="Digest">"sha256:" or "md5:" and the digest in lower-case hex; null when none is published.</param>
/// <param name="Url">Where the official file is; null when it cannot be fetched.</param>
public sealed record DataFile(string Name, long Size = 0, string? Digest = null, string? Url = null)
{
    /// <summary>Where it lies in a folder: under its name, or in a folder of that name, as Kaggle's archives unpack.</summary>
    internal string PathIn(string folder) => Path.Combine(folder, Name) is var path && Directory.Exists(path) ? Path.Combine(path, Name) : path;

    /// <summary>Opens the file in a folder after checking its size.</summary>
    /// <exception cref="Fault">It cannot be read, or its size is not the published one.</exception>
    internal FileStream Open(string folder)
    {
        var path = PathIn(folder);
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            if (Size == 0 || stream.Length == Size) return stream;
            using (stream) throw FileFault.Size(path, Size, stream.Length);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Unreadable(path, broken);
        }
    }

    /// <summary>Opens the file after comparing size and digest with the published ones.</summary>
    /// <exception cref="Fault">The file is missing, cut short, or not the published one.</exception>
    internal FileStream Verified(string folder)
    {
        var stream = Open(folder);
        try
        {
            if (Digest is not null && DigestOf(stream, Digest) is var found && found != Digest) throw FileFault.Digest(stream.Name, Digest, found);
            stream.Position = 0;
            return stream;
        }
        catch (Exception broken)
        {
            using (stream) throw broken is IOException ? FileFault.Unreadable(stream.Name, broken) : broken;
        }
    }

    /// <summary>The digest of what is left in a stream, by the algorithm of another.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Against a broken download, and the digest that the authors publish.")]
    internal static string DigestOf(Stream stream, string? like) => like?.StartsWith("md5:", StringComparison.Ordinal) == true
        ? $"md5:{Convert.ToHexStringLower(MD5.HashData(stream))}"
        : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(stream))}";
}

/// <summary>How far a file has come.</summary>
/// <param name="File">Its name.</param>
/// <param name="Done">Bytes on disk, earlier attempts included.</param>
/// <param name="Total">Bytes in all; 0 when unknown.</param>
public readonly record struct FetchProgress(string File, long Done, long Total);

/// <summary>
/// Fetches one file: into NAME.part, going on where an earlier attempt stopped, and renames it when size
/// and checksum hold. A file that is already whole is left alone; cancelling keeps what has come.
/// </summary>
internal sealed class Download(HttpClient client, DataFile file, string folder, IProgress<FetchProgress>? progress)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string path = WholeFile.PlaceOf(Path.Combine(folder, file.Name)), part = WholeFile.PlaceOf(Path.Combine(folder, file.Name)) + ".part";

    public static HttpClient Client { get; } =
        new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) }) { Timeout = Timeout.InfiniteTimeSpan };

    private long Done => File.Exists(part) ? new FileInfo(part).Length : 0;

    private string Host => new Uri(file.Url!).Host;

    /// <exception cref="Fault">No network, an unwilling site, a wrong checksum, a folder that cannot be written.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        if (File.Exists(path) && DataShelf.Check(path, "", () => file.Verified(folder).Dispose()).Holds) return;
        var isNew = !Directory.Exists(folder);
        Writing(() => Directory.CreateDirectory(folder));
        try
        {
            await Come(cancellation);
        }
        finally
        {
            if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
    }

    private async Task Come(CancellationToken cancellation)
    {
        if (file.Size > 0 && Done > file.Size) StartOver();
        while ((file.Size == 0 || Done < file.Size) && !await Continue(cancellation)) StartOver();
        if (Done < file.Size) throw Broken(inner: null);
        string found;
        using (var stream = File.OpenRead(part)) found = DataFile.DigestOf(stream, file.Digest);
        if ((file.Size > 0 && Done != file.Size) || (file.Digest is not null && found != file.Digest))
        {
            StartOver();
            throw new Fault($"{file.Name} came from {file.Url} with checksum {found} but {file.Digest ?? "another size"} is published; the download was removed. Run the same command again; if it stays wrong, the site has changed its file.");
        }

        Writing(() => File.Move(part, path, overwrite: true));
        progress?.Report(new FetchProgress(file.Name, new FileInfo(path).Length, file.Size));
    }

    /// <summary>Asks for the rest of the file; false when the site refuses this rest and the file must be begun anew.</summary>
    private async Task<bool> Continue(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, file.Url);
            if (Done > 0) request.Headers.Range = new RangeHeaderValue(Done, null);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && Done > 0) return false;
            if (!response.IsSuccessStatusCode)
                throw new Fault(Invariant(
                    $"{Host} answered {(int)response.StatusCode} ({response.StatusCode}) when asked for {file.Url}. Try again later, or get {file.Name} elsewhere and put it into {folder}; its checksum will be checked."));
            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != Done) StartOver();
            await Receive(response.Content, patience);
            return true;
        }
        catch (Exception broken) when (!cancellation.IsCancellationRequested && broken is HttpRequestException or IOException or OperationCanceledException)
        {
            throw Broken(broken);
        }
    }

    private async Task Receive(HttpContent content, CancellationTokenSource patience)
    {
        var total = file.Size > 0 ? file.Size : Done + (content.Headers.ContentLength ?? 0);
        await using var body = await content.ReadAsStreamAsync(patience.Token);
        var buffer = new byte[1 << 18];
        while (await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, patience.Token) is var count and > 0)
        {
            Writing(() => File.AppendAllBytes(part, buffer.AsSpan(0, count)));
            progress?.Report(new FetchProgress(file.Name, Done, total));
            patience.CancelAfter(Patience);
        }
    }

    private void StartOver() => Writing(() => File.Delete(part));

    private void Writing(Action write) => ClosedPlace.Guard(write, (reason, closed) => new Fault(
        $"{part} cannot be written ({reason}). Free some space or make the folder writable, or set {DataShelf.Variable} to another folder.", closed));

    private Fault Broken(Exception? inner) => Done > 0
        ? new Fault(Invariant($"The connection to {Host} broke after {Done:N0} of {file.Size:N0} bytes of {file.Name}. What has come is kept; run the same command again to go on from there."), inner)
        : new Fault($"{Host} cannot be reached ({inner?.Message.TrimEnd('.') ?? "it sent nothing"}); is there a network? Or download {file.Url} elsewhere and put it into {folder}.", inner);
}
