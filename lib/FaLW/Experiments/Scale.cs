using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;

namespace FaLW.Experiments;

/// <summary>
/// How large an experiment is. A scale rewrites the spec before anything runs, so a small model has a small model's key and
/// never answers for the paper's. Rewriting twice is rewriting once, and a spec that was taken from a scale and changed stays as it is there: another
/// network, another training, fewer classes or images. Methods are left as they are, too (their settings at each scale are in the studies), and so is a network of your own.
/// </summary>
public sealed record Scale
{
    private readonly Func<ExperimentSpec, ExperimentSpec> rewrite;

    private Scale(string name, string size, Func<ExperimentSpec, ExperimentSpec> rewrite) =>
        (Name, Size, this.rewrite) = (name, size, rewrite);

    /// <summary>Seconds: the digits that travel with the kit and a narrow network. Shows that everything works, proves nothing.</summary>
    public static Scale Smoke { get; } = new("smoke", "seconds", OnDigits);

    /// <summary>
    /// A minute or two on two cores from nothing, on images that are always there: digits in 40 classes, digit and turn, and a narrow ResNet-8 that
    /// memorises them. Methods differ visibly, and so do settings of one method: for teaching, and for the first look at an idea.
    /// </summary>
    public static Scale Class { get; } = new("class", "a minute or two", OnTurnedDigits);

    /// <summary>Minutes on a processor: at most 20 classes of at most 500 training images, and a ResNet-8 that memorises them.</summary>
    public static Scale Small { get; } = new("small", "minutes on a processor", OnProcessor);

    /// <summary>
    /// Hours on a processor: all classes and training images, share, cap and gammas of the paper. What is smaller is the size of an image, 16 x 16, and the network,
    /// a ResNet-8 that memorises them.
    /// </summary>
    public static Scale Medium { get; } = new("medium", "hours on a processor", OnAllImages);

    /// <summary>The spec as it stands. Hours, on a GPU.</summary>
    public static Scale Paper { get; } = new("paper", "hours on a GPU", spec => spec);

    /// <summary>All scales, smallest first.</summary>
    public static ValueList<Scale> All { get; } = [Smoke, Class, Small, Medium, Paper];

    // Each in bfloat16, then in full.
    internal static ValueList<Scale> InBothFormats { get; } = [.. from scale in All from half in (bool[])[true, false] select scale with { BFloat16 = half }];

    /// <summary>The name, in lower case.</summary>
    public string Name { get; }

    /// <summary>What to expect, in words.</summary>
    public string Size { get; }

    /// <summary>The image set to use whatever a spec says; null leaves the choice to the spec and the scale.</summary>
    public Benchmark? Data { get; init; }

    /// <summary>
    /// Whether Original, Retrain and every method that takes steps are computed in bfloat16, channels last, which a processor or a GPU with units for it does in about
    /// half the time. Rates are those searched in 32 bits; sums are rounded more coarsely, so results have keys of their own and never stand for the others. A spec that was taken from the scale and changed is put in bfloat16, too, its kit convolutions at
    /// least; <see cref="Lab.RunAsIs"/> takes it as it stands. In a name it is "-bfloat16" at the end.
    /// </summary>
    public bool BFloat16 { get; init; }

    /// <summary>Whether every study has the same images at this scale, those that travel with the kit.</summary>
    internal bool CarriesImages => Data is null && Carried is not null;

    /// <summary>The scale of that name.</summary>
    /// <param name="name">"smoke", "class", "small", "medium" or "paper", in any case; with "-bfloat16" at the end in that format.</param>
    /// <exception cref="Fault">There is no such scale.</exception>
    public static Scale Named(string name) =>
        InBothFormats.FirstOrDefault(scale => string.Equals(scale.ToString(), name, StringComparison.OrdinalIgnoreCase))
        ?? throw new Fault($"There is no scale \"{name}\"; did you mean {Nearest.Of(name, All.Select(s => s.Name))}? Known are {string.Join(", ", All.Select(s => s.Name))}; -bfloat16 goes at the end of any.");

    /// <summary>The spec at this scale.</summary>
    /// <param name="spec">Any spec, usually one of a paper's.</param>
    /// <param name="isHere">Whether the files of an image set are on this machine. Where they are not, and the scale is not Paper and
    /// names no set, the turned digits of <see cref="Class"/> stand in; the spec and its key say so.</param>
    public ExperimentSpec Rewrite(ExperimentSpec spec, Func<Benchmark, bool> isHere) => BFloat16 ? InBFloat16(Sized(spec, isHere)) : Sized(spec, isHere);

    private ExperimentSpec Sized(ExperimentSpec spec, Func<Benchmark, bool> isHere)
    {
        // What cannot be meant is left for the check, which names it.
        if (spec.Data.FirstClasses < 0 || spec.Data.TrainPerClass < 0) return spec;
        var wanted = Data ?? Carried ?? spec.Data.Benchmark;
        var found = Data is not null || IsPapers || isHere(wanted) ? wanted : Benchmark.TurnedDigits;
        var made = rewrite(spec with { Data = spec.Data with { Benchmark = found } });
        // Whose data are this scale's already, or some of them, was taken from it: whatever else it says is somebody's choice, and so is a network that is not of this kit.
        if (!IsPapers && made.Data.Benchmark == spec.Data.Benchmark && IsOwn(spec.Data, made.Data)) return spec;
        if (OpenTypes.IsForeign(spec.Network.GetType())) made = made with { Network = spec.Network };
        return !made.Data.Forget.IsNamed || made.Data with { UnseenShare = spec.Data.UnseenShare, Side = spec.Data.Side } == spec.Data ? made : throw new Fault(
            $"The request names images or classes of {spec.Data.Benchmark.Name}, but scale {this} has other images, of which its numbers would mean others. Name them in an experiment of this scale: take it from `lab.Specs` or `lab.Rewrite`, then set `Forget`.");
    }

