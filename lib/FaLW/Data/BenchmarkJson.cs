using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaLW.Data;

/// <summary>Writes a <see cref="Benchmark"/> as its name and reads it back with <see cref="Benchmark.Named"/>.</summary>
public sealed class BenchmarkJson : JsonConverter<Benchmark>
{
    /// <inheritdoc/>
    public override Benchmark Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Benchmark.Named(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Benchmark value, JsonSerializerOptions options)
    {
        // A changed copy under an old name would share a cache key with the original.
        if (Benchmark.Named(value.Name) != value)
            throw new Fault($"This image set is called {value.Name} but differs from the {value.Name} of this kit, so its name would not say what it is; give it to code directly.");
        writer.WriteStringValue(value.Name);
    }
}
