namespace FaLW.Kernel.Running;

/// <summary>
/// A carriage return takes a terminal back to the start of the line. What a progress bar wrote over is gone there, and
/// should not fill a notebook either.
/// </summary>
internal static class Overwriting
{
    public static string Apply(string text)
    {
        if (!text.Contains('\r', StringComparison.Ordinal)) return text;
        return string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(LastWritten));
    }

    private static string LastWritten(string line)
    {
        var shown = "";
        foreach (var piece in line.Split('\r').Where(piece => piece.Length > 0))
            shown = piece.Length >= shown.Length ? piece : piece + shown[piece.Length..];
        return shown;
    }
}
