using System.Runtime.InteropServices;

namespace FaLW.Kernel.Sessions;

/// <summary>The few calls by which a Unix process turns its own streams and knows its parent.</summary>
internal static partial class LibC
{
    public static bool IsThere { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    [LibraryImport("libc", EntryPoint = "pipe")]
    public static unsafe partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "dup2")]
    public static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read")]
    public static unsafe partial nint Read(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write")]
    public static unsafe partial nint Write(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int SetFlags(int descriptor, int command, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "fflush")]
    public static partial int Flush(nint everything);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentProcess();

    /// <summary>What poll asks about one descriptor, and what it answers.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public record struct PollEntry(int Descriptor, short Asked, short Answered);
}
