using System.Security.Cryptography;

namespace FaLW.Data;

/// <summary>A file of an image set and what is published about it.</summary>
/// <param name="Name">File name, without folder.</param>
/// <param name="Size">Exact size in bytes; 0 when none is published.</param>
/// <param name="Digest">"sha256:" or "md5:" and the digest in lower-case hex; null when none is published.</param>
/// <param name="Url">Where the official file is; null when it cannot be fetched.</param>
public sealed record DataFile(string Name, long Size = 0, string? Digest = null, string? Url = null)
{
    /// <summary>Opens the file after checking its size.</summary>
    /// <param name="folder">The folder it lies in.</param>
    /// <exception cref="Fault">It cannot be read, or its size is not the published one.</exception>
    public FileStream Open(string folder)
    {
        var path = Path.Combine(folder, Name);
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

    /// <summary>Reads the whole file and compares size and digest with the published ones.</summary>
    /// <param name="folder">The folder it lies in.</param>
    /// <exception cref="Fault">The file is missing, cut short, or not the published one.</exception>
    public void Verify(string folder)
    {
        using var stream = Open(folder);
        if (Digest is not null && DigestOf(stream) is var found && found != Digest)
            throw FileFault.Digest(stream.Name, Digest, found);
    }

    /// <summary>The digest of what is left in a stream, in the form and by the algorithm of <see cref="Digest"/>.</summary>
    /// <param name="stream">Read to its end.</param>
    public string DigestOf(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(Algorithm(Digest));
        var buffer = new byte[1 << 20];
        while (stream.Read(buffer) is var count and > 0) hash.AppendData(buffer, 0, count);
        return Text(hash);
    }

    internal static string Text(IncrementalHash hash) =>
        (hash.AlgorithmName == HashAlgorithmName.MD5 ? "md5:" : "sha256:") + Convert.ToHexStringLower(hash.GetHashAndReset());

    // MD5 guards against a broken download here, and it is the digest that the authors publish.
    internal static HashAlgorithmName Algorithm(string? digest) =>
        digest?.StartsWith("md5:", StringComparison.Ordinal) == true ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256;
}
