using FaLW.Data;

namespace FaLW.Figures;

/// <summary>Images in labelled rows, every pixel a square: to see what numbers are about.</summary>
/// <param name="Title">One line that says what is seen.</param>
/// <param name="Images">Where the rows come from; null where the image set is not on this machine, which the sheet then says.</param>
/// <param name="Rows">A label and the rows of the image set beside it.</param>
[TypeFormatterSource("FormatterSource")]
public sealed record ImageSheet(string Title, RawImages? Images, ValueList<(string Label, ValueList<int> Rows)> Rows)
{
    /// <summary>A line under the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What the sheet shows, in a few lines.</summary>
    public string Summary => Images is null
        ? Title + "\n  The image set is not on this machine, so there is nothing to see here; everything else goes on without it. 'falw data list' says how to get it."
        : Title + "\n" + string.Join('\n', Rows.Select(row => FormattableString.Invariant($"  {row.Label}: {row.Rows.Count} pictures")));

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;
}
