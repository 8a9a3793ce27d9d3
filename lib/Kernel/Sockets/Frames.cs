using System.Buffers.Binary;
using System.Text;

namespace FaLW.Kernel.Sockets;

/// <summary>Bytes to frames (ZMTP 3.0, section "Framing"). What a peer merely announces is never allocated.</summary>
internal sealed class FrameReader(Stream stream)
{
    // Far above any notebook's output, far below what would hurt.
    private const long LongestMessage = 256L << 20;

    private const int LongestCommand = 4096;

    private const int Step = 1 << 20;
    private const int More = 1;
    private const int Long = 2;
    private const int Command = 4;

    private readonly byte[] head = new byte[9];

    public List<byte[]> ReadMessage(Action<byte[]> onCommand)
    {
        var frames = new List<byte[]>();
        for (var room = LongestMessage; ;)
        {
            var (body, hasMore, isCommand) = ReadFrame(room);
            if (isCommand)
            {
                onCommand(body);
                continue;
            }
            frames.Add(body);
            room -= body.Length;
            if (!hasMore) return frames;
        }
    }

    public (byte[] Body, bool HasMore, bool IsCommand) ReadFrame(long room)
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
        if ((flags & Command) != 0 && length > LongestCommand) throw new ProtocolException("A command is longer than 4 KiB.");
        if (length < 0 || length > room) throw new ProtocolException("A message is longer than 256 MiB.");
        return (ReadBytes((int)length), (flags & More) != 0, (flags & Command) != 0);
    }

    public byte[] ReadBytes(int length)
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

internal static class FrameWriter
{
    public static void Write(Stream stream, IReadOnlyList<ReadOnlyMemory<byte>> frames, bool isCommand = false)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            stream.Write(Head(frames[i].Length, isCommand ? 4 : i < frames.Count - 1 ? 1 : 0));
            stream.Write(frames[i].Span);
        }
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

/// <summary>The greeting and the READY command with which two ZMTP 3.0 peers begin (mechanism NULL).</summary>
internal static class Handshake
{
    private const int GreetingLength = 64;
    private const int LongestReady = 4096;
    private const int VersionAt = 10;
    private const int MechanismAt = 12;
    private const int MechanismLength = 20;

    /// <summary>What the peer says of itself: the kind of its socket, and the name it wants to be known by, often none.</summary>
    public static (string SocketType, byte[] Identity) Perform(Stream stream, FrameReader reader, string socketType, byte[] identity)
    {
        stream.Write(Greeting());
        stream.Flush();
        Check(reader.ReadBytes(GreetingLength));
        FrameWriter.Write(stream, [(byte[])[5, .. "READY"u8, .. Property("Socket-Type", Encoding.ASCII.GetBytes(socketType)), .. Property("Identity", identity)]], isCommand: true);
        stream.Flush();
        var (body, _, isCommand) = reader.ReadFrame(LongestReady);
        if (!isCommand || !body.AsSpan().StartsWith("\u0005READY"u8)) throw new ProtocolException("A peer began without READY.");
        return Properties(body.AsSpan(6));
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

    private static byte[] Property(string name, byte[] value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. value];
    }

    private static (string SocketType, byte[] Identity) Properties(ReadOnlySpan<byte> rest)
    {
        var (type, identity) = ("", Array.Empty<byte>());
        while (rest.Length > 0)
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
        return (type, identity);
    }
}

// The peer does not speak ZMTP 3 as it should; its connection is closed and nothing else happens.
internal sealed class ProtocolException(string message) : IOException(message);
