using System.Runtime.CompilerServices;
using DiffEngine;

namespace FaLW.Tests.Snapshots;

/// <summary>
/// Compares a text with the file that was accepted for it, in Verify's grammar: <c>Class.Method.verified.txt</c> beside
/// the test; on a difference <c>Class.Method.received.txt</c> is written, and at a desk a diff tool opens.
/// FALW_ACCEPT=1 accepts everything received, which the version control then shows.
/// </summary>
internal static class Snapshot
{
    // The build maps the checkout to this path, so that no binary tells where it was built.
    private const string MappedRoot = "/falw/";

    /// <summary>Passes when the received text equals the accepted one, line ends aside.</summary>
    /// <param name="received">What the code made.</param>
    /// <param name="text">Tells several snapshots of one method apart; empty for the only one.</param>
    /// <param name="extension">Ending of the file, without a dot.</param>
    /// <param name="file">Left to the compiler.</param>
    /// <param name="member">Left to the compiler.</param>
    public static void Match(
        string received, string text = "", string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string member = "")
    {
        var stem = Stem(file, member, text);
        var (left, verified) = ($"{stem}.received.{extension}", $"{stem}.verified.{extension}");
        if (Difference(received, left, verified, Accepting) is not { } message)
        {
            DiffRunner.Kill(left, verified);
            return;
        }
        // To compare with nothing, it would make an empty file.
        if (File.Exists(verified)) DiffRunner.Launch(left, verified);
        Assert.Fail(message);
    }

    /// <summary>Null when the texts agree; otherwise the message, with the received text written beside the accepted one.</summary>
    internal static string? Difference(string received, string receivedFile, string verifiedFile, bool accept)
    {
        var now = Normal(received);
        if (accept) File.WriteAllText(verifiedFile, now + "\n");
        var before = File.Exists(verifiedFile) ? Normal(File.ReadAllText(verifiedFile)) : null;
        if (now == before)
        {
            File.Delete(receivedFile);
            return null;
        }
        File.WriteAllText(receivedFile, now + "\n");
        return Message(before, now, receivedFile, verifiedFile);
    }

    /// <summary>The first difference and how to accept it.</summary>
    internal static string Message(string? verified, string received, string receivedFile, string verifiedFile)
    {
        var (from, to) = (Short(receivedFile), Short(verifiedFile));
        var accept = $"If the new text is right: mv {from} {to}   (or run the tests once with FALW_ACCEPT=1)";
        if (verified is null) return $"Nothing was accepted yet for {to}; the received text is in {from}.\n{accept}";
        var (old, now) = (verified.Split('\n'), received.Split('\n'));
        var line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line]) line++;
        return $"{to} differs from line {line + 1} on.\n  verified: {At(old, line)}\n  received: {At(now, line)}\n{accept}";
    }

    private static bool Accepting => Environment.GetEnvironmentVariable("FALW_ACCEPT") is "1" && !BuildServerDetector.Detected;

    private static string At(string[] lines, int line) => line < lines.Length ? lines[line] : "(the text ends here)";

    private static string Stem(string file, string member, string text)
    {
        var path = file.StartsWith(MappedRoot, StringComparison.Ordinal) ? Path.Combine(Repository.Root, file[MappedRoot.Length..]) : file;
        var name = Path.GetFileNameWithoutExtension(path) + "." + member + (text.Length > 0 ? "_" + text : "");
        return Path.Combine(Path.GetDirectoryName(path)!, name);
    }

    private static string Short(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');
}
