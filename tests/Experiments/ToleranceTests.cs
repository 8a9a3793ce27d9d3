using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Tests.Experiments;

/// <summary>What may differ when a result is computed again, and what is told when more does.</summary>
public sealed class ToleranceTests
{
    private static readonly RunResult Result = SampleResult.Of(new Method(new RandomLabel(10, 0.013), new UniformWeighting()));

    [Fact]
    public void A_result_agrees_with_itself() => Assert.Empty(Tolerance.SameGround.Differences(Result, Result));

    [Theory]
    [InlineData(0.04, true, true)]
    [InlineData(0.06, false, true)]
    [InlineData(-5.9, false, true)]
    [InlineData(6.1, false, false)]
    [InlineData(double.NaN, false, false)]
    public void An_accuracy_that_moved_is_told_with_both_numbers(double by, bool holdsHere, bool holdsElsewhere)
    {
        var moved = Result with { Retrain = Result.Retrain with { TestAccuracy = Result.Retrain.TestAccuracy + by } };
        Assert.Equal(holdsHere, Tolerance.SameGround.Differences(Result, moved).Count == 0);
        Assert.Equal(holdsElsewhere, Tolerance.OtherGround.Differences(Result, moved).Count == 0);
        if (!holdsElsewhere) Assert.StartsWith("test accuracy of Retrain is 60.00 in the record and ", Assert.Single(Tolerance.OtherGround.Differences(Result, moved)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_score_of_every_model_counts()
    {
        var (low, high) = (new Scores(10, 10, 10, 10), new Scores(90, 90, 90, 90));
        var one = Result with { Original = low, Retrain = low, Unlearned = low };
        var other = Result with { Original = high, Retrain = high, Unlearned = high };
        Assert.Equal(12, Tolerance.SameGround.Differences(one, other).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(200, 6 + 15.1)]
    [InlineData(20_000, 6 + 1.51)]
    public void Shares_of_few_samples_may_differ_by_three_standard_errors_more(int samples, double most)
    {
        var many = Result with { Samples = [.. Enumerable.Range(0, samples).Select(i => new SampleRow(i, 0, 0.5, 0.5, 0.5))] };
        RunResult By(double points) => many with { Retrain = many.Retrain with { MembershipInference = many.Retrain.MembershipInference + points } };
        Assert.Single(Tolerance.OtherGround.Differences(many, By(most)));
        Assert.Empty(Tolerance.OtherGround.Differences(many, By(most - 0.15)));
    }

    [Theory]
    [InlineData("Original")]
    [InlineData("Retrain")]
    [InlineData("Unlearned")]
    public void Probabilities_count_by_their_mean_distance(string model)
    {
        // Three samples, one of them moved by 0.6: 0.2 on average.
        var moved = Moved(model, 0.6);
        Assert.Contains($"under {model} differs by 0.2000 on average", Assert.Single(Tolerance.OtherGround.Differences(Result, moved)), StringComparison.Ordinal);
        Assert.Empty(Tolerance.OtherGround.Differences(Result, Moved(model, 0.4)));
        Assert.Empty(Tolerance.SameGround.Differences(Result, Moved(model, 2e-4)));
        Assert.Single(Tolerance.SameGround.Differences(Result, Moved(model, 4e-4)));
    }

    [Fact]
    public void Other_splits_or_samples_are_told()
    {
        Assert.Contains("splits", Assert.Single(Tolerance.OtherGround.Differences(Result, Result with { Provenance = Result.Provenance with { SplitsHash = "other" } })), StringComparison.Ordinal);
        Assert.Contains("not those", Tolerance.OtherGround.Differences(Result, Result with { Samples = [Result.Samples[0]] })[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Grounds_are_device_processor_threads_and_libtorch()
    {
        var here = Result.Provenance;
        Assert.Same(Tolerance.SameGround, Tolerance.Between(here, here with { When = "later", Kit = "another", System = "renamed" }));
        Provenance[] others = [here with { Device = "cuda" }, here with { Processor = "x" }, here with { Threads = 9 }, here with { Libtorch = "2.5" }];
        Assert.All(others, other => Assert.Same(Tolerance.OtherGround, Tolerance.Between(here, other)));
    }

    [Theory]
    [InlineData("0.1.0+0f3c", true)]
    [InlineData("0.1.0+0f3c.changed", false)]
    [InlineData("0.1.0", false)]
    [InlineData("unknown", false)]
    public void A_kit_names_its_commit_when_nothing_was_changed_since(string kit, bool names) =>
        Assert.Equal(names, (Result.Provenance with { Kit = kit }).NamesCommit);

    [Theory]
    [InlineData("0.1.0+0123456789abcdef", "0.1.0+0123456789ab")]
    [InlineData("0.1.0+0123456789abcdef.changed", "0.1.0+0123456789ab.changed")]
    [InlineData("0.1.0+0123", "0.1.0+0123")]
    [InlineData("unknown", "unknown")]
    public void A_kit_is_told_with_twelve_digits_of_its_commit(string kit, string words) =>
        Assert.Equal(words, (Result.Provenance with { Kit = kit }).ShortKit);

    private static RunResult Moved(string model, double by)
    {
        var row = Result.Samples[0];
        var moved = model switch
        {
            "Original" => row with { Original = row.Original - by },
            "Retrain" => row with { Retrain = row.Retrain + by },
            _ => row with { Unlearned = row.Unlearned + by },
        };
        return Result with { Samples = [moved, .. Result.Samples.Skip(1)] };
    }
}
