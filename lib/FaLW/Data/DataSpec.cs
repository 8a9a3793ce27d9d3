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

    /// <summary>Pixels of a side that images are shrunk to, by the mean over the area of each new pixel; 0 leaves them as they are. For models that are too slow on whole ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Side { get; init; }

    /// <summary>The set as its images are used: <see cref="Benchmark"/>, of other height and width where <see cref="Side"/> says so.</summary>
    [JsonIgnore]
    public Benchmark Form => Side == 0 ? Benchmark : Benchmark with { Height = Side, Width = Side };

    /// <summary>Number of classes in use after <see cref="FirstClasses"/>.</summary>
    public int Classes => FirstClasses == 0 ? Benchmark.Classes : FirstClasses;

    // NaN where the images must be seen to tell.
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
        .. (Forget.Classes ?? []).Where(k => k >= Classes).Select(k => Invariant($"Class {k} is to be forgotten, but the classes in use are 0 to {Classes - 1}.")),
        .. Forget.Classes?.Distinct().Count(k => k >= 0 && k < Classes) == Classes ? [Invariant($"All {Classes} classes are to be forgotten, so nothing is left to retrain on; name fewer.")] : Array.Empty<string>(),
        .. Must.All(
            Must.Hold(UnseenShare is >= 0 and < 1, "be at least 0 and below 1", UnseenShare, "The unseen share"),
            Must.Hold(HeldBack is >= 0 and < 1, "be at least 0 and below 1", HeldBack, "The part held back"),
            Must.Hold(FirstClasses == 0 || (FirstClasses >= 2 && FirstClasses <= Benchmark.Classes), Invariant($"be 0 (all) or 2 to {Benchmark.Classes} of {Benchmark.Name}"), FirstClasses, "The setting `FirstClasses`"),
            Must.Hold(Side == 0 || (Side >= 4 && Side <= Math.Min(Benchmark.Height, Benchmark.Width)), Invariant($"be 0 (as they are) or 4 to {Math.Min(Benchmark.Height, Benchmark.Width)} of {Benchmark.Name}"), Side, "The setting `Side`"),
            Must.Hold(TrainPerClass >= 0, "be 0 (all) or positive", TrainPerClass, "The setting `TrainPerClass`"),
            Must.Hold(Difficulty is >= 0 and <= 1, "lie between 0 and 1", Difficulty, "The setting `Difficulty`")).Select(fault => $"{fault}."),
    ];

    /// <summary>Unseen samples cut off a class with so many images.</summary>
    internal int Cut(int images) => (int)Math.Round(UnseenShare * images, MidpointRounding.AwayFromZero);

    /// <summary>Why the forget set cannot be drawn, where that can be told without the images; only for a spec that has no other <see cref="Faults"/>.</summary>
    internal IEnumerable<string> DrawFaults()
    {
        if (Forget.IsNamed)
        {
            if (TrainOfClass * Classes is { } all && Forget.Images?.Count(row => row >= all) is > 0)
                yield return Invariant($"Image {Forget.Images[^1]} is to be forgotten, but the training images in use are 0 to {all - 1}.");
        }
        else if (Forget.Share > Forget.Cap)
            yield return Invariant($"A share of {Forget.Share} is to be forgotten, but the cap leaves at most {Forget.Cap} of each class; lower the share or raise the cap.");
        else if (TrainOfClass is { } images && LongTail.Objection(Forget.Total(Classes * (images - Cut(images))), [.. Enumerable.Repeat(Forget.Capacity(images - Cut(images)), Classes)]) is { } objection)
            yield return objection;
    }
}

/// <summary>Which class is forgotten most.</summary>
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
/// <remarks>A request may name what is to go instead: <see cref="OfImages"/>, <see cref="OfClasses"/>, <see cref="AllBut"/>. Then nothing is drawn, and share and gamma are 0.</remarks>
public sealed record ForgetRule(double Share, double Gamma, ClassOrder Order = ClassOrder.Seeded, double Cap = 1.0)
{
    /// <summary>Seed of the class order where it is to stay when the data seed changes; null for the data seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OrderSeed { get; init; }

    /// <summary>Seed of the draw within each class, so that one training set can be asked to forget several sets; null for the data seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DrawSeed { get; init; }

    /// <summary>The images to forget, ascending, as rows of the training part of the images in use; null where they are not named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<int>? Images { get; init => field = value?.Order().ToValueList(); }

    /// <summary>The classes of which every training image is forgotten, ascending; null where they are not named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueList<int>? Classes { get; init => field = value?.Order().ToValueList(); }

    /// <summary>Whether the request says itself what is to go, so that nothing is drawn.</summary>
    internal bool IsNamed => (Images ?? Classes) is not null;

