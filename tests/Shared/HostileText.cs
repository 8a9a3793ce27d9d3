namespace FaLW.Tests.Shared;

/// <summary>Text that breaks formats: quotes, line ends, NUL, half characters, right to left, beyond the first plane, markup, numbers, very long.</summary>
internal static class HostileText
{
    public static Gen<string> Any { get; } = Gen.OneOf(Gen.String, Gen.OneOf(
        "", " ", "\0", "\ud83d", "\ude00\ud83d", "\"", "a,b", "a;b", "\\", "\r\n", "\r", "\n", "\u2028", "\u202Eא", "😀", "\uFEFFa", "</script><!--<script>", "$\\frac{1}{2}$ & _", "7", "1.5", "NaN", "true", "=1+1", "#",
        new string('x', 10_000)));

    /// <summary>A text as any file keeps it: half a character becomes the sign for a lost one.</summary>
    public static string AsUtf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
