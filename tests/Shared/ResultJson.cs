namespace FaLW.Tests.Shared;

/// <summary>A result as text and back, by the kit's own rules.</summary>
internal static class ResultJson
{
    public static string ToJson<T>(this T result) where T : notnull => JsonSerializer.Serialize(result, CanonicalJson.Readable);

    public static T FromJson<T>(string json) where T : notnull =>
        CanonicalJson.Read<T>(Encoding.UTF8.GetBytes(json), "This is not a result of this kit", "Run the study again to write it anew.");
}
