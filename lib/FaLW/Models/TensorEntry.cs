using System.Text.Json;
using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>One tensor in the header of a safetensors file: name, format, shape and where its bytes lie in the data.</summary>
internal sealed record TensorEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    private static readonly Dictionary<string, (ScalarType Type, int Size)> Formats = new(StringComparer.Ordinal)
    {
        ["F64"] = (ScalarType.Float64, 8),
        ["F32"] = (ScalarType.Float32, 4),
        ["F16"] = (ScalarType.Float16, 2),
        ["BF16"] = (ScalarType.BFloat16, 2),
        ["I64"] = (ScalarType.Int64, 8),
        ["I32"] = (ScalarType.Int32, 4),
        ["I16"] = (ScalarType.Int16, 2),
        ["I8"] = (ScalarType.Int8, 1),
        ["U8"] = (ScalarType.Byte, 1),
        ["BOOL"] = (ScalarType.Bool, 1),
    };

    public long Bytes => End - Begin;

    /// <summary>The format's name for a torch type.</summary>
    public static string Format(ScalarType type) => Formats.First(format => format.Value.Type == type).Key;

    /// <summary>Bytes of one number of a torch type.</summary>
    public static int Size(ScalarType type) => Formats.Values.First(format => format.Type == type).Size;

    /// <summary>Reads one entry and checks that its byte range is as long as shape and format demand.</summary>
    public static TensorEntry Of(JsonProperty property)
    {
        var format = property.Value.GetProperty("dtype").GetString();
        if (format is null || !Formats.TryGetValue(format, out var known))
            throw new FormatException($"the number format {format} of {property.Name} is unknown");
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] range = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (shape.Any(size => size < 0) || range.Length != 2) throw new FormatException($"shape or range of {property.Name} is not one");
        var bytes = checked(shape.Aggregate(1L, (product, size) => checked(product * size)) * known.Size);
        if (range[0] < 0 || range[1] - range[0] != bytes)
            throw new FormatException(FormattableString.Invariant($"{property.Name} needs {bytes} bytes but its range is {range[0]} to {range[1]}"));
        return new TensorEntry(property.Name, known.Type, shape, range[0], range[1]);
    }
}
