namespace FaLW.Tests.Cli;

/// <summary>environment/paper.sh, at the scale of seconds: its pieces, its estimate, its records.</summary>
public sealed class PaperScript : InFolder
{
    [Fact]
    public void A_dry_run_names_the_piece_and_what_is_left_and_computes_nothing()
    {
        var (code, output) = Run("--dry-run", "--piece", "1");
        Assert.True(code == 0, output);
        Assert.StartsWith("Piece 1: sweep, part 1 of 7.\nLeft to compute: 10 stages", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home["records"]));
    }

    [Fact]
    public void A_piece_leaves_its_records_and_is_then_not_left_to_compute()
    {
        var (code, output) = Run("--piece", "2");
        Assert.True(code == 0, output);
        Assert.Equal(2, Directory.GetFiles(home["records"], "*.json.gz").Length);
        Assert.Contains("Left to compute: 0 stages", Run("--dry-run", "--piece", "2").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there are 1 to 49", "--piece", "50")]
    [InlineData("--piece wants a value", "--piece")]
    public void A_piece_that_is_not_there_is_a_sentence(string sentence, params string[] typed)
    {
        var (code, output) = Run(typed);
        Assert.Equal(1, code);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    // The script ends by calling the command that stands behind it.
    private (int Code, string Output) Run(params string[] typed)
    {
        var script = $"FALW=\"$0 $1\" exec bash '{Path.Combine(Repository.Root, "environment/paper.sh")}' --scale smoke --device cpu --out '{home["out"]}' {string.Join(' ', typed)}";
        var (code, output, lines) = Falw.Run(home, ["bash", "-c", script]);
        return (code, output + string.Join('\n', lines));
    }
}