    /// <inheritdoc/>
    public override string ToString() => BFloat16 ? $"{Name}-bfloat16" : Name;

    /// <summary>Whether images are the paper's own: all of them, and no others where they are missing.</summary>
    public bool IsPapers => Name == Paper.Name;

    /// <summary>Refuses what has no form in bfloat16: audits, profiles and generators say themselves how they train, and a search is made once for both formats.</summary>
    internal Scale InFull(string what, bool butPapers = false) => !BFloat16 || (butPapers && IsPapers) ? this
        : throw new Fault($"{what} is computed in 32 bits alone, but scale {this} was asked for; take scale {Name}.");

    // What a scale takes without being told, since it is always there.
    private Benchmark? Carried => Name == Smoke.Name ? Benchmark.Digits : Name == Class.Name ? Benchmark.TurnedDigits : null;

    private static ExperimentSpec OnDigits(ExperimentSpec spec) => spec with
    {
        Data = Bounded(spec.Data, classes: 10, perClass: 60),
        Network = Network.ResNet8 with { Width = 8 },
        Training = new TrainSpec(8, 64, 0.1, Schedule: Schedule.OneCycle),
    };

    // Chosen on the pilot seed: Original memorises its 1,080 images (100 % of the forgotten), Retrain knows 74.5 % of those it never saw. With 20 epochs
    // Retrain still misses some it was trained on; width 32, 60 epochs or a rate of 0.3 cost more and leave less to forget (79 %). A quarter is unseen: 9 images of a class, the fewest
    // that say how their confidences lie.
    private static ExperimentSpec OnTurnedDigits(ExperimentSpec spec)
    {
        var classes = Math.Min(40, spec.Data.Benchmark.Classes);
        return spec with
        {
            Data = Bounded(spec.Data, classes, perClass: 1440 / classes) with { UnseenShare = 0.25 },
            Network = Network.ResNet8 with { Width = 16 },
            Training = new TrainSpec(30, 32, 0.1, WeightDecay: 1e-4, Schedule: Schedule.OneCycle) { ChannelsLast = true },
        };
    }

    private static TrainSpec ByHeart => new TrainSpec(15, 64, 0.4, WeightDecay: 1e-4, Schedule: Schedule.OneCycle) { ChannelsLast = true };

    // Chosen on the pilot seed so that Original memorises its 20 x 450 images (99.5 %): at a batch of 128 and a rate of 0.1 it stops at
    // 88 %, and with the usual weight decay of 5e-4 at 96 to 97 %.
    private static ExperimentSpec OnProcessor(ExperimentSpec spec) => spec.Data.Benchmark == Benchmark.TurnedDigits ? OnTurnedDigits(spec) : spec with
    {
        Data = Bounded(spec.Data, classes: 20, perClass: 500),
        Network = Network.ResNet8 with { Width = 32 },
        Training = ByHeart,
    };

    // Chosen on the pilot seed: Original memorises its 45,000 images (99.6 %) in 17 minutes of one core; width 64 with 20 epochs knows 99.98 % and takes more than twice as long. Images of the kit are small already.
    private static ExperimentSpec OnAllImages(ExperimentSpec spec) => spec.Data.Benchmark == Benchmark.TurnedDigits ? OnTurnedDigits(spec) : spec with
    {
        Data = spec.Data with { Side = Math.Min(16, Math.Min(spec.Data.Benchmark.Height, spec.Data.Benchmark.Width)) },
        Network = Network.ResNet8 with { Width = 48 },
        Training = ByHeart,
    };

    private static ExperimentSpec InBFloat16(ExperimentSpec spec) => spec with
    {
        Training = spec.Training with { Precision = Precision.BFloat16, ChannelsLast = true },
        Unlearner = InBFloat16(spec.Unlearner),
    };

    // A method without steps has no precision to choose.
    private static Unlearner InBFloat16(Unlearner method) => method switch
    {
        GradientUnlearner steps => steps with { Precision = Precision.BFloat16, ChannelsLast = true },
        SaliencyMask mask => mask with { Host = (RandomLabel)InBFloat16(mask.Host) },
        Reweighted drawn => drawn with { Host = InBFloat16(drawn.Host) },
        _ => method,
    };

    // Medium cuts no class and no image off, but shrinks them.
    private bool IsOwn(DataSpec data, DataSpec made) => Name == Medium.Name
        ? data.Side > 0 : IsWithin(data.FirstClasses, made.FirstClasses) && IsWithin(data.TrainPerClass, made.TrainPerClass);

    private static bool IsWithin(int some, int most) => some > 0 && some <= most;

    // At most a fifth is forgotten and at most four fifths of a class, so that no class is wiped out and Retrain knows them all. A spec that has this size
    // already has the share and the cap that somebody gave it there.
    private static DataSpec Bounded(DataSpec data, int classes, int perClass)
    {
        var most = Math.Min(classes, data.Benchmark.Classes);
        return (data.FirstClasses, data.TrainPerClass) == (most, perClass) ? data : data with
        {
            FirstClasses = most,
            TrainPerClass = perClass,
            Forget = data.Forget with { Share = Math.Min(data.Forget.Share, 0.2), Cap = 0.8 },
        };
    }
}
