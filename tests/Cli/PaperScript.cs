using System.Diagnostics;

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

    private (int Code, string Output) Run(params string[] typed)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "environment/paper.sh"), "--scale", "smoke", "--device", "cpu", "--out", home["out"], .. typed])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["FALW"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "FaLW.Cli.dll")}";
        start.Environment["FALW_CACHE"] = home["cache"];
        start.Environment["FALW_RESULTS"] = home["records"];
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
