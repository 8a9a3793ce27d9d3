namespace FaLW.Data;

/// <summary>The unfinished file on disk.</summary>
internal sealed class DownloadPart
{
    private readonly string path;
    private readonly DataFile file;

    public DownloadPart(string path, DataFile file)
    {
        (this.path, this.file, Folder) = (path, file, Path.GetDirectoryName(path)!);
        Writing(() => Directory.CreateDirectory(Folder));
        Length = File.Exists(path) ? new FileInfo(path).Length : 0;
        if (file.Size > 0 && Length > file.Size) StartOver();
    }

    public string Folder { get; }

    public long Length { get; private set; }

    public void StartOver()
    {
        Writing(() => File.Delete(path));
        Length = 0;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            stream.Write(bytes);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw DownloadFault.Unwritable(path, broken);
        }

        Length += bytes.Length;
    }

    /// <summary>Gives the file its name when it is whole. A short one stays to be continued; a wrong one is removed.</summary>
    public void Keep(string name)
    {
        if (file.Size > 0 && Length < file.Size) throw DownloadFault.Broken(file, Folder, Length, inner: null);
        var found = Digest();
        if ((file.Size > 0 && Length != file.Size) || (file.Digest is not null && found != file.Digest))
        {
            StartOver();
            throw DownloadFault.Wrong(file, found);
        }

        Writing(() => File.Move(path, name, overwrite: true));
    }

    private string Digest()
    {
        using var stream = File.OpenRead(path);
        return file.DigestOf(stream);
    }

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw DownloadFault.Unwritable(path, broken);
        }
    }
}
