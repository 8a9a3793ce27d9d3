using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>
/// Named tensors in one file in the safetensors format (https://github.com/huggingface/safetensors): the
/// length of a JSON header (8 bytes, little-endian), the header, the raw little-endian numbers. Python's
/// safetensors reads what is written here and the other way round.
/// </summary>
internal static class Safetensors
{
    private const long LongestHeader = 100_000_000;

    private const string Metadata = "__metadata__", Export = "Save the weights from the program that made it, in Python with safetensors.torch.save_file.";

    private static readonly (string Name, ScalarType Type, int Size)[] Formats =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    // Valid in the format, and no weight of a network here.
    private static readonly string[] Unused = ["U16", "U32", "U64", "C64", "F4", "F6_E2M3", "F6_E3M2", "F8_E4M3", "F8_E5M2", "F8_E8M0"];

    /// <summary>Writes the tensors, names each once, whole or not at all. The folder must exist.</summary>
    /// <exception cref="IOException">The file could not be written; the sentence says why.</exception>
    /// <exception cref="ArgumentException">A type without a format, or a name twice. Nothing was written.</exception>
    public static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        (string Name, Tensor Value)[] all = [.. tensors];
        if (all.FirstOrDefault(entry => Array.TrueForAll(Formats, format => format.Type != entry.Value.dtype)) is { Value: { } odd } other)
            throw new ArgumentException($"The tensor {other.Name} is {odd.dtype}, for which safetensors has no format here; convert it first.", nameof(tensors));
        try
        {
            WholeFile.Write(path, file => Write(file, [.. all.OrderByDescending(entry => Format(entry.Value).Size)]));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The checkpoint {path} could not be written: {fault.Message} Free space or choose another folder.", fault);
        }
    }

    /// <summary>Reads all tensors of a file in the order of their data; the caller (or its dispose scope) owns them.</summary>
    /// <exception cref="InvalidDataException">The file is missing, damaged, not safetensors or of a type not used here; the sentence says what was found.</exception>
    public static IReadOnlyList<(string Name, Tensor Value)> Read(string path, Device device)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"There is no checkpoint {path}; train and save it first, or correct the path.");
        using var file = File.OpenRead(path);
        try
        {
            return [.. Entries(file, path).Select(entry => (entry.Name, Load(file, entry, device)))];
        }
        catch (Exception fault) when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException(Foreign(file, path) is { } foreign
                ? $"{path} is {foreign}"
                : $"{path} is not a whole safetensors file: {fault.Message.TrimEnd('.')}. Delete it and make it again, or fetch it again.", fault);
        }
    }

    private static void Write(Stream file, (string Name, Tensor Value)[] tensors)
    {
        var json = new JsonObject { [Metadata] = new JsonObject { ["format"] = "pt" } };
        var end = 0L;
        foreach (var (name, value) in tensors)
        {
            var (begin, (format, _, size)) = (end, Format(value));
            end += value.numel() * size;
            json.Add(name, new JsonObject
            {
                ["dtype"] = format,
                ["shape"] = new JsonArray([.. value.shape.Select(length => (JsonNode)length)]),
                ["data_offsets"] = new JsonArray(begin, end),
            });
        }

        var header = JsonSerializer.SerializeToUtf8Bytes(json).ToList();
        while (header.Count % 8 != 0) header.Add((byte)' ');
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Count);
        file.Write(prefix);
        file.Write([.. header]);
        foreach (var (_, value) in tensors)
        {
            using var scope = NewDisposeScope();
            var host = value.detach().cpu().contiguous();
            if (host.numel() > 0) file.Write(host.bytes);
        }
    }

    private static (string Name, ScalarType Type, int Size) Format(Tensor tensor) => Formats.First(format => format.Type == tensor.dtype);

    private static Tensor Load(FileStream file, Entry entry, Device device)
    {
        if (entry.Shape.Aggregate(1.0, (product, length) => product * Math.Max(1, length)) >= long.MaxValue)
            throw new FormatException($"a shape in it, [{string.Join(", ", entry.Shape)}], is larger than any tensor");
        using var scope = NewDisposeScope();
        var host = empty(entry.Shape, dtype: entry.Type, device: CPU);
        if (entry.End > entry.Begin) file.ReadExactly(host.bytes);
        return host.to(device).MoveToOuterDisposeScope();
    }

    private static List<Entry> Entries(FileStream file, string path)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (file.Length < 8) throw new FormatException(Invariant($"it has {file.Length} bytes, fewer than the 8 that give the header's length"));
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader || (long)length > file.Length - 8)
            throw new FormatException(Invariant($"its header claims {length} bytes, but the file has {file.Length}"));
        var header = new byte[length];
        file.ReadExactly(header);
        using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
        List<Entry> entries = [.. json.RootElement.EnumerateObject()
            .Where(property => property.Name != Metadata).Select(property => EntryOf(property, path)).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != end) throw new FormatException(Invariant($"{entry.Name} begins at byte {entry.Begin} of the data, not at {end}"));
            end = entry.End;
        }

        return end == file.Length - file.Position ? entries : throw new FormatException(Invariant($"its tensors take {end} bytes, but {file.Length - file.Position} bytes follow the header"));
    }

    private static Entry EntryOf(JsonProperty property, string path)
    {
        var format = property.Value.GetProperty("dtype").GetString();
        if (Unused.Contains(format))
            throw new InvalidDataException($"{path} holds {property.Name} as {format}, a type that is valid and not used by any network of this kit. Save it in Python as another, for example with tensor.to(torch.float32).");
        var (known, type, width) = Formats.FirstOrDefault(entry => entry.Name == format);
        if (known is null) throw new FormatException($"the number format {format} of {property.Name} is unknown");
        long[] Numbers(string name) => [.. property.Value.GetProperty(name).EnumerateArray().Select(number => number.GetInt64())];
        var (shape, range) = (Numbers("shape"), Numbers("data_offsets"));
        if (shape.Any(size => size < 0) || range.Length != 2) throw new FormatException($"shape or range of {property.Name} is not one");
        var bytes = checked(shape.Aggregate(1L, (product, size) => checked(product * size)) * width);
        if (range[0] < 0 || range[1] - range[0] != bytes)
            throw new FormatException(Invariant($"{property.Name} needs {bytes} bytes but its range is {range[0]} to {range[1]}"));
        return new Entry(property.Name, type, shape, range[0], range[1]);
    }

    // What a healthy file of another kind is, by how it begins, and what to do; null for what no other kind is known for. A header's length may begin with any byte,
    // but its upper bytes are 0.
    private static string? Foreign(FileStream file, string path)
    {
        file.Position = 0;
        var start = new byte[Math.Min(512, file.Length)];
        file.ReadExactly(start);
        // Without weights_only a pickle may run what it likes; copies, since the format has no shared and no strided tensors.
        var inPython = $$"""
            In Python three lines convert it:
              import torch, safetensors.torch
              weights = torch.load("{{Path.GetFileName(path)}}", map_location="cpu", weights_only=True)
              safetensors.torch.save_file({k: v.contiguous().clone() for k, v in weights.get("state_dict", weights.get("model", weights)).items()}, "weights.safetensors")
            """;
        var isLong = start.Length > 8 && BinaryPrimitives.ReadUInt64LittleEndian(start) > LongestHeader;
        return start switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] when start.AsSpan().IndexOf(".npy"u8) > 0 => $"an archive of NumPy (.npz), not safetensors. {Export}",
            [(byte)'P', (byte)'K', 3, 4, ..] when start.AsSpan().IndexOf("data.pkl"u8) < 0 => $"a zip archive, and not one of torch.save. Unpack it, and give the file of tensors in it. {Export}",
            [(byte)'P', (byte)'K', 3, 4, ..] => $"a zip archive as torch.save writes it (.pt, .pth), not safetensors. {inPython}",
            [0x80, >= 2 and <= 5, not 0, ..] or [(byte)'(', (byte)'d' or (byte)'l', (byte)'p', ..] or [(byte)'c', (byte)'c', (byte)'o', (byte)'l', (byte)'l', ..] or [(byte)'}', (byte)'q', _, not 0, ..] => $"a Python pickle (an old .pt or .pth), not safetensors. {inPython}",
            [0x1F, 0x8B, 8, ..] => "packed by gzip. Unpack it ('gunzip'), and give the file that comes out.",
            [(byte)'G', (byte)'G', (byte)'U', (byte)'F', ..] => $"a GGUF file, as llama.cpp has them, not safetensors. {Export}",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => $"an HDF5 file (.h5, of Keras), not safetensors. {Export}",
            [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => $"an array of NumPy (.npy), not safetensors. {Export}",
            [(byte)'{', ..] or [(byte)'[', ..] when !start.Contains((byte)0) => "a text in JSON, not safetensors: the index of a checkpoint in several files, or what a site answers in place of a file. Give the file that holds the tensors.",
            _ when start.AsSpan().StartsWith("version https://git-lfs"u8) => "a pointer of Git LFS that stands for the file. Run 'git lfs pull' in the repository it came from, or download the file itself.",
            _ when !start.Contains((byte)0) && start.AsSpan().TrimStart("\r\n\t \uFEFF"u8) is [(byte)'<', ..] => "a web page that came in place of the file. Open the address in a browser: it may be wrong or ask for a login.",
            _ => isLong ? $"not safetensors: a file of another kind, packed, or damaged. Unpack it if it is packed. {Export}" : null,
        };
    }

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
}
