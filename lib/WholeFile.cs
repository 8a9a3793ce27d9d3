using System.Runtime.InteropServices;
using System.Text;

namespace FaLW;

/// <summary>
/// A file that is there whole or not at all: written beside its place, flushed to the disk and then renamed, so that nobody reads half of it, and a write
/// that fails leaves the old file and nothing else. A link stays one, and what it leads to is replaced; mode, owner and group stay as far as the system
/// lets this user give them. What this user may not write is not replaced either. A second name of the same file (a hard link) keeps the old content, as it
/// would with git: backups made that way stay what they were.
/// </summary>
internal static partial class WholeFile
{
    // The structure of statx(2) is the same on every Linux.
    private const int CurrentFolder = -100, TypeAndOwners = 0x19, OwnerAt = 20, GroupAt = 24, TypeAt = 28, SizeOfStatus = 256;
    private const int TypeBits = 0xF000, Folder = 0x4000, Regular = 0x8000;
    private const uint AsItIs = uint.MaxValue;

    /// <summary>Writes a text as UTF-8, in place of an earlier file, into a folder that is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes, in place of an earlier file, into a folder that is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));

    /// <summary>Writes what is too large to be had at once, in place of an earlier file, into a folder that is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var place = PlaceOf(path);
        var status = StatusOf(path);
        if (status is not null && (BitConverter.ToUInt16(status, TypeAt) & TypeBits) is not (Regular or Folder))
        {
            // A device or a pipe has no old content, and must not be replaced by a file.
            using var straight = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(straight);
            return;
        }
        DemandWritable(place);
        RemoveLeftovers(place);
        var draft = FormattableString.Invariant($"{place}.{Environment.ProcessId}.part");
        var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.Delete, bufferSize: 0);
        try
        {
            using (file)
            {
                if (File.Exists(place)) KeepRights(place, draft, status);
                write(file);
                file.Flush(flushToDisk: true);
                File.Move(draft, place, overwrite: true);
            }
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Refuses a file that is there and may not be written, for who wants to know before hours of work.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void DemandWritable(string path)
    {
        if (File.Exists(path)) File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
    }

    /// <summary>Where a file really is: at the end of the links that a path may be.</summary>
    public static string PlaceOf(string path) => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    // A draft is held until it has its name: what nobody holds was left by a process that was killed.
    private static void RemoveLeftovers(string place)
    {
        var name = $"{Path.GetFileName(place)}.";
        foreach (var draft in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(place))!, "*.part").Where(draft => Path.GetFileName(draft).StartsWith(name, StringComparison.Ordinal)))
            try
            {
                using (new FileStream(draft, FileMode.Open, FileAccess.Write, FileShare.None)) { }
                File.Delete(draft);
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                // Somebody is at it, or has just ended.
            }
    }

    // Before anything is written, so that nobody can read it who could not read the old one.
    private static void KeepRights(string of, string draft, byte[]? status)
    {
        if (OperatingSystem.IsWindows()) return;
        if (status is not null && ChangeOwner(draft, BitConverter.ToUInt32(status, OwnerAt), BitConverter.ToUInt32(status, GroupAt)) != 0)
            _ = ChangeOwner(draft, AsItIs, BitConverter.ToUInt32(status, GroupAt));
        File.SetUnixFileMode(draft, File.GetUnixFileMode(of));
    }

    private static byte[]? StatusOf(string path)
    {
        var status = new byte[SizeOfStatus];
        return OperatingSystem.IsLinux() && Status(CurrentFolder, path, 0, TypeAndOwners, ref status[0]) == 0 ? status : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int folder, string path, int flags, uint wanted, ref byte status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
