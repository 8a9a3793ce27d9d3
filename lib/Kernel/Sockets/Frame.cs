namespace FaLW.Kernel.Sockets;

/// <summary>One ZMTP frame.</summary>
/// <param name="Body">Its content.</param>
/// <param name="HasMore">Whether the message goes on in the next frame.</param>
/// <param name="IsCommand">Whether it is for the socket and not for the program.</param>
internal readonly record struct Frame(byte[] Body, bool HasMore, bool IsCommand);
