using System.Buffers.Binary;
using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>
/// Named tensors in one file in the safetensors format (https://github.com/huggingface/safetensors): the
/// length of a JSON header (8 bytes, little-endian), the header, the raw little-endian numbers. Python's
/// safetensors reads what is written here and the other way round.
/// </summary>
public static class Safetensors
{
    /// <summary>Writes the tensors, whole or not at all: into a neighbouring file first, which then takes the name.</summary>
    /// <param name="path">The file; an existing one is replaced, its folder must exist.</param>
    /// <param name="tensors">Names, each once, and tensors on any device.</param>
    /// <exception cref="IOException">The file could not be written; the sentence says why.</exception>
    public static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew))
            {
                Write(file, [.. tensors]);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The checkpoint {path} could not be written: {fault.Message} Free space or choose another folder.", fault);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>Reads all tensors of a file in the order of their data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the tensors go.</param>
    /// <returns>Names and tensors; the caller (or its dispose scope) owns the tensors.</returns>
    /// <exception cref="InvalidDataException">The file is missing, truncated or not safetensors; the sentence says what was found.</exception>
    public static IReadOnlyList<(string Name, Tensor Value)> Read(string path, Device device)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"There is no checkpoint {path}; train and save it first, or correct the path.");
        using var file = File.OpenRead(path);
        var entries = SafetensorsHeader.Read(file, path);
        return [.. entries.Select(entry => (entry.Name, Load(file, entry, device)))];
    }

    private static void Write(FileStream file, (string Name, Tensor Value)[] tensors)
    {
        (string Name, Tensor Value)[] ordered = [.. tensors.OrderByDescending(entry => TensorEntry.Size(entry.Value.dtype))];
        var header = SafetensorsHeader.Of(ordered);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        file.Write(length);
        file.Write(header);
        foreach (var (_, value) in ordered)
        {
            using var scope = NewDisposeScope();
            var host = value.detach().cpu().contiguous();
            if (host.numel() > 0) file.Write(host.bytes);
        }
    }

    private static Tensor Load(FileStream file, TensorEntry entry, Device device)
    {
        using var scope = NewDisposeScope();
        var host = empty(entry.Shape, dtype: entry.Type, device: CPU);
        if (entry.Bytes > 0) file.ReadExactly(host.bytes);
        return host.to(device).MoveToOuterDisposeScope();
    }
}
