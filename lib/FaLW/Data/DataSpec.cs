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
    internal bool HasNoUnseen => UnseenShare == 0 || (TrainOfClass is { } images && Cut(images) == 0);

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
    public DataSpec Checked()
    {
        string[] faults = [.. Faults()];
        return faults.Length == 0 ? this : throw new Fault(string.Join(' ', faults));
    }

    /// <summary>Unseen samples cut off a class with so many images.</summary>
    internal int Cut(int images) => (int)Math.Round(UnseenShare * images, MidpointRounding.AwayFromZero);

    /// <summary>Why the forget set cannot be drawn, where that can be told without the images; only for a spec that has no other <see cref="Faults"/>.</summary>
    internal IEnumerable<string> DrawFaults()
    {
        if (Forget.Share > Forget.Cap)
            yield return FormattableString.Invariant($"A share of {Forget.Share} is to be forgotten, but the cap leaves at most {Forget.Cap} of each class; lower the share or raise the cap.");
        else if (TrainOfClass is { } images && LongTail.Objection(SplitDraw.Total(this, Classes * (images - Cut(images))), [.. Enumerable.Repeat(SplitDraw.Capacity(Forget, images - Cut(images)), Classes)]) is { } objection)
            yield return objection;
    }

    /// <summary>One sentence for each value out of range; empty when all lie within.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var fault in Forget.Faults()) yield return fault;
        if (!(UnseenShare is >= 0 and < 1))
            yield return FormattableString.Invariant($"The unseen share must be at least 0 and below 1, but is {UnseenShare}.");
        if (!(HeldBack is >= 0 and < 1))
            yield return FormattableString.Invariant($"The part held back must be at least 0 and below 1, but is {HeldBack}.");
        if (FirstClasses < 0 || FirstClasses > Benchmark.Classes || FirstClasses == 1)
            yield return FormattableString.Invariant(
                $"FirstClasses must be 0 (all) or 2 to {Benchmark.Classes} for {Benchmark.Name}, but is {FirstClasses}.");
        if (TrainPerClass < 0)
            yield return FormattableString.Invariant($"TrainPerClass must be 0 (all) or positive, but is {TrainPerClass}.");
        if (!(Difficulty is >= 0 and <= 1))
            yield return FormattableString.Invariant($"Difficulty must lie between 0 and 1, but is {Difficulty}.");
    }
}
