using System.Text.Json.Nodes;

namespace FaLW.Kernel.Jupyter;

/// <summary>A message of the Jupyter protocol as it came in.</summary>
/// <param name="Peer">Who sent it, as the socket names them.</param>
/// <param name="Prefix">Frames before the delimiter, to be given back in the answer.</param>
/// <param name="Header">Its header.</param>
/// <param name="Content">What it says.</param>
internal sealed record Message(string Peer, IReadOnlyList<byte[]> Prefix, JsonObject Header, JsonObject Content)
{
    public string Type => Header["msg_type"]?.ToString() ?? "";

    /// <summary>A text of the content; empty when it is missing or something else.</summary>
    public string Text(string name) => Content[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public bool Flag(string name, bool otherwise) => Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    public int Number(string name, int otherwise) => Content[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : otherwise;
}
