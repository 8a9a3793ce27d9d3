using FaLW.Kernel.Notebooks;

namespace FaLW.Kernel.Running;

/// <summary>What a person would call a cell: the heading it stands under, or else its id.</summary>
internal static class CellName
{
    private const int Longest = 50;

    public static string Of(Cell cell, Notebook notebook)
    {
        var heading = notebook.Cells.TakeWhile(other => other != cell).Where(other => other.Kind is CellKind.Markdown).Select(HeadingOf).LastOrDefault(found => found is not null) ?? cell.Id;
        return heading.Length <= Longest ? heading : heading[..(Longest - 1)] + "…";
    }

    private static string? HeadingOf(Cell prose) =>
        prose.Source.Split('\n').LastOrDefault(line => line.StartsWith('#'))?.TrimStart('#').Trim();
}
