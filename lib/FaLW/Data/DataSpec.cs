using System.Text.Json.Serialization;

namespace FaLW.Data;

/// <summary>
/// Everything that decides which images are used and how they are split. Equal specs give equal splits
/// on every machine.
/// </summary>
/// <param name="Benchmark">The image set.</param>
/// <param name="Forget">How the forget set is drawn.</param>
/// <param name="UnseenShare">Part of every class cut off first and never trained on; at least 0, below 1. 0.1 is 10 % of every class.</param>
/// <param name="Seed">Seed of all draws of the split; images do not depend on it.</param>
public sealed record DataSpec(Benchmark Benchmark, ForgetRule Forget, double UnseenShare = 0.1, int Seed = 0)
{
    /// <summary>Use only the classes 0 to this - 1, test images included; 0 uses all.</summary>
    public int FirstClasses { get; init; }

    /// <summary>Use only this many training images of every class, the first in official order; 0 uses all.</summary>
    public int TrainPerClass { get; init; }

    /// <summary>Synthetic images only: 0 is easy, 1 leaves hardly any class signal on unseen images.</summary>
    public double Difficulty { get; init; } = 0.5;

    /// <summary>
    /// Part of the unseen rows of every class that no method may look at either, so that an audit has non-members which a weighting was not
    /// fitted to; at least 0, below 1.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double HeldBack { get; init; }

    /// <summary>Number of classes in use after <see cref="FirstClasses"/>.</summary>
    public int Classes => FirstClasses == 0 ? Benchmark.Classes : FirstClasses;

    /// <summary>Whether it can be told without the images that no class keeps an unseen sample.</summary>
    internal bool HasNoUnseen => UnseenShare == 0 || UnseenPerClass == 0;

    /// <summary>Unseen images of every class, where that is known without the images; else NaN.</summary>
    internal double UnseenPerClass => TrainOfClass is { } images ? Cut(images) : double.NaN;

    /// <summary>Images of every class that can be trained on, where that is the same for all and known without the images; else null.</summary>
    internal int? TrainOfClass => (TrainPerClass, Benchmark.Name) switch
    {
        (0, "CIFAR-10") => 5000,
        (0, "CIFAR-100" or "Tiny-ImageNet") => 500,
        (0, "Fashion-MNIST") => 6000,
        (0, _) => null,
        var (some, _) => some,
    };

    /// <summary>Returns this spec, or throws a <see cref="Fault"/> that lists every value out of range.</summary>
    public DataSpec Checked() => string.Join(' ', Faults()) is { Length: > 0 } faults ? throw new Fault(faults) : this;

    /// <summary>One sentence for each value out of range; empty when all lie within.</summary>
    public IEnumerable<string> Faults() =>
    [
        .. Forget.Faults(),
        .. Must.All(
            Must.Hold(UnseenShare is >= 0 and < 1, "be at least 0 and below 1", UnseenShare, "The unseen share"),
            Must.Hold(HeldBack is >= 0 and < 1, "be at least 0 and below 1", HeldBack, "The part held back"),
            Must.Hold(FirstClasses == 0 || (FirstClasses >= 2 && FirstClasses <= Benchmark.Classes), FormattableString.Invariant($"be 0 (all) or 2 to {Benchmark.Classes} of {Benchmark.Name}"), FirstClasses, "The setting `FirstClasses`"),
            Must.Hold(TrainPerClass >= 0, "be 0 (all) or positive", TrainPerClass, "The setting `TrainPerClass`"),
            Must.Hold(Difficulty is >= 0 and <= 1, "lie between 0 and 1", Difficulty, "The setting `Difficulty`")).Select(fault => $"{fault}."),
    ];

    /// <summary>Unseen samples cut off a class with so many images.</summary>
    internal int Cut(int images) => (int)Math.Round(UnseenShare * images, MidpointRounding.AwayFromZero);

    /// <summary>Why the forget set cannot be drawn, where that can be told without the images; only for a spec that has no other <see cref="Faults"/>.</summary>
    internal IEnumerable<string> DrawFaults()
    {
        if (Forget.Share > Forget.Cap)
            yield return FormattableString.Invariant($"A share of {Forget.Share} is to be forgotten, but the cap leaves at most {Forget.Cap} of each class; lower the share or raise the cap.");
        else if (TrainOfClass is { } images && LongTail.Objection(Forget.Total(Classes * (images - Cut(images))), [.. Enumerable.Repeat(Forget.Capacity(images - Cut(images)), Classes)]) is { } objection)
            yield return objection;
    }
}

/// <summary>Which class is forgotten most.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClassOrder>))]
public enum ClassOrder
{
    /// <summary>Class 0 is the head, the last class the tail.</summary>
    Identity,

    /// <summary>A permutation drawn from the data seed.</summary>
    Seeded,
}

/// <summary>
/// How the forget set is drawn from the training set: the class of rank k = 1..C gives
/// min(<paramref name="Cap"/> * n, lambda * k^-gamma) samples, lambda such that the counts sum to the
/// share. The FaLW paper (arXiv 2601.18650) states gamma and the share but no law; this law, the order
/// and the cap are choices of this kit.
/// </summary>
/// <param name="Share">Part of the training set to forget, between 0 and 1, both excluded.</param>
/// <param name="Gamma">
/// Imbalance: 0 is balanced, larger is steeper; not negative. A rule with gamma 0 and all else equal is the balanced twin of a long-tailed one: as many
/// samples, the same unseen and test rows, and of every class the first of the same draw.
/// </param>
/// <param name="Order">Which class has which rank.</param>
/// <param name="Cap">Largest part of one class that may be forgotten, above 0, at most 1; 1 lets classes vanish.</param>
public sealed record ForgetRule(double Share, double Gamma, ClassOrder Order = ClassOrder.Seeded, double Cap = 1.0)
{
    /// <summary>Seed of the class order where it is to stay when the data seed changes; null for the data seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OrderSeed { get; init; }

    /// <summary>Seed of the draw within each class, so that one training set can be asked to forget several sets; null for the data seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DrawSeed { get; init; }

    /// <summary>One sentence for each value out of range; empty when the rule can be used.</summary>
    public IEnumerable<string> Faults()
    {
        if (!(Share is > 0 and < 1))
            yield return FormattableString.Invariant(
                $"The share to forget must lie between 0 and 1, both excluded, but is {Share}: with 0 nothing is forgotten, with 1 nothing is left to retrain on.");
        if (!(Gamma is >= 0 and <= 20))
            yield return FormattableString.Invariant($"Gamma must lie between 0 (balanced) and 20, but is {Gamma}; the paper uses 0 to 2.");
        if (!(Cap is > 0 and <= 1))
            yield return FormattableString.Invariant($"The cap must lie above 0 and at most at 1 (whole classes may go), but is {Cap}.");
    }

    /// <summary>Samples to forget of so many that could be trained on.</summary>
    internal int Total(int train) => (int)Math.Round(Share * train, MidpointRounding.AwayFromZero);

    /// <summary>Samples that a class with so many to train on may give. The small term undoes a product such as 0.29 * 100 = 28.999999999999996.</summary>
    internal int Capacity(int train) => (int)Math.Floor((Cap * train) + 1e-9);

    /// <summary>The classes from head to tail.</summary>
    internal int[] ClassesByRank(int seed, int classes) => Order == ClassOrder.Seeded
        ? new SeededStream(OrderSeed ?? seed, "class order").Permutation(classes)
        : [.. Enumerable.Range(0, classes)];
}
