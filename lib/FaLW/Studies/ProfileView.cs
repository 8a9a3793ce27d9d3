using FaLW.Data;
using FaLW.Experiments;
using FaLW.Weighting;
using MathNet.Numerics.Statistics;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>One image as the weighting sees it: its true class and how sure a model is of it.</summary>
/// <param name="Class">True class.</param>
/// <param name="LogOdds">log p - log(1 - p) of the true class; it keeps the digits that p loses near 1.</param>
public readonly record struct ClassOdds(int Class, double LogOdds)
{
    /// <summary>Probability of the true class, 0 to 1.</summary>
    public double Probability => 1 / (1 + Math.Exp(-LogOdds));

    /// <summary>The image with that probability.</summary>
    /// <param name="label">True class.</param>
    /// <param name="probability">0 to 1.</param>
    public static ClassOdds Of(int label, double probability) => new(label, Math.Log(probability / (1 - probability)));
}

/// <summary>What one model makes of images it has not seen and of the images to forget.</summary>
/// <param name="Spec">The experiment the model is from.</param>
/// <param name="Model">"Original" or "Retrain".</param>
/// <param name="Unseen">Images no model was trained on.</param>
/// <param name="Forget">Images to forget.</param>
/// <param name="ForgetCounts">For each class how many of its images are forgotten.</param>
public sealed record ProfileView(
    ExperimentSpec Spec, string Model, ValueList<ClassOdds> Unseen, ValueList<ClassOdds> Forget, ValueList<int> ForgetCounts)
{
    /// <summary>Head, middle and tail classes.</summary>
    public ClassGroups Groups => ClassGroups.Of(ForgetCounts);

    /// <summary>Classes from the most forgotten to the least.</summary>
    public ValueList<int> HeadToTail => [.. Groups.Head, .. Groups.Middle, .. Groups.Tail];

    /// <summary>The unseen images of a class.</summary>
    public IEnumerable<ClassOdds> UnseenOf(int label) => Unseen.Where(image => image.Class == label);

    /// <summary>The images to forget of a class.</summary>
    public IEnumerable<ClassOdds> ForgetOf(int label) => Forget.Where(image => image.Class == label);

    /// <summary>The weights of images, by the library's own profile and formula in single precision, as in a step of the training.</summary>
    /// <param name="weighting">The weighting; its spread counts, how often the profile is renewed does not.</param>
    /// <param name="images">The images to weigh; null for those to forget.</param>
    /// <param name="unseen">The images the profile is made of, at least one of every class; null for all unseen ones.</param>
    /// <returns>One weight per image, 0 to 2.</returns>
    public IReadOnlyList<double> Weights(ForgettingAwareWeighting weighting, IReadOnlyList<ClassOdds>? images = null, IReadOnlyList<ClassOdds>? unseen = null)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (judged, known) = (images ?? Forget, unseen ?? Unseen);
        using var classes = new UnseenClasses(Labels(known), ForgetCounts.Count);
        var (p, labels) = (Probability(judged), Labels(judged));
        var z = classes.Law(Probability(known), weighting.ProfileSpread).ZScore(p, labels);
        float[] rarity = [.. ForgetCounts.Select(count => (float)(ForgetCounts.Average() / count))];
        var counts = tensor([.. ForgetCounts.Select(count => (double)count)], [ForgetCounts.Count], dtype: float64);
        var none = full_like(p, double.NaN);
        var state = new ForgetState(labels, p, none, z, tensor(rarity).index_select(0, labels), none, counts, none, none);
        return Array.ConvertAll(weighting.Weights(state).to_type(float32).data<float>().ToArray(), weight => (double)weight);
    }

    private static Tensor Labels(IReadOnlyList<ClassOdds> images) => tensor([.. images.Select(image => (long)image.Class)], [images.Count], dtype: int64);

    private static Tensor Probability(IReadOnlyList<ClassOdds> images) => tensor(images.Select(image => (float)image.Probability).ToArray());
}

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
        var stream = new SeededStream(seed, Invariant($"{size} unseen samples of every class"));
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

