using System.Buffers.Binary;

namespace FaLW.Kernel.Sockets;

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
