using FaLW.Data;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Head, middle and tail as zones behind a panel whose x axis is the class rank.</summary>
internal static class GroupZones
{
    /// <summary>The three zones.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="first">Where the class most forgotten stands: 1 for a rank, 0 for a place among names.</param>
    public static Annotation[] Of(ClassGroups groups, int first = 1)
    {
        var start = first - 0.5;
        var (head, middle) = (start + groups.Head.Count, start + groups.Head.Count + groups.Middle.Count);
        return
        [
            new Zone(start, head, "head"), new Zone(head, middle, "middle", Shaded: false), new Zone(middle, middle + groups.Tail.Count, "tail"),
        ];
    }
}
