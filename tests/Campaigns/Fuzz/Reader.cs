using System.IO.Compression;
using FaLW.Kernel;
using FaLW.Kernel.Jupyter;
using FaLW.Kernel.Notebooks;
using FaLW.Kernel.Sockets;
using TorchSharp;

namespace FaLW.Tests.Campaigns;

/// <summary>A reader of foreign bytes: it takes them, or answers with a sentence. Here with healthy bytes to begin from.</summary>
internal sealed record Reader(string Name, Func<byte[]> Healthy, Action<byte[]> Read)
{
    private static readonly Benchmark Small = Benchmark.Cifar10 with { Name = "small", Height = 4, Width = 4 };

    public static IReadOnlyList<Reader> All { get; } =
    [
        new("cifar", () => new byte[2 * 49], bytes => Cifar(new MemoryStream(bytes), packed: false)),
        new("cifar-packed", () => Brotli(new byte[2 * 49]), bytes => Cifar(new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress), packed: true)),
        new("idx", () => [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9], bytes => Idx.Fill(new MemoryStream(bytes), "labels", [0x801, 3], new byte[3])),
        new("safetensors", Tensors, bytes => InFile(bytes, path => { using var scope = torch.NewDisposeScope(); Safetensors.Read(path, torch.CPU); })),
        new("notebook", () => Encoding.UTF8.GetBytes(Page), bytes => Notebook.Parse(Notebook.Parse(Encoding.UTF8.GetString(bytes)).ToJson())),
        new("record", () => Encoding.UTF8.GetBytes(Result()), bytes => ResultJson.FromJson<RunResult>(ResultJson.FromJson<RunResult>(Encoding.UTF8.GetString(bytes)).ToJson())),
        new("connection", () => Encoding.UTF8.GetBytes(Connection), bytes => InFile(bytes, path => _ = ConnectionFile.Load(path).Endpoint("shell"))),
        new("message", Message, Messages),
    ];

    private const string Page = """{"cells":[{"cell_type":"code","execution_count":1,"id":"a","metadata":{"tags":["parameters"]},"outputs":[{"name":"stdout","output_type":"stream","text":["1\n"]},{"data":{"text/plain":"1"},"execution_count":1,"metadata":{},"output_type":"execute_result"}],"source":["var a = 1;\n","a"]},{"cell_type":"markdown","id":"b","metadata":{},"source":"# x"}],"metadata":{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"},"language_info":{"name":"C#"}},"nbformat":4,"nbformat_minor":5}""";
    private const string Connection = """{"shell_port":5001,"iopub_port":5002,"stdin_port":5003,"control_port":5004,"hb_port":5005,"ip":"127.0.0.1","key":"k","transport":"tcp","signature_scheme":"hmac-sha256","kernel_name":""}""";

    // The smallest result that there is: all a spec says, and no rows.
    private static string Result() => new RunResult(
        Protocol.Cifar100, "key", new(100, 100, 60, 1), new(61, 100, 60, 40), new(63, 99, 58, 44), [], [], [], [new(7, 0, 0.99, 0.5, 0.4)], [2, 1],
        new ClassGroups([0], [], [1]), [new("original", 80)], new("", "", "cpu", "", 2, "", "", "", ""), new([2.5], 20, TimeSpan.Zero)).ToJson();

    private static void Cifar(Stream stream, bool packed) => new CifarReading(new CifarLayout(Small, 1, [new("train.bin", 2)], 2)).Fill(0, stream, "train.bin", packed);

    private static byte[] Brotli(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal)) brotli.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Tensors()
    {
        var header = Encoding.UTF8.GetBytes("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[16]];
    }

    private static void InFile(byte[] bytes, Action<string> read)
    {
        var path = Path.Combine(Path.GetTempPath(), FormattableString.Invariant($"falw-fuzz-{Environment.ProcessId}"));
        File.WriteAllBytes(path, bytes);
        try
        {
            read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // As on the wire: frames, each with its flags and its length.
    private static byte[] Message()
    {
        using var wire = new MemoryStream();
        FrameWriter.Write(wire, new MessageCodec(new Signer("k")).Encode([], "execute_request", null, new JsonObject { ["code"] = "1" }));
        return wire.ToArray();
    }

    // As it came, and with a right signature, which nobody could find by chance.
    private static void Messages(byte[] bytes)
    {
        var frames = new FrameReader(new MemoryStream(bytes)).ReadMessage(_ => { });
        var signer = new Signer("k");
        var codec = new MessageCodec(signer);
        codec.Decode("peer", frames);
        byte[][] parts = [.. frames.Skip(2).Take(4)];
        if (codec.Decode("peer", [.. frames.Take(1), signer.Sign(parts), .. parts]).Message is { } message) codec.Encode([], message.Type, message.Header, message.Content);
    }

    /// <summary>Whether it is an answer: a sentence of the kit, or the end of what a peer sent.</summary>
    public static bool IsAnswer(Exception fault) => fault is Fault or NotebookFault or InvalidDataException or IOException;
}
