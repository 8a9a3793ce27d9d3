namespace FaLW.Kernel.Sockets;

/// <summary>The peer does not speak ZMTP 3 as it should; its connection is closed and nothing else happens.</summary>
internal sealed class ProtocolException(string message) : IOException(message);
