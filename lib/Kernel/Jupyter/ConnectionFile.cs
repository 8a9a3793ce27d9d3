using System.Net;
using FaLW.Kernel.Sockets;

namespace FaLW.Kernel.Jupyter;

/// <summary>What a front end tells a kernel at its start: where to listen, and the key that messages are signed with.</summary>
internal sealed class ConnectionFile(JsonObject json, string name)
{
    private const string Scheme = "hmac-sha256";

    public string Key => Text("key");

    public static ConnectionFile Load(string path)
    {
        if (!File.Exists(path)) throw new NotebookFault($"There is no connection file '{path}'. Front ends write it and start the kernel themselves; pick the kernel there.");
        var json = PlainJson.TryRead(File.ReadAllBytes(path)) ?? throw new NotebookFault($"The connection file '{Path.GetFileName(path)}' is not a JSON object. Start the kernel from a front end, which writes it.");
        var file = new ConnectionFile(json, Path.GetFileName(path));
        file.Check();
        return file;
    }

    public Endpoint Endpoint(string channel)
    {
        var port = json[$"{channel}_port"] is JsonValue value && value.TryGetValue<int>(out var given) ? given : throw Faulty($"has no {channel}_port");
        return Text("transport") is "ipc" ? Sockets.Endpoint.Ipc(FormattableString.Invariant($"{Text("ip")}-{port}")) : Sockets.Endpoint.Tcp(Address(), port);
    }

    // A kernel runs whatever it is sent: only this machine may reach it, and only who knows the key.
    private void Check()
    {
        if (Key.Length == 0) throw Faulty("has no key, and this kernel takes signed messages only");
        if (Text("signature_scheme") is not ("" or Scheme)) throw Faulty($"asks for the signature scheme '{Text("signature_scheme")}', and this kernel knows {Scheme}");
        if (Text("transport") is not ("" or "tcp" or "ipc")) throw Faulty($"asks for the transport '{Text("transport")}', and this kernel knows tcp and ipc");
        if (Text("transport") is not "ipc" && !IPAddress.IsLoopback(Address())) throw Faulty($"asks to listen on {Text("ip")}, and this kernel listens on the loopback interface only");
    }

    private IPAddress Address() => Text("ip") switch
    {
        "" or "localhost" => IPAddress.Loopback,
        var ip => IPAddress.TryParse(ip, out var address) ? address : throw Faulty($"has the address '{ip}', which is none"),
    };

    private string Text(string field) => json[field]?.ToString() ?? "";
    private NotebookFault Faulty(string what) => new($"The connection file '{name}' {what}. Start the kernel from a front end on this machine.");
}
