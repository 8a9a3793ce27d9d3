using FaLW.Data;
using FaLW.Experiments;
using FaLW.Weighting;
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
    /// <param name="label">The class.</param>
    public IEnumerable<ClassOdds> UnseenOf(int label) => Unseen.Where(image => image.Class == label);

    /// <summary>The images to forget of a class.</summary>
    /// <param name="label">The class.</param>
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
