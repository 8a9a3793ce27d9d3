using System.Text.Json;
using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>The JSON header of a safetensors file: written padded to 8 bytes, read with every promise of the format checked.</summary>
internal static class SafetensorsHeader
{
    private const long MostBytes = 100_000_000;

    public static byte[] Of(IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            var offset = 0L;
            foreach (var (name, value) in tensors) offset = Entry(json, name, value, offset);
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    public static IReadOnlyList<TensorEntry> Read(FileStream file, string path)
    {
        try
        {
            return Entries(file);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException(
                $"{path} is not a whole safetensors file: {fault.Message.TrimEnd('.')}. Delete it and make it again, or fetch it again.", fault);
        }
    }

    private static List<TensorEntry> Entries(FileStream file)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (file.Length < 8) throw new FormatException(FormattableString.Invariant($"it has {file.Length} bytes, fewer than the 8 that give the header's length"));
        file.ReadExactly(prefix);
        var length = BitConverter.ToUInt64(prefix);
        if (length > MostBytes || (long)length > file.Length - 8)
            throw new FormatException(FormattableString.Invariant($"its header claims {length} bytes, but the file has {file.Length}"));
        var header = new byte[length];
        file.ReadExactly(header);
        using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
        List<TensorEntry> entries = [.. json.RootElement.EnumerateObject()
            .Where(property => property.Name != "__metadata__").Select(TensorEntry.Of).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        Gapless(entries, file.Length - file.Position);
        return entries;
    }

    private static void Gapless(List<TensorEntry> entries, long bytes)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != end) throw new FormatException(FormattableString.Invariant($"{entry.Name} begins at byte {entry.Begin} of the data, not at {end}"));
            end = entry.End;
        }
        if (end != bytes) throw new FormatException(FormattableString.Invariant($"its tensors take {end} bytes, but {bytes} bytes follow the header"));
    }

    private static long Entry(Utf8JsonWriter json, string name, Tensor value, long offset)
    {
        var end = offset + (value.numel() * TensorEntry.Size(value.dtype));
        json.WriteStartObject(name);
        json.WriteString("dtype", TensorEntry.Format(value.dtype));
        Numbers(json, "shape", value.shape);
        Numbers(json, "data_offsets", [offset, end]);
        json.WriteEndObject();
        return end;
    }

    private static void Numbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
