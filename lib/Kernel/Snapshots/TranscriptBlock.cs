namespace FaLW.Kernel.Snapshots;

/// <summary>What a transcript holds of one cell.</summary>
/// <param name="Id">The cell's id.</param>
/// <param name="Remarks">What stands behind the id: <c>text</c> for prose, <c>no-snapshot</c>, a tolerance.</param>
/// <param name="Lines">The outputs, scrubbed; lines that begin with <c>-- </c> name the form, the others are its text, indented.</param>
internal sealed record TranscriptBlock(string Id, string Remarks, IReadOnlyList<string> Lines)
{
    public const string ToleranceTag = "tol:";
    public const string SkipTag = "no-snapshot";

    /// <summary>The relative tolerance for numbers that are not whole.</summary>
    public double Tolerance =>
        Remarks.Split(' ').FirstOrDefault(word => word.StartsWith(ToleranceTag, StringComparison.Ordinal)) is { } tag
        && double.TryParse(tag[ToleranceTag.Length..], System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : NumberText.DefaultTolerance;

    public string Heading => Remarks.Length > 0 ? $"== {Id} {Remarks}" : $"== {Id}";
}
