namespace FaLW.Experiments;

/// <summary>
/// One process at a time makes an entry. The lock is the system's lock on an open file, so it is released
/// however the process ends; the empty file stays, since removing it would let two processes lock two files of one name.
/// </summary>
internal static class EntryLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the lock; <paramref name="waiting"/> is called once when somebody else has it.</summary>
    public static FileStream Take(string path, Action waiting, CancellationToken cancellation)
    {
        for (var told = false; ; told = true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(path) is { } held) return held;
            if (!told) waiting();
            cancellation.WaitHandle.WaitOne(Patience);
        }
    }

    private static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return null;
        }
    }

    // EAGAIN on Linux and macOS, sharing violation on Windows; a full disk or a missing folder is neither.
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
