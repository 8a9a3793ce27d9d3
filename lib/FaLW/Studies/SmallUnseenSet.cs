using FaLW.Data;
using FaLW.Weighting;
using MathNet.Numerics.Statistics;

namespace FaLW.Studies;

/// <summary>How wrong a profile from few unseen images is: the same few drawn many times from the many at hand, without replacement.</summary>
/// <param name="Size">Unseen images of each class in a draw.</param>
/// <param name="MeanErrors">One number per draw: |mean of the few - mean of all| of the probability, averaged over classes.</param>
/// <param name="SpreadRatios">One number per draw: standard deviation of the few over that of all, averaged over classes.</param>
/// <param name="WeightErrors">For each way to count the distance one number per draw: |weight by the few - weight by all|, averaged over the images to forget.</param>
public sealed record SmallUnseenSet(
    int Size, ValueList<double> MeanErrors, ValueList<double> SpreadRatios, ValueList<ValueList<double>> WeightErrors)
{
    /// <summary>The ways to count the distance, in the order of <see cref="WeightErrors"/>.</summary>
    public static ValueList<Spread> Spreads { get; } = [Spread.Gaussian, Spread.GaussianOfLogit, Spread.Quantile];

    /// <summary>Draws sets of several sizes; sizes that a class cannot fill are left out.</summary>
    /// <param name="view">The images under one model.</param>
    /// <param name="sizes">Unseen images of each class, at least 1.</param>
    /// <param name="draws">Draws of each size.</param>
    /// <param name="seed">Seed of the draws; zero is a seed.</param>
    public static IReadOnlyList<SmallUnseenSet> Of(ProfileView view, IEnumerable<int> sizes, int draws, int seed)
    {
        ClassOdds[][] classes = [.. Enumerable.Range(0, view.ForgetCounts.Count).Select(label => view.UnseenOf(label).ToArray())];
        IReadOnlyList<double>[] whole = [.. Spreads.Select(spread => view.Weights(new ForgettingAwareWeighting { Spread = spread }))];
        return [.. sizes.Where(size => classes.All(own => own.Length >= size)).Select(size => Of(view, classes, whole, size, draws, seed))];
    }

    private static SmallUnseenSet Of(ProfileView view, ClassOdds[][] classes, IReadOnlyList<double>[] whole, int size, int draws, int seed)
    {
        var stream = new SeededStream(seed, FormattableString.Invariant($"{size} unseen samples of every class"));
        ClassOdds[][][] drawn = [.. Enumerable.Range(0, draws).Select(_ => Draw(classes, size, stream))];
        return new SmallUnseenSet(
            size,
            [.. drawn.Select(few => classes.Zip(few, (own, some) => Math.Abs(Mean(some) - Mean(own))).Average())],
            [.. drawn.Select(few => classes.Zip(few, (own, some) => Deviation(some) / Deviation(own)).Average())],
            [.. Spreads.Zip(whole, (spread, exact) => drawn.Select(few => Error(view, spread, exact, [.. few.SelectMany(some => some)])).ToValueList())]);
    }

    private static ClassOdds[][] Draw(ClassOdds[][] classes, int size, SeededStream stream) =>
        [.. classes.Select(own => stream.Permutation(own.Length)[..size].Select(i => own[i]).ToArray())];

    private static double Error(ProfileView view, Spread spread, IReadOnlyList<double> exact, IReadOnlyList<ClassOdds> few) =>
        view.Weights(new ForgettingAwareWeighting { Spread = spread }, unseen: few).Zip(exact, (some, all) => Math.Abs(some - all)).Average();

    private static double Mean(ClassOdds[] images) => images.Average(image => image.Probability);

    private static double Deviation(ClassOdds[] images) => images.Select(image => image.Probability).PopulationStandardDeviation();
}
