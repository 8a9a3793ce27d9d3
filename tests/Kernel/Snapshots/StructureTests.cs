using FaLW.Kernel.Snapshots;
using static FaLW.Kernel.Tests.Snapshots.TranscriptTests;

namespace FaLW.Kernel.Tests.Snapshots;

public sealed class StructureTests
{
    [Fact]
    public void A_whole_notebook_has_no_complaint()
    {
        var meant = Code("three", Error());
        meant.Metadata["tags"] = new JsonArray("raises-exception");
        Assert.Empty(Complaints(Code("one", Stream("fine")), Code("two", Figure()), meant));
    }

    [Fact]
    public void A_renumbered_cell_is_noticed()
    {
        var (one, two) = (Code("one"), Code("two"));
        two.ExecutionCount = 5;
        Assert.StartsWith("cell 'two' is numbered 5 and is the 2. to run", Assert.Single(Complaints(new Notebook([one, two]).ToJson())), StringComparison.Ordinal);
        two.ExecutionCount = null;
        Assert.Contains("not at all", Assert.Single(Complaints(new Notebook([one, two]).ToJson())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tolerance_that_is_none_is_noticed()
    {
        var odd = Code("one");
        foreach (var tag in new[] { "tol:abc", "tol:NaN", "tol:0,01", "tol:-1" })
        {
            odd.Metadata["tags"] = new JsonArray(tag);
            Assert.Equal($"the tag '{tag}' of cell 'one' gives no tolerance; write a number from 0, such as tol:1e-2.", Assert.Single(Complaints(odd)));
        }
        odd.Metadata["tags"] = new JsonArray("tol:1e-2", "tol:1e-3");
        Assert.All(Complaints(odd), complaint => Assert.EndsWith("and another of its kind; leave one.", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public void A_figure_without_picture_is_noticed() =>
        Assert.StartsWith("the figure of cell 'one' has no image/png", Assert.Single(Complaints(Code("one", Figure(withPicture: false)))), StringComparison.Ordinal);

    [Fact]
    public void An_error_that_is_not_meant_is_noticed() =>
        Assert.StartsWith("cell 'one' shows an error (E)", Assert.Single(Complaints(Code("one", Error()))), StringComparison.Ordinal);

    [Fact]
    public void A_path_or_a_name_of_the_machine_is_noticed()
    {
        Assert.Contains("'/home/ada/x'", Assert.Single(Complaints(Code("one", Stream("in /home/ada/x")))), StringComparison.Ordinal);
        Assert.True(OutputComplaints.IsNamed("on host-7.", "host-7"));
        Assert.False(OutputComplaints.IsNamed("on host-77 by root", "host-7"));
        Assert.False(OutputComplaints.IsNamed("root mean square", "root"));
    }

    [Fact]
    public void Ids_versions_and_metadata_are_looked_at()
    {
        var json = JsonNode.Parse(new Notebook([Code("one"), Code("one")]).ToJson())!;
        json["cells"]![1]!["execution_count"] = 2;
        json["nbformat_minor"] = 4;
        json["metadata"]!["kernelspec"]!["name"] = "python3";
        var complaints = Complaints(json.ToJsonString());
        Assert.Contains("it is not nbformat 4.5; run it with --in-place, which writes that.", complaints);
        Assert.Contains("two cells have the id 'one'; give one of them another.", complaints);
        Assert.Contains("its kernelspec is 'python3' and should be '.net-csharp'.", complaints);
        json["cells"]![0]!["id"] = "not valid!";
        Assert.Contains("a cell has no valid id; run it with --in-place, which gives ids.", Complaints(json.ToJsonString()));
    }

    [Fact]
    public void A_huge_file_is_noticed() =>
        Assert.StartsWith("the file has 1.1 MB", Assert.Single(Complaints(Code("one", Stream(new string('a', 1_100_000))))), StringComparison.Ordinal);

    private static IReadOnlyList<string> Complaints(params Cell[] cells)
    {
        for (var i = 0; i < cells.Length; i++) cells[i].ExecutionCount = i + 1;
        return Complaints(new Notebook(cells).ToJson());
    }

    private static IReadOnlyList<string> Complaints(string json) => NotebookStructure.Complaints(System.Text.Encoding.UTF8.GetBytes(json), "n.ipynb");
}
