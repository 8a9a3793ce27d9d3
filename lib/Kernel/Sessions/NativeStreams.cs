using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace FaLW.Kernel.Sessions;

/// <summary>Native output on its way to the cells. Turned on once by a program that owns its process; a library never does.</summary>
internal static class NativeStreams
{
    private static readonly List<NativePipe> Pipes = [];

    // A headless run leaves standard error alone: what a native library warns of depends on the machine, and belongs to the
    // log and not into a notebook that others run as well.
    public static void Turn(bool errorToo)
    {
        if (!LibC.IsThere || Pipes.Count > 0) return;
        // The console's own writers keep a copy of the descriptors from before, once they exist.
        ConsoleBridge.Install();
        Pipes.Add(new NativePipe(1, StandardStream.Output));
        if (errorToo) Pipes.Add(new NativePipe(2, StandardStream.Error));
    }

    public static void Settle()
    {
        foreach (var pipe in Pipes)
            if (pipe.IsPending)
                pipe.Drain();
    }

    public static void Drain()
    {
        if (Pipes.Count == 0) return;
        _ = LibC.Flush(0);
        foreach (var pipe in Pipes) pipe.Drain();
    }
}

/// <summary>
/// One of the process's own streams (descriptor 1 or 2), turned into a pipe that is read here: what native code and child
/// processes write there reaches the running cell, and between cells the log.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The pipe lives as long as the process.")]
internal sealed class NativePipe
{
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const short Readable = 1;
    private const int Forever = -1;

    // A mark that no program writes, put into the pipe to learn that everything before it has been read.
    private static readonly byte[] Mark = [0, 30, .. "falw-kernel-drained"u8, 30, 0];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly int descriptor;
    private readonly StandardStream stream;
    private readonly int source;
    private readonly AutoResetEvent drained = new(false);
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private byte[] carried = [];
    private volatile bool isPassing;

    public NativePipe(int descriptor, StandardStream stream)
    {
        (this.descriptor, this.stream) = (descriptor, stream);
        var ends = new int[2];
        if (LibC.Pipe(ref ends[0]) != 0) throw new IOException("The system gave no pipe. Close some files of this process and start again.");
        source = ends[0];
        if (OperatingSystem.IsLinux()) _ = LibC.SetFlags(source, SetDescriptorFlags, CloseOnExec);
        _ = LibC.Dup2(ends[1], descriptor);
        _ = LibC.Close(ends[1]);
        new Thread(Listen) { IsBackground = true, Name = "native output" }.Start();
    }

    // The order of the two questions leaves no gap.
    public bool IsPending => HasInput(0) || isPassing;

    public void Drain()
    {
        if (LibC.Write(descriptor, ref Mark[0], Mark.Length) == Mark.Length) drained.WaitOne(Patience);
    }

    private void Listen()
    {
        var buffer = new byte[1 << 16];
        nint length;
        do
        {
            HasInput(Forever);
            isPassing = true;
            length = LibC.Read(source, ref buffer[0], buffer.Length);
            if (length > 0) PassOn([.. carried, .. buffer.AsSpan(0, (int)length)]);
            isPassing = false;
        }
        while (length != 0);
    }

    private bool HasInput(int milliseconds)
    {
        var entry = new LibC.PollEntry(source, Readable, 0);
        return LibC.Poll(ref entry, 1, milliseconds) > 0;
    }

    private void PassOn(ReadOnlySpan<byte> bytes)
    {
        for (int at; (at = bytes.IndexOf(Mark)) >= 0; bytes = bytes[(at + Mark.Length)..])
        {
            Write(bytes[..at]);
            drained.Set();
        }
        var kept = BeginningOfMark(bytes);
        Write(bytes[..^kept]);
        carried = bytes[^kept..].ToArray();
    }

    private static int BeginningOfMark(ReadOnlySpan<byte> bytes)
    {
        var kept = Math.Min(bytes.Length, Mark.Length - 1);
        while (!bytes[^kept..].SequenceEqual(Mark.AsSpan(0, kept))) kept--;
        return kept;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[decoder.GetCharCount(bytes, flush: false)];
        decoder.GetChars(bytes, characters, flush: false);
        if (characters.Length == 0) return;
        if (CellContext.Current is { } cell) cell.OpenSink.Write(stream, new string(characters));
        else ConsoleBridge.Log.Write(characters);
    }
}

/// <summary>The few calls by which a Unix process turns its own streams, knows its parent, and ends without tearing anything down.</summary>
internal static partial class LibC
{
    public static bool IsThere { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    [LibraryImport("libc", EntryPoint = "pipe")]
    public static partial int Pipe(ref int ends);

    [LibraryImport("libc", EntryPoint = "dup2")]
    public static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int descriptor, ref byte buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, ref byte buffer, nint length);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int SetFlags(int descriptor, int command, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "fflush")]
    public static partial int Flush(nint everything);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    [StructLayout(LayoutKind.Sequential)]
    public record struct PollEntry(int Descriptor, short Asked, short Answered);
}