/// <summary>The weights of the images to forget under one way to count the distance, beside those under the paper's.</summary>
/// <param name="Spread">How the distance is counted.</param>
/// <param name="Model">"Original" or "Retrain".</param>
/// <param name="Lowest">Weight of an image with probability 0, mean over classes.</param>
/// <param name="Highest">Weight of an image with probability 1, mean over classes.</param>
/// <param name="Mean">Mean weight of the images to forget.</param>
/// <param name="Saturated">Share of them within 0.05 of the highest or of the lowest weight of their class, 0 to 1: the weight no longer tells them apart.</param>
/// <param name="Agreement">Spearman correlation with the weights under the paper's way.</param>
/// <param name="Distance">Mean |weight - weight under the paper's way|.</param>
public sealed record SpreadComparison(
    Spread Spread, string Model, double Lowest, double Highest, double Mean, double Saturated, double Agreement, double Distance)
{
    private const double Edge = 1e-6, Near = 0.05;

    /// <summary>Compares on all images to forget.</summary>
    public static SpreadComparison Of(ProfileView view, Spread spread)
    {
        var weighting = new ForgettingAwareWeighting { Spread = spread };
        var (weights, paper) = (view.Weights(weighting), view.Weights(new ForgettingAwareWeighting()));
        var classes = Enumerable.Range(0, view.ForgetCounts.Count);
        var lowest = view.Weights(weighting, [.. classes.Select(label => ClassOdds.Of(label, Edge))]);
        var highest = view.Weights(weighting, [.. classes.Select(label => ClassOdds.Of(label, 1 - Edge))]);
        bool IsSaturated(int i) => highest[view.Forget[i].Class] - weights[i] < Near || weights[i] - lowest[view.Forget[i].Class] < Near;
        return new SpreadComparison(
            spread, view.Model, lowest.Average(), highest.Average(), weights.Average(),
            Enumerable.Range(0, weights.Count).Count(IsSaturated) / (double)weights.Count,
            Correlation.Spearman(weights, paper), weights.Zip(paper, (one, other) => Math.Abs(one - other)).Average());
    }
}

/// <summary>
/// What a weighting makes of images that are exactly as well known as unseen ones, because they are unseen: one half of them makes
/// the profile, the other half is weighed. Nothing is to be forgotten there, so a weighting that meets their law weighs them 1 on
/// average and pushes as often as it lets go.
/// </summary>
/// <param name="Spread">How the distance is counted.</param>
/// <param name="Model">"Original" or "Retrain".</param>
/// <param name="Mean">Mean weight; 1 when the law is right.</param>
/// <param name="Pushed">Share of images that weigh more than 1; one half when the law is right.</param>
/// <param name="Low">Weight that 5 % of the images stay below.</param>
/// <param name="High">Weight that 95 % of the images stay below.</param>
/// <param name="Ceiling">Weight of an image with probability 1, mean over classes: no push can be harder.</param>
public sealed record WeightCalibration(Spread Spread, string Model, double Mean, double Pushed, double Low, double High, double Ceiling)
{
    private const int Draws = 50;
    private const double Certain = 1 - 1e-7;

    /// <summary>Halves the unseen images of every class many times.</summary>
    /// <param name="view">The images under one model.</param>
    /// <param name="spread">How the distance is counted.</param>
    /// <param name="seed">Seed of the halving; zero is a seed.</param>
    public static WeightCalibration Of(ProfileView view, Spread spread, int seed)
    {
        var weighting = new ForgettingAwareWeighting(Balance: false) { Spread = spread };
        var stream = new SeededStream(seed, "halves of the unseen samples");
        double[] weights = [.. Enumerable.Range(0, Draws).SelectMany(_ => Judged(view, weighting, stream)).Order()];
        ClassOdds[] certain = [.. view.HeadToTail.Select(label => ClassOdds.Of(label, Certain))];
        return new WeightCalibration(
            spread, view.Model, weights.Average(), weights.Count(weight => weight > 1) / (double)weights.Length,
            weights.QuantileCustom(0.05, QuantileDefinition.Excel), weights.QuantileCustom(0.95, QuantileDefinition.Excel), view.Weights(weighting, certain).Average());
    }

    private static IReadOnlyList<double> Judged(ProfileView view, ForgettingAwareWeighting weighting, SeededStream stream)
    {
        List<ClassOdds> profile = [], judged = [];
        for (var label = 0; label < view.ForgetCounts.Count; label++)
        {
            ClassOdds[] own = [.. view.UnseenOf(label)];
            var order = stream.Permutation(own.Length);
            profile.AddRange(order[..(own.Length / 2)].Select(i => own[i]));
            judged.AddRange(order[(own.Length / 2)..].Select(i => own[i]));
        }

        return view.Weights(weighting, judged, profile);
    }
}
