namespace FaLW.Tests.Cli;

/// <summary>Wrong usage: a sentence with the nearest that can be meant, exit code 2.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("run mian", "did you mean main?")]
    [InlineData("run main --seeds 0", "at least one seed")]
    [InlineData("run main --seeds -1", "at least one seed")]
    [InlineData("run main --seeds many", "at least one seed")]
    [InlineData("run main --scale smal", "did you mean small?")]
    [InlineData("run main --data cifar200", "did you mean CIFAR-100?")]
    [InlineData("run main --device tpu", "auto, cpu and cuda")]
    [InlineData("run main --seeds 2000000000", "give at most 1000")]
    [InlineData("run main --out=", "Required argument missing for option: '--out'")]
    [InlineData("run", "'falw run' needs STUDY: Name of a study; 'falw study list' shows them.")]
    [InlineData("study show mian", "did you mean main?")]
    [InlineData("nonsense", "nonsense")]
    public async Task Wrong_usage_is_a_sentence(string typed, string sentence) =>
        Assert.Equal("", await Typed.Refused(typed, 2, sentence, "--help' shows what can be said."));

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("run --help")]
    public async Task Help_is_on_the_output_and_names_the_command(string typed)
    {
        var (code, output, error) = await Typed.Run(typed);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Usage:\n  falw", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run audits --scale smoke --plan", "is one job")]
    [InlineData("run audits --scale smoke --known-only", "is one job")]
    [InlineData("run audits --scale smoke --part 1/3", "is one job")]
    [InlineData("run main --scale smoke --known-only --fresh", "give one of them")]
    [InlineData("run main --scale smoke --processes 2 --fresh", "does not go with --fresh")]
    public async Task What_would_compute_though_nothing_was_to_be_is_refused(string typed, string sentence) => Assert.Equal("", await Typed.Refused(typed, 1, sentence));

    [Fact]
    public async Task A_study_is_shown_as_JSON_with_keys()
    {
        var (code, output, _) = await Typed.Run("study show main --scale smoke --seeds 2");
        Assert.Equal(0, code);
        var shown = JsonNode.Parse(output)!["Experiments"]!.AsArray();
        Assert.Equal(12, shown.Select(experiment => (string)experiment!["Key"]!).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Cuda_where_there_is_none_is_a_sentence()
    {
        Assert.SkipWhen(cuda.is_available(), "This machine has CUDA.");
        using var home = new TemporaryFolder();
        await Typed.Refused($"run main --scale smoke --device cuda --out {home.Path}", 1, "The device cuda was asked for", "--device cpu");
    }
}
