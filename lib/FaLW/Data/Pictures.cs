using System.IO.Compression;

namespace FaLW.Data;

/// <summary>Named files in a folder or in an archive.</summary>
internal interface IPictureSource
{
    /// <summary>The path to show when this file is at fault.</summary>
    string PathOf(string name);

    /// <summary>The whole file.</summary>
    byte[] Bytes(string name);
}

/// <summary>Files below a folder.</summary>
internal sealed class PictureFolder(string folder) : IPictureSource
{
    public string PathOf(string name) => Path.Combine(folder, name);

    public byte[] Bytes(string name)
    {
        try
        {
            return File.ReadAllBytes(PathOf(name));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Unreadable(PathOf(name), broken);
        }
    }
}

/// <summary>Entries of an archive below a root folder.</summary>
internal sealed class PictureZip(ZipArchive archive, string path, string root) : IPictureSource
{
    public string PathOf(string name) => $"{path} ({root}/{name})";

    public byte[] Bytes(string name)
    {
        // An archive has one file position, so its entries take turns; decoding them does not.
        lock (archive)
        {
            var entry = archive.GetEntry($"{root}/{name}") ?? throw FileFault.Content(path, $"{root}/{name}", "no such entry");
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}

/// <summary>Decodes many pictures at once.</summary>
internal static class Pictures
{
    /// <summary>All pictures in the order of their names, each channel by channel, on all cores.</summary>
    public static byte[] Decode(IPictureSource source, string[] names, Benchmark benchmark)
    {
        var pixels = new byte[(long)names.Length * benchmark.Pixels];
        try
        {
            Parallel.For(0, names.Length, () => new TurboJpeg(), (i, _, decoder) =>
            {
                Planes(Picture(source, names[i], benchmark, decoder), benchmark.Channels, pixels.AsSpan((int)((long)i * benchmark.Pixels), benchmark.Pixels));
                return decoder;
            }, decoder => decoder.Dispose());
        }
        catch (AggregateException several) when (several.InnerExceptions.OfType<Fault>().FirstOrDefault() is { } fault)
        {
            throw new Fault(fault.Message, several);
        }

        return pixels;
    }

    private static byte[] Picture(IPictureSource source, string name, Benchmark benchmark, TurboJpeg decoder)
    {
        try
        {
            return decoder.Decode(source.Bytes(name), benchmark.Channels, benchmark.Height, benchmark.Width);
        }
        catch (InvalidDataException broken)
        {
            throw FileFault.Corrupt(source.PathOf(name), "a JPEG picture", broken);
        }
    }

    private static void Planes(byte[] sideBySide, int channels, Span<byte> planes)
    {
        var plane = planes.Length / channels;
        for (var i = 0; i < sideBySide.Length; i++) planes[i % channels * plane + i / channels] = sideBySide[i];
    }
}
