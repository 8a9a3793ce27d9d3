using System.Net;

namespace FaLW.Data;

/// <summary>The sentences about a download that failed.</summary>
internal static class DownloadFault
{
    public static Fault Refused(DataFile file, string folder, HttpStatusCode status) => new(FormattableString.Invariant(
        $"{new Uri(file.Url!).Host} answered {(int)status} ({status}) when asked for {file.Url}. Try again later, or get {file.Name} elsewhere and put it into {folder}; its checksum will be checked."));

    public static Fault Broken(DataFile file, string folder, long done, Exception? inner) => done > 0
        ? new Fault(FormattableString.Invariant(
            $"The connection to {new Uri(file.Url!).Host} broke after {done:N0} of {file.Size:N0} bytes of {file.Name}. What has come is kept; run the same command again to go on from there."), inner)
        : new Fault($"{new Uri(file.Url!).Host} cannot be reached ({inner?.Message.TrimEnd('.') ?? "it sent nothing"}); is there a network? Or download {file.Url} elsewhere and put it into {folder}.", inner);

    public static Fault Wrong(DataFile file, string found) => new(FormattableString.Invariant(
        $"{file.Name} came from {file.Url} with checksum {found} but {file.Digest ?? "another size"} is published; the download was removed. Run the same command again; if it stays wrong, the site has changed its file."));

    public static Fault Unwritable(string path, Exception inner) => new(
        $"{path} cannot be written ({inner.Message.TrimEnd('.')}). Free some space or make the folder writable, or set {DataShelf.Variable} to another folder.", inner);
}
