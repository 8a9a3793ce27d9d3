namespace FaLW.Tests.Experiments;

public sealed class MethodComparisonTests
{
    private static readonly Method
        Plain = new(new RandomLabel(10, 0.013), new UniformWeighting()),
        Weighted = Plain with { Weighting = new ForgettingAwareWeighting() },
        Tuned = new(new FineTune(1, 0.1), new UniformWeighting());

    [Fact]
    public void Methods_are_paired_by_seed_whatever_the_order_of_the_results()
    {
        double[] plain = [3, 5, 4, 6], weighted = [1, 2, 2, 3], tuned = [1, 2, 3, 3];
        RunResult[] results = [.. Runs(Plain, plain), .. Runs(Tuned, tuned).Reverse(), .. Runs(Weighted, weighted)];
        var found = MethodComparison.Of(results, "FaLW", result => result.ValidationGap);
        Assert.Equal(["RL", "FT"], found.Select(c => c.Title));
        Assert.Equal([PairedTest.Of(plain, weighted), PairedTest.Of(tuned, weighted)], found.Select(c => c.Test));
        Assert.Equal(DetectableDifference.OfSample(found[0].Test.Difference.Deviation, 4), found[0].Detectable);
    }

    /// <summary>Two trainings with two unlearning seeds each are two observations, not four.</summary>
    [Fact]
    public void Unlearning_seeds_of_one_training_are_averaged_first()
    {
        static IEnumerable<RunResult> Twice(Method method, double[] gaps) => Runs(method, gaps).SelectMany(run => new[]
        {
            run, run with { ValidationGap = run.ValidationGap + 2, Spec = run.Spec with { Seeds = run.Spec.Seeds with { Unlearning = 99 } } },
        });
        var found = MethodComparison.Of([.. Twice(Plain, [3, 6]), .. Twice(Weighted, [1, 2])], "FaLW", result => result.ValidationGap);
        Assert.Equal(PairedTest.Of([4, 7], [2, 3]), found[0].Test);
    }

    [Fact]
    public void A_seed_that_one_of_two_lacks_is_not_counted()
    {
        var found = MethodComparison.Of([.. Runs(Plain, [3, 5, 4]).Skip(1), .. Runs(Weighted, [1, 2, 2])], "FaLW", result => result.ValidationGap);
        Assert.Equal(PairedTest.Of([5, 4], [2, 2]), Assert.Single(found).Test);
    }

    [Fact]
    public void Variants_of_one_method_go_by_their_settings()
    {
        var strong = Weighted with { Weighting = new ForgettingAwareWeighting(Tau: 0.5) };
        var found = MethodComparison.Of([.. Runs(Plain, [3, 5]), .. Runs(strong, [2, 2]), .. Runs(Weighted, [1, 2])], "FaLW", result => result.ValidationGap);
        Assert.Equal([Plain.Title, "FaLW, τ 0.5"], found.Select(row => row.Title));
        Assert.Equal(PairedTest.Of([2, 2], [1, 2]), found[1].Test);
    }

    [Fact]
    public void What_cannot_be_paired_is_a_sentence()
    {
        Assert.Contains("different seeds", Fault(Runs(Plain, [1, 2]).Skip(1), Runs(Weighted, [1])), StringComparison.Ordinal);
        Assert.Contains("two results of RL", Fault(Runs(Plain, [1]), Runs(Plain, [1]), Runs(Weighted, [1])), StringComparison.Ordinal);
        Assert.Contains("no result of FaLW", Fault(Runs(Plain, [1])), StringComparison.Ordinal);
    }

    private static string Fault(params IEnumerable<RunResult>[] results) =>
        Assert.Throws<Fault>(() => MethodComparison.Of(results.SelectMany(r => r), "FaLW", r => r.AverageGap)).Message;

    private static IEnumerable<RunResult> Runs(Method method, double[] gaps) => gaps.Select((gap, seed) => SampleResult.Of(method, seed, gap));
}
