using System.Buffers.Binary;

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

    /// <summary>The next whole message; commands on the way go to the handler.</summary>
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

    /// <summary>Bytes that are no frame yet: the greeting.</summary>
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
