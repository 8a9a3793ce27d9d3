using FaLW.Data;

namespace FaLW.Figures;

/// <summary>Head, middle and tail as zones behind a panel whose x axis is the class rank from 1.</summary>
internal static class GroupZones
{
    public static Annotation[] Of(ClassGroups groups)
    {
        var (head, middle) = (groups.Head.Count + 0.5, groups.Head.Count + groups.Middle.Count + 0.5);
        return
        [
            new Zone(0.5, head, "head"), new Zone(head, middle, "middle", Shaded: false), new Zone(middle, middle + groups.Tail.Count, "tail"),
        ];
    }
}
