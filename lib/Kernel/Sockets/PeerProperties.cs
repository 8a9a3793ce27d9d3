using System.Buffers.Binary;
using System.Text;

namespace FaLW.Kernel.Sockets;

/// <summary>What a peer says of itself in READY.</summary>
/// <param name="SocketType">The kind of its socket, such as DEALER.</param>
/// <param name="Identity">The name it wants to be known by; often empty.</param>
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
