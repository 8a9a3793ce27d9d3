using FaLW.Data;
using FaLW.Experiments;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>A question and the list of experiments that answers it.</summary>
/// <param name="Name">What is typed: "main".</param>
/// <param name="Title">Heading of the report.</param>
/// <param name="Question">The question in a sentence.</param>
/// <param name="Choices">What was chosen, on which pilot seed, by which rule.</param>
/// <param name="OfSeed">The experiments of one seed, before a search decides their settings and the scale rewrites them.</param>
/// <param name="PilotSeeds">True when the study tunes and therefore runs on pilot seeds, which no other study uses.</param>
public sealed partial record Study(
    string Name, string Title, string Question, string Choices, Func<Scale, IReadOnlyList<ExperimentSpec>> OfSeed, bool PilotSeeds = false)
{
    /// <summary>The first seed of pilot runs.</summary>
    public const int PilotSeed = 1000;

    /// <summary>Five methods against Retrain, and RL with a weight as large as FaLW's that is the same for all images.</summary>
    public static Study Main { get; } = new(
        "main", "Long-tailed unlearning: five methods against Retrain",
        "When the images to forget are long-tailed over the classes, which method comes nearest to training again without them?",
        FormattableString.Invariant($"Every method has the same number of epochs. Learning rates were chosen on pilot seeds from {PilotSeed} on (falw tune main) ") +
        "from one grid for all, by the smallest Average Gap to Retrain with unseen images in place of test images. " +
        "\"RL, constant as FaLW\" is the control of FaLW's weight: FaLW's learning rate and, in every epoch, FaLW's mean weight, but for every image the same. " +
        "At paper scale nothing was searched: the learning rates there are those of SalUn's published code, RL's 0.013 for SalUn and FaLW too.",
        scale => [.. MainMethods.At(scale).SelectMany(WithTwin).Select(Protocol.Cifar100.With)]);

    /// <summary>Five weightings on three methods.</summary>
    public static Study Plug { get; } = new(
        "plug", "Plug and play: five weightings on three methods", "Does a weight help whichever method carries it?",
        "A weighted method has the learning rate that was found for the method without a weight (falw tune main), so that nothing but the weight differs. " +
        "LoReUn's temperature is not known from its paper; here it is 1.",
        scale => [.. GridMethods.Crossed(scale).Select(Protocol.Cifar100.With)])
    { WeightsShareSettings = true };

    /// <summary>Methods crossed with weightings on one split.</summary>
    public static Study Grid { get; } = new(
        "grid", "The method space: unlearners crossed with weightings",
        "Which part of the difference between methods is the method, and which the weight it puts on each sample?",
        "Every method and every pair that makes sense, with the same number of epochs. Learning rates were searched without weights, one grid for all (falw tune " +
        "grid; methods of the main study: falw tune main), and a weighted or reweighted method has the rate of the method that carries it, so that nothing but the weight differs. " +
        "A method that was not searched has its own default, which compares defaults and not methods.",
        scale => [.. GridMethods.At(scale).Select(Protocol.Cifar100.With)])
    { WeightsShareSettings = true };

    /// <summary>LoReUn with its losses from the model or from Original, its mean over batch or set, on four methods.</summary>
    public static Study LoReUn { get; } = new(
        "loreun", "LoReUn: its temperature, whose loss, and over what its mean is 1", "Does LoReUn's weight help RL, SalUn, GA and SFRon, once its temperature was searched like any other setting?",
        "The paper's temperature is not known (arXiv 2507.22499), so one rule finds it for every pair (falw tune loreun): nine values, two in a decade, judged as learning rates are. Until then it is 1. The rate is the one found for the method " +
        "without a weight, so a weighted method has one search more than the plain one. Its mean weight is 1, so the plain method is its constant twin.",
        scale => [.. GridMethods.LossBased(scale).Select(Protocol.Cifar100.With)])
    { WeightsShareSettings = true, SearchesWeights = true };

    /// <summary>FaLW by Algorithm 1, FaLW with a rolling profile, and RL, whose time both are measured in.</summary>
    public static Study Rolling { get; } = new(
        "rolling", "A rolling profile: does it change the result?", "Does FaLW come as near to Retrain when it asks a slice of the unseen images in every step and not all of them?",
        "All three have the learning rate that was found for RL (falw tune main), so that nothing but the weight and the way it is kept differs.",
        scale => [.. GridMethods.Renewed(scale).Select(Protocol.Cifar100.With)])
    { WeightsShareSettings = true };

    /// <summary>The methods that are audited; nothing but their search is run as a study.</summary>
    public static Study OfAudits { get; } = new(
        AuditStudy.Audits.Name, AuditStudy.Audits.Title, AuditStudy.Audits.Question, AuditStudy.Audits.Choices, scale => [.. AuditSizes.At(scale).Experiments])
    { HasItsOwnSizes = true };

    /// <summary>All studies.</summary>
    public static ValueList<Study> All => field ??= [Main, MainCifar10, MainTiny, Sweep, Balance, Figure1, Ablations, OpenQuestions, Plug, Grid, LoReUn, Rolling];

    /// <summary>True when a weighted method has the setting that was found for its method without a weight; false when every pair is searched by itself.</summary>
    public bool WeightsShareSettings { get; init; }

    /// <summary>True when what a search of this study decides is the weightings' setting (<see cref="LossWeighting.Searched"/>); methods then have what searches of other studies found.</summary>
    public bool SearchesWeights { get; init; }

    /// <summary>
    /// True when the images are not those of the main study, so that its search says nothing here; except at scales that bring the images with them,
    /// where both have the same.
    /// </summary>
    public bool HasItsOwnImages { get; init; }

    /// <summary>True when the study shows what others computed: it takes what records and cache hold, and computes nothing.</summary>
    public bool IsView { get; init; }

    /// <summary>True when the cap is what is asked about: scales then leave it as the study has it.</summary>
    public bool KeepsCap { get; init; }

    /// <summary>True when the experiments are what they are to be at their scale already and no scale rewrites them.</summary>
    public bool HasItsOwnSizes { get; init; }

    /// <summary>The study of that name whose methods can be searched: any study, and the methods that are audited.</summary>
    /// <param name="name">The name in any case.</param>
    /// <exception cref="Fault">There is no such study, and the sentence names the nearest; or it is a view and runs no method.</exception>
    public static Study ToSearch(string name) => AuditStudy.Find(name) is not null ? OfAudits
        : Named(name) is { IsView: false } study ? study
        : throw new Fault($"Study {name} computes nothing, so there is nothing to search; it shows runs of study {Main.Name}: falw tune {Main.Name}.");

    /// <summary>The study of that name.</summary>
    /// <param name="name">The name in any case.</param>
    /// <exception cref="Fault">There is no such study; the sentence names the nearest.</exception>
    public static Study Named(string name) =>
        All.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new Fault($"There is no study \"{name}\"; did you mean {Nearest.Of(name, All.Select(s => s.Name).Concat(AuditStudy.All.Select(s => s.Name)))}? 'falw study list' shows them all.");

    /// <summary>
    /// The study that decides the settings of this one: every method with every value of the grid, on pilot seeds. A study of several requests is searched on one,
    /// that of gamma nearest to 1.
    /// </summary>
    public Study Tuning => PilotSeeds ? this : new(
        Name, $"Tuning of study {Name}: one grid for every method", "Which learning rate does each method get, when all have the same budget?",
        $"Rule: {Studies.Tuning.SmallestValidationGap} Budget: {Studies.Tuning.EqualBudget}",
        scale => [.. ToSearchAt(scale).SelectMany(Candidates)], PilotSeeds: true)
    { HasItsOwnSizes = HasItsOwnSizes };

    /// <summary>What was chosen, and of every setting that a search could decide at a scale who decided it, where that was not this study's own search.</summary>
    public string ChoicesAt(Scale scale)
    {
        if (PilotSeeds) return Choices;
        var (frozen, weights) = (FrozenAt(scale), SearchesWeights && Studies.Tuning.Frozen(Name, scale.Name) is null);
        string[] open = [.. OfSeed(scale).Where(spec => !double.IsNaN(spec.Unlearner.Searched)).Select(spec => SearchedAs(spec, scale)).DistinctBy(spec => spec.Title).Where(spec => RateOf(spec, scale) is null).Select(spec => spec.Title)];
        return Choices
            + (weights ? $" No search of the weightings is frozen at scale {scale}, so they have their defaults. 'falw tune {Name} --scale {scale} --seeds {Studies.Tuning.Pilots} --keep' searches." : "")
            + (HasItsOwnImages && frozen is not null && frozen.Study != Name ? $" At scale {scale} the images are those of study {frozen.Study}, and so are the settings that its search found." : "")
            + (open.Length == 0 ? "" : $" Not searched at scale {scale}: {string.Join(", ", open)}; {(open.Length == 1 ? "it has its default" : "they have their defaults")}, which compares defaults and not methods. 'falw tune {(IsView || SearchesWeights ? Main.Name : Name)} --scale {scale} --seeds {Studies.Tuning.Pilots} --keep' searches.");
    }

    /// <summary>The experiments as they run at a scale on a machine; where images and records are missing for all of them, those of <see cref="Scale.Class"/>.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    /// <param name="isHere">Whether the files of an image set are on the machine.</param>
    /// <param name="isRecorded">Whether there is a record of an experiment; asked only where images are missing.</param>
    public IReadOnlyList<ExperimentSpec> At(Scale scale, int seeds, Func<Benchmark, bool> isHere, Func<ExperimentSpec, bool> isRecorded)
    {
        var sizes = HasItsOwnSizes ? Scale.Paper with { Data = scale.Data } : scale;
        ExperimentSpec[] meant = [.. Specs(scale, seeds).Select(spec => sizes.Rewrite(spec, _ => true))];
        return StudyLab.MustStandIn(sizes, meant, isHere, isRecorded) ? [.. Specs(Scale.Class, seeds).Select(spec => Scale.Class.Rewrite(spec, isHere))] : meant;
    }

    /// <summary>The experiments for so many seeds, 0 onwards (or the pilot seed onwards), before the scale rewrites them; where the cap is asked about, at the scale's size already.</summary>
    /// <param name="scale">The scale, which decides the methods' settings.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    public IReadOnlyList<ExperimentSpec> Specs(Scale scale, int seeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var first = PilotSeeds ? PilotSeed : 0;
        return [.. from seed in Enumerable.Range(first, seeds) from spec in OfSeed(scale) select Sized(Tuned(spec, scale), scale).WithSeed(seed)];
    }

    /// <summary>How methods that a study set for one scale are set for another; a method of nobody's study stays as it is. The methods that are to be compared decide which study is meant: the one that has most of them, and of several the smallest.</summary>
    internal static Func<Method, Method> Moved(IEnumerable<Method> methods, Scale from, Scale to)
    {
        Method[] asked = [.. methods];
        var meant = All.Select(study => study.Specs(from, 1).Zip(study.Specs(to, 1)).DistinctBy(pair => pair.First.Method)
            .ToDictionary(pair => pair.First.Method, pair => pair.Second.Method)).OrderBy(pairs => pairs.Count).MaxBy(pairs => asked.Count(pairs.ContainsKey))!;
        return method => meant.GetValueOrDefault(method, method);
    }

    // A spec that has the size of its scale keeps its cap.
    private ExperimentSpec Sized(ExperimentSpec spec, Scale scale) => !KeepsCap ? spec : scale.Rewrite(spec, _ => true) is var made
        ? made with { Data = made.Data with { Forget = made.Data.Forget with { Cap = spec.Data.Forget.Cap } } } : spec;

    private Tuning? FrozenAt(Scale scale) => PilotSeeds ? null
        : (SearchesWeights ? null : Studies.Tuning.Frozen(Name, scale.Name)) ?? (HasItsOwnImages && !scale.CarriesImages ? null : Studies.Tuning.Frozen(Main.Name, scale.Name));

    private IEnumerable<ExperimentSpec> ToSearchAt(Scale scale)
    {
        var all = OfSeed(scale);
        var request = all.MinBy(spec => Math.Abs(spec.Data.Forget.Gamma - 1))!.Data;
        var asked = all.Where(spec => spec.Data == request);
        return SearchesWeights ? asked.Where(spec => !double.IsNaN(spec.Weighting.Searched)).Select(spec => Rated(spec, scale)) : asked.Select(spec => SearchedAs(spec, scale)).Distinct();
    }

    // A variant of FaLW has FaLW's setting and a constant twin that of its pattern, a weighted or reweighted method that of the plain one: nothing but what is varied is to differ.
    private ExperimentSpec SearchedAs(ExperimentSpec spec, Scale scale) => (spec.Unlearner, spec.Weighting) switch
    {
        (Reweighted drawn, _) => SearchedAs(spec with { Unlearner = drawn.Host }, scale),
        _ when WeightsShareSettings => spec with { Weighting = new UniformWeighting() },
        (_, ConstantTwin twin) => SearchedAs(spec with { Weighting = twin.Of }, scale),
        (_, ForgettingAwareWeighting) => spec with { Weighting = Budget.At(scale).FaLW() },
        _ => spec,
    };

    private ExperimentSpec Tuned(ExperimentSpec spec, Scale scale) =>
        !PilotSeeds && SearchesWeights && Studies.Tuning.Frozen(Name, scale.Name)?.Chosen(spec.Title) is { } value ? Rated(spec, scale).WithSearched(value) : Rated(spec, scale);

    private ExperimentSpec Rated(ExperimentSpec spec, Scale scale) => RateOf(spec, scale) is { } value ? spec with { Unlearner = spec.Unlearner.WithSearched(value) } : spec;

    // SFRon is searched in the study of CIFAR-10 alone, which has the images of the main study where a scale brings them.
    private double? RateOf(ExperimentSpec spec, Scale scale) => FrozenAt(scale)?.Chosen(SearchedAs(spec, scale).Title)
        ?? (!PilotSeeds && SearchesWeights && scale.CarriesImages ? Studies.Tuning.Frozen(MainCifar10.Name, scale.Name)?.Chosen(SearchedAs(spec, scale).Title) : null);

    private static IEnumerable<ExperimentSpec> Candidates(ExperimentSpec spec) => double.IsNaN(spec.Searched)
        ? [spec]
        : spec.ValuesToSearch(Studies.Tuning.Grid).Select(spec.WithSearched);
}
