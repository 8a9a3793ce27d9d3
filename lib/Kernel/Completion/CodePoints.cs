namespace FaLW.Kernel.Completion;

/// <summary>The protocol counts characters as Unicode does; .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    public static int ToUnits(string text, int points)
    {
        var at = 0;
        for (; points > 0 && at < text.Length; points--) at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return at;
    }

    public static int FromUnits(string text, int units)
    {
        var points = 0;
        for (var at = 0; at < units && at < text.Length; points++) at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return points;
    }
}
