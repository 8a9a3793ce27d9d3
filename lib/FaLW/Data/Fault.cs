using System.Collections;

namespace FaLW.Data;

/// <summary>
/// A fault the user can act on. The message is a sentence that names what was asked, what was found
/// and what to do; the command prints it as it is.
/// </summary>
/// <param name="message">The sentence.</param>
/// <param name="inner">The exception that revealed it, for a debugger.</param>
public class Fault(string message, Exception? inner = null) : Exception(message, inner)
{
    // A notebook engine that finds this shows the sentence and the reader's own line, and none of the library's.
    private const string ForReaders = "notebook.sentence";

    /// <summary>Says that the message is meant for the reader, besides whatever others note here.</summary>
    public override IDictionary Data { get; } = new Dictionary<object, object?> { [ForReaders] = true };
}

/// <summary>The sentences about a file that is not what it should be: which file, expected, found, remedy.</summary>
internal static class FileFault
{
    private const string Remedy = "Put the official file in its place, or move it away and run `falw data fetch` for this set.";

    public static Fault Size(string path, long expected, long found) => new(Invariant(
        $"{path} has {found:N0} bytes but the published file has {expected:N0}: it was cut short or is another file. {Remedy}"));

    public static Fault Digest(string path, string expected, string found) =>
        new($"{path} has checksum {found} but {expected} is published: its content was changed or damaged, or it is another set's file of that name. {Remedy}");

    public static Fault EndsEarly(string path, long expected, long found) => new(Invariant(
        $"{path} ends after {found:N0} bytes of data but {expected:N0} were expected: it was cut short. {Remedy}"));

    public static Fault TooLong(string path, long expected) => new(Invariant(
        $"{path} holds more than the {expected:N0} bytes of data expected: it is another file. {Remedy}"));

    public static Fault Corrupt(string path, string expected, Exception inner) =>
        new($"{path} cannot be decoded as {expected} ({inner.Message.TrimEnd('.')}): it is damaged or another file. {Remedy}", inner);

    public static Fault Content(string path, string expected, string found) =>
        new($"{path} should hold {expected} but holds {found}: it is damaged or another file. {Remedy}");

    public static Fault Unreadable(string path, Exception inner) =>
        new($"{path} cannot be read ({inner.Message.TrimEnd('.')}). Check that the file is there and that you may read it.", inner);
}
