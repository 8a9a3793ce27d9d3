using System.Globalization;
using System.Text.Json;

namespace FaLW.Figures;

/// <summary>Numbers with six significant digits: as many as a picture can show, few enough to read in a diff.</summary>
internal static class JsonNumbers
{
    public static void Number(this Utf8JsonWriter json, double value)
    {
        if (!double.IsFinite(value))
        {
            json.WriteNullValue();
            return;
        }
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "G6", CultureInfo.InvariantCulture);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    public static void Numbers(this Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.Number(value);
        json.WriteEndArray();
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void Font(this Utf8JsonWriter json, string name, double size, Paint paint)
    {
        json.WriteStartObject(name);
        json.WriteNumber("size", size);
        json.WriteString("color", paint.Hex);
        json.WriteEndObject();
    }
}
