using System.Buffers.Binary;
using System.Text;

namespace FaLW.Kernel.Sockets;

/// <summary>The greeting and the READY command with which two ZMTP 3.0 peers begin (mechanism NULL).</summary>
internal static class Handshake
{
    private const int GreetingLength = 64;
    private const int LongestReady = 4096;
    private const int VersionAt = 10;
    private const int MechanismAt = 12;
    private const int MechanismLength = 20;

    /// <summary>Greets and is greeted; returns what the peer says of itself.</summary>
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