    /// <summary>Forgets these images, in whatever order they are named. None of them is ever unseen: another image of its class takes that place.</summary>
    /// <param name="images">Rows of the training part of the images in use, as <see cref="Splits"/> and data frames number them; each once.</param>
    public static ForgetRule OfImages(params IEnumerable<int> images) => new(0, 0) { Images = [.. images] };

    /// <summary>Forgets every training image of these classes; their unseen images stay what they are.</summary>
    /// <param name="classes">Classes in use, each once.</param>
    public static ForgetRule OfClasses(params IEnumerable<int> classes) => new(0, 0) { Classes = [.. classes] };

    /// <summary>Forgets every class but one.</summary>
    /// <param name="kept">The class that stays.</param>
    /// <param name="of">Number of classes in use, <see cref="DataSpec.Classes"/>.</param>
    /// <exception cref="Fault">There is no such class, or no other.</exception>
    public static ForgetRule AllBut(int kept, int of) => kept >= 0 && kept < of && of > 1
        ? OfClasses(Enumerable.Range(0, of).Where(k => k != kept))
        : throw new Fault(Invariant($"All classes but {kept} of {of} are to be forgotten; name one of 0 to {of - 1} to stay, of at least 2 classes."));

    /// <summary>One sentence for each value out of range; empty when the rule can be used.</summary>
    public IEnumerable<string> Faults() => IsNamed ? FaultsOfNames() : FaultsOfDraw();

    private IEnumerable<string> FaultsOfNames()
    {
        var names = (Images ?? Classes)!;
        if (Images is not null && Classes is not null) yield return "A request names images or classes, not both; name the images of these classes.";
        if ((Share, Gamma) != (0, 0))
            yield return Invariant($"A request that names what is to go draws nothing, so share and gamma must be 0, but are {Share} and {Gamma}; make it with `ForgetRule.OfImages` or `ForgetRule.OfClasses`.");
        if (Cap != 1 || Order != ClassOrder.Seeded || (OrderSeed ?? DrawSeed) is not null)
            yield return "A request that names what is to go draws nothing, so it has neither cap nor order nor seeds of its own; leave them out.";
        if (names.Count == 0) yield return "The request names nothing; name at least one image or class.";
        else if (names[0] < 0) yield return Invariant($"Images and classes are counted from 0, but {names[0]} is to be forgotten.");
        if (names.CountBy(name => name).FirstOrDefault(name => name.Value > 1) is { Value: > 1 } twice)
            yield return Invariant($"{twice.Key} is named {twice.Value} times in the request; name each once.");
    }

    private IEnumerable<string> FaultsOfDraw() => Must.All(
        Share is > 0 and < 1 ? null : Invariant(
            $"The share to forget must lie between 0 and 1, both excluded, but is {Share}: with 0 nothing is forgotten, with 1 nothing is left to retrain on."),
        Gamma is >= 0 and <= 20 ? null : Invariant($"Gamma must lie between 0 (balanced) and 20, but is {Gamma}; the paper uses 0 to 2."),
        Cap is > 0 and <= 1 ? null : Invariant($"The cap must lie above 0 and at most at 1 (whole classes may go), but is {Cap}."));

    /// <summary>Samples to forget of so many that could be trained on.</summary>
    internal int Total(int train) => (int)Math.Round(Share * train, MidpointRounding.AwayFromZero);

    /// <summary>Samples that a class with so many to train on may give. The small term undoes a product such as 0.29 * 100 = 28.999999999999996.</summary>
    internal int Capacity(int train) => (int)Math.Floor((Cap * train) + 1e-9);

    /// <summary>The classes from head to tail.</summary>
    internal int[] ClassesByRank(int seed, int classes) => Order == ClassOrder.Seeded
        ? new SeededStream(OrderSeed ?? seed, "class order").Permutation(classes)
        : [.. Enumerable.Range(0, classes)];
}

/// <summary>
/// Class counts of a long-tailed draw. Rank k = 1..C asks for lambda * k^-gamma samples and gets at
/// least 1 and at most its capacity; what a full class cannot give is spread over the others by the
/// same law (water-filling). A choice of this kit: the FaLW paper states no law.
/// </summary>
public static class LongTail
{
    /// <summary>Whole counts that sum exactly to the total (largest remainder, ties to the lower rank).</summary>
    /// <param name="total">Samples to draw over all classes.</param>
    /// <param name="gamma">Steepness; 0 asks the same of every class.</param>
    /// <param name="capacity">For each rank, head first, how many samples may be drawn.</param>
    /// <returns>For each rank its count, between 1 and its capacity; never rising where capacities are equal.</returns>
    /// <exception cref="Fault">The total is below one per class or above what all classes can give.</exception>
    public static int[] Counts(int total, double gamma, IReadOnlyList<int> capacity)
    {
        if (Objection(total, capacity) is { } objection) throw new Fault(objection);
        double[] demand = [.. Enumerable.Range(1, capacity.Count).Select(k => Math.Pow(k, -gamma))];
        var level = Level(total, demand, capacity);

        // Powers may differ in their last bit between machines; six decimals are the same on all of them.
        double[] quota = [.. demand.Select((weight, k) => Math.Round(Math.Clamp(level * weight, 1, capacity[k]), 6))];
        int[] counts = [.. quota.Select(q => (int)q)];
        var largestRemainder = Enumerable.Range(0, quota.Length).OrderByDescending(k => quota[k] - counts[k]).ThenBy(k => k);
        foreach (var k in largestRemainder.Take(total - counts.Sum())) counts[k]++;
        return counts;
    }

