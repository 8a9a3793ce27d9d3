namespace FaLW.Tests.Plots;

/// <summary>Sheets of the images results are about, and the tables about machine and image sets.</summary>
public sealed class RequestSheets
{
    private static readonly RunResult Run = SomeResults.Study(1).Single(r => r.Title == "FaLW");

    [Fact]
    public void Without_the_image_set_the_sheet_says_so_and_has_no_picture()
    {
        var bundle = ImageSheet.OfRequest(Run, images: null).ToMimeBundle();
        Assert.Equal(["text/plain"], bundle.Keys);
        Assert.Contains("not on this machine", (string)bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_shows_head_middle_and_tail()
    {
        var sheet = ImageSheet.OfRequest(Run, images: null);
        Assert.Equal(["head: apple (360 images)", "tail: cattle (28 images)"], [sheet.Rows[0].Label, sheet.Rows[^1].Label]);
        Assert.All(sheet.Rows[0].Rows.Zip(Run.Samples.Where(s => s.Class == 0)), pair => Assert.Equal(pair.Second.Row, pair.First));
    }

    [Fact]
    public void Misses_are_the_largest_deviations_on_either_side()
    {
        var sheet = ImageSheet.OfMisses(Run, images: null);
        Assert.Equal(Run.Samples.MaxBy(s => s.Deviation)!.Row, sheet.Rows[0].Rows[0]);
        Assert.Equal(Run.Samples.MinBy(s => s.Deviation)!.Row, sheet.Rows[1].Rows[0]);
    }

    [Fact]
    public void A_table_can_leave_columns_out()
    {
        var table = ResultsTable.References([Run]);
        Assert.Equal(["Retrain", "Original"], table.Rows.Select(r => r.Cells[0].Text));
        var without = table.Without("Time", "RA");
        Assert.Equal(table.Columns.Count - 2, without.Columns.Count);
        Assert.All(without.Rows, row => Assert.Equal(without.Columns.Count, row.Cells.Count));
        Assert.Equal(table.Rows[1].Cells[3], without.Rows[1].Cells[2]);
        Assert.Contains("The columns are Method", Assert.Throws<ArgumentException>(() => table.Without("Hour")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_machine_table_tells_no_time()
    {
        var text = MachineTable.Of(Run.Provenance).ToText();
        Assert.Contains("Some processor", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_table_tells_what_is_here()
    {
        var rows = DataTable.Of(new DataShelf([], "")).Rows.ToDictionary(r => r.Cells[0].Text, r => (r.Cells[3].Text, r.Cells[4].Text), StringComparer.Ordinal);
        Assert.Equal(("embedded", "yes"), rows["Digits"]);
        Assert.Equal(("not here", ""), rows["CIFAR-100"]);
    }
}
