using System.Runtime.InteropServices;

namespace FaLW.Figures;

/// <summary>A picture's colours as a table of at most 256, so that a pixel is one byte: a third of the file.</summary>
internal sealed record PngPalette(IReadOnlyList<int> Colours, IReadOnlyDictionary<int, byte> Places)
{
    private const int Most = 256;

    // Summed over three channels, so at most 8 of 255 levels a channel: below what an eye sees on an edge pixel.
    private const int Unseen = 24;

    // A few edge pixels where colours meet may be further off: one in five hundred.
    private const double Few = 0.002;

    /// <summary>The table, or null when too many pixels have no near colour among the common ones.</summary>
    public static PngPalette? Of(Canvas canvas)
    {
        var counts = Counts(canvas.Pixels);
        var common = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(Most).Select(c => c.Key).ToArray();
        var places = new Dictionary<int, byte>();
        for (var i = 0; i < common.Length; i++) places[common[i]] = (byte)i;
        var strayed = 0;
        foreach (var rare in counts.Keys.Where(c => !places.ContainsKey(c)).ToArray())
        {
            var nearest = Enumerable.Range(0, common.Length).MinBy(i => Distance(common[i], rare));
            if (Distance(common[nearest], rare) > Unseen) strayed += counts[rare];
            places[rare] = (byte)nearest;
        }
        return strayed > Few * canvas.Pixels.Length ? null : new PngPalette(common, places);
    }

    // Neighbours mostly agree, so a run is counted at once.
    private static Dictionary<int, int> Counts(int[] pixels)
    {
        var counts = new Dictionary<int, int>();
        for (var start = 0; start < pixels.Length;)
        {
            var end = start + 1;
            while (end < pixels.Length && pixels[end] == pixels[start]) end++;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, pixels[start], out _) += end - start;
            start = end;
        }
        return counts;
    }

    private static int Distance(int a, int b) =>
        Math.Abs((a >> 16) - (b >> 16)) + Math.Abs((a >> 8 & 255) - (b >> 8 & 255)) + Math.Abs((a & 255) - (b & 255));
}
