namespace FaLW.Kernel.Commands;

/// <summary>A command line that cannot be understood; the message says what of it.</summary>
internal sealed class UsageException(string message) : Exception(message);
