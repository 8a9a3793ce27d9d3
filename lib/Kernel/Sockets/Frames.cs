using System.Buffers.Binary;
using System.Text;

namespace FaLW.Kernel.Sockets;

/// <summary>Bytes to frames (ZMTP 3.0, section "Framing"). What a peer merely announces is never allocated.</summary>
internal sealed class FrameReader(Stream stream)
{
    // Far above any notebook's output, far below what would hurt.
    private const long LongestMessage = 256L << 20;

    private const int Step = 1 << 20;
    private const int More = 1;
    private const int Long = 2;
    private const int Command = 4;

    private readonly byte[] head = new byte[9];

    public List<byte[]> ReadMessage(Action<byte[]> onCommand)
    {
        var frames = new List<byte[]>();
        var room = LongestMessage;
        while (true)
        {
            var frame = ReadFrame(room);
            if (frame.IsCommand)
            {
                onCommand(frame.Body);
                continue;
            }
            frames.Add(frame.Body);
            room -= frame.Body.Length;
            if (!frame.HasMore) return frames;
        }
    }

    public byte[] ReadRaw(int length) => ReadBody(length);

    public Frame ReadFrame(long room)
    {
        stream.ReadExactly(head, 0, 2);
        var flags = head[0];
        if (flags > (More | Long | Command)) throw new ProtocolException("A frame has reserved flags.");
        long length = head[1];
        if ((flags & Long) != 0)
        {
            stream.ReadExactly(head, 2, 7);
            length = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(1));
        }
        if (length < 0 || length > room) throw new ProtocolException("A message is longer than 256 MiB.");
        return new Frame(ReadBody((int)length), (flags & More) != 0, (flags & Command) != 0);
    }

    private byte[] ReadBody(int length)
    {
        var body = new byte[Math.Min(length, Step)];
        for (var read = 0; read < length; read = body.Length)
        {
            if (read > 0) Array.Resize(ref body, (int)Math.Min(length, 2L * read));
            stream.ReadExactly(body.AsSpan(read));
        }
        return body;
    }
}

/// <summary>Frames to bytes.</summary>
internal static class FrameWriter
{
    public static void Write(Stream stream, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            stream.Write(Head(frames[i].Length, i < frames.Count - 1 ? 1 : 0));
            stream.Write(frames[i].Span);
        }
    }

    public static void WriteCommand(Stream stream, ReadOnlySpan<byte> body)
    {
        stream.Write(Head(body.Length, 4));
        stream.Write(body);
    }

    private static byte[] Head(int length, int flags)
    {
        if (length <= byte.MaxValue) return [(byte)flags, (byte)length];
        var head = new byte[9];
        head[0] = (byte)(flags | 2);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(1), length);
        return head;
    }
}

/// <summary>One ZMTP frame.</summary>
internal readonly record struct Frame(byte[] Body, bool HasMore, bool IsCommand);

/// <summary>The greeting and the READY command with which two ZMTP 3.0 peers begin (mechanism NULL).</summary>
internal static class Handshake
{
    private const int GreetingLength = 64;
    private const int LongestReady = 4096;
    private const int VersionAt = 10;
    private const int MechanismAt = 12;
    private const int MechanismLength = 20;

    public static PeerProperties Perform(Stream stream, FrameReader reader, string socketType, byte[] identity)
    {
        stream.Write(Greeting());
        stream.Flush();
        var greeting = reader.ReadRaw(GreetingLength);
        Check(greeting);
        FrameWriter.WriteCommand(stream, Ready(socketType, identity));
        stream.Flush();
        var ready = reader.ReadFrame(LongestReady);
        if (!ready.IsCommand) throw new ProtocolException("A peer began without READY.");
        return PeerProperties.Read(ready.Body);
    }

    private static byte[] Greeting()
    {
        var greeting = new byte[GreetingLength];
        (greeting[0], greeting[8], greeting[9], greeting[VersionAt]) = (0xFF, 1, 0x7F, 3);
        "NULL"u8.CopyTo(greeting.AsSpan(MechanismAt));
        return greeting;
    }

    private static void Check(byte[] greeting)
    {
        if (greeting[0] != 0xFF || greeting[9] != 0x7F || greeting[VersionAt] < 3) throw new ProtocolException("A peer does not speak ZMTP 3.");
        if (Encoding.ASCII.GetString(greeting, MechanismAt, MechanismLength).TrimEnd('\0') != "NULL") throw new ProtocolException("A peer wants a mechanism other than NULL.");
    }

    private static byte[] Ready(string socketType, byte[] identity) =>
        [5, .. "READY"u8, .. Property("Socket-Type", Encoding.ASCII.GetBytes(socketType)), .. Property("Identity", identity)];

    private static byte[] Property(string name, byte[] value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. value];
    }
}

/// <summary>What a peer says of itself in READY.</summary>
internal sealed record PeerProperties(string SocketType, byte[] Identity)
{
    public static PeerProperties Read(ReadOnlySpan<byte> command)
    {
        if (!command.StartsWith("\u0005READY"u8)) throw new ProtocolException("A peer began without READY.");
        var (type, identity) = ("", Array.Empty<byte>());
        for (var rest = command[6..]; rest.Length > 0;)
        {
            var nameLength = rest[0];
            if (rest.Length < nameLength + 5) throw new ProtocolException("A property of READY is cut off.");
            var name = Encoding.ASCII.GetString(rest.Slice(1, nameLength));
            var valueLength = BinaryPrimitives.ReadInt32BigEndian(rest[(nameLength + 1)..]);
            if (valueLength < 0 || valueLength > rest.Length - nameLength - 5) throw new ProtocolException("A property of READY is cut off.");
            var value = rest.Slice(nameLength + 5, valueLength);
            if (name.Equals("Socket-Type", StringComparison.OrdinalIgnoreCase)) type = Encoding.ASCII.GetString(value);
            if (name.Equals("Identity", StringComparison.OrdinalIgnoreCase)) identity = value.ToArray();
            rest = rest[(nameLength + 5 + valueLength)..];
        }
        return new PeerProperties(type, identity);
    }
}

/// <summary>The peer does not speak ZMTP 3 as it should; its connection is closed and nothing else happens.</summary>
internal sealed class ProtocolException(string message) : IOException(message);