    /// <summary>Why so many samples cannot be drawn; null when they can.</summary>
    internal static string? Objection(int total, IReadOnlyList<int> capacity)
    {
        if (capacity.ToList().FindIndex(c => c < 1) is var rank and >= 0)
            return Invariant($"The class of rank {rank + 1} has no sample that may be forgotten; raise the cap, lower the unseen share or use more training images per class.");
        var most = capacity.Sum(c => (long)c);
        if (total > most)
            return Invariant($"{total} samples are to be forgotten but the cap allows only {most} over {capacity.Count} classes; lower the share or raise the cap.");
        return total >= capacity.Count ? null : Invariant(
            $"{total} samples are to be forgotten but each of the {capacity.Count} classes gives at least one; raise the share to at least {capacity.Count} samples.");
    }

    private static double Level(int total, double[] demand, IReadOnlyList<int> capacity)
    {
        double low = 0, high = demand.Select((weight, k) => capacity[k] / weight).Max();
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = demand.Select((weight, k) => Math.Clamp(middle * weight, 1, capacity[k])).Sum() < total ? (middle, high) : (low, middle);
        }

        return high;
    }
}

/// <summary>A forget set drawn without regard to class, as earlier work on unlearning draws it.</summary>
internal static class RandomDraw
{
    /// <summary>How many samples of each class one uniform draw without replacement takes.</summary>
    public static int[] Counts(int total, IReadOnlyList<int> capacity, int seed)
    {
        int[] labels = [.. capacity.SelectMany((count, k) => Enumerable.Repeat(k, count))];
        if (total < 0 || total > labels.Length)
            throw new Fault(Invariant($"{total} samples cannot be drawn from {labels.Length}; ask for 0 to {labels.Length}."));
        new SeededStream(seed, "random draw").Shuffle<int>(labels);
        var counts = new int[capacity.Count];
        foreach (var label in labels.AsSpan(0, total)) counts[label]++;
        return counts;
    }
}

/// <summary>
/// Classes in three groups of equal class count by how much of them is forgotten, the remainder in the
/// middle. The FaLW paper reports middle and tail groups without defining them; this is the kit's rule.
/// </summary>
/// <param name="Head">Ids of the classes with most forget samples, most first.</param>
/// <param name="Middle">Ids of the classes between.</param>
/// <param name="Tail">Ids of the classes with fewest forget samples, fewest last.</param>
public sealed record ClassGroups(ValueList<int> Head, ValueList<int> Middle, ValueList<int> Tail)
{
    /// <summary>Groups the classes by how many of each are forgotten; equal counts keep the order of their ids.</summary>
    internal static ClassGroups Of(IReadOnlyList<int> forgetCounts) => Cut(Ordered(forgetCounts), forgetCounts.Count / 3, forgetCounts.Count / 3);

    /// <summary>Thirds of the forget samples and not of the classes: the head is the fewest classes that hold a third of the samples, the tail the fewest forgotten ones that do; at least one class each.</summary>
    internal static ClassGroups OfSamples(IReadOnlyList<int> forgetCounts)
    {
        var order = Ordered(forgetCounts);
        var all = forgetCounts.Sum();
        int Third(IEnumerable<int> classes)
        {
            var (held, count) = (0, 0);
            foreach (var k in classes)
            {
                (held, count) = (held + forgetCounts[k], count + 1);
                if (3 * held >= all) break;
            }
            return count;
        }

        var head = Third(order);
        return Cut(order, head, Math.Min(Third(order.Reverse()), order.Length - head));
    }

    /// <summary>"Head", "Middle" or "Tail".</summary>
    internal string NameOf(int label) => Head.Contains(label) ? nameof(Head) : Tail.Contains(label) ? nameof(Tail) : nameof(Middle);

    private static int[] Ordered(IReadOnlyList<int> counts) => [.. Enumerable.Range(0, counts.Count).OrderByDescending(k => counts[k]).ThenBy(k => k)];

    private static ClassGroups Cut(int[] order, int head, int tail) => new([.. order[..head]], [.. order[head..^tail]], [.. order[^tail..]]);
}
