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
public sealed record Study(
    string Name, string Title, string Question, string Choices, Func<Scale, IReadOnlyList<ExperimentSpec>> OfSeed, bool PilotSeeds = false)
{
    /// <summary>The first seed of pilot runs.</summary>
    public const int PilotSeed = 1000;

    private const string Rates =
        "Learning rates are those of the main study (falw tune main: the same images and methods, gamma 1), at every gamma alike, unless a search of this study's own is frozen. ";

    private const string Halves =
        "Every method has the same number of epochs. The nine methods beside FaLW: the notes on the paper name seven; BS and BE are our guess. \"RL, constant as FaLW\" is the control of FaLW's weight. ";

    /// <summary>Five methods against Retrain, and RL with a weight as large as FaLW's that is the same for all images.</summary>
    public static Study Main { get; } = new(
        "main", "Long-tailed unlearning: five methods against Retrain",
        "When the images to forget are long-tailed over the classes, which method comes nearest to training again without them?",
        Invariant($"Every method has the same number of epochs. Learning rates were chosen on pilot seeds from {PilotSeed} on (falw tune main) ") +
        "from one grid for all, by the smallest Average Gap to Retrain with unseen images in place of test images. " +
        "\"RL, constant as FaLW\" is the control of FaLW's weight: FaLW's learning rate and, in every epoch, FaLW's mean weight, but for every image the same. " +
        "At paper scale nothing was searched: the learning rates there are those of SalUn's published code, RL's 0.013 for SalUn and FaLW too.",
        scale => [.. GridMethods.Main(scale).SelectMany(WithTwin).Select(Protocol.Cifar100.With)]);

    /// <summary>The first half of the paper's main table: CIFAR-10, 10 % to forget at gamma 1, nine methods and FaLW.</summary>
    public static Study MainCifar10 { get; } = new(
        "main-cifar10", "CIFAR-10, a tenth to forget: nine methods and FaLW against Retrain",
        "On CIFAR-10, with 10 % to forget at gamma 1, which method comes nearest to training again without them?",
        Halves + "Paper: VGG-16, all 50,000 images. Small: all ten classes with 500 images each and a ResNet-8; share and gamma are the paper's, and no class comes near its cap. " +
        "Smoke and Class have digits instead.",
        scale => [.. Nine(scale).SelectMany(WithTwin).Select(Protocol.Cifar10.With)])
    { HasItsOwnImages = true };

    /// <summary>The second half of the paper's main table: Tiny-ImageNet, 40 % to forget at gamma 1/2.</summary>
    public static Study MainTiny { get; } = new(
        "main-tiny", "Tiny-ImageNet, two fifths to forget: nine methods and FaLW against Retrain",
        "On Tiny-ImageNet, with 40 % to forget at gamma 1/2, which method comes nearest to training again without them?",
        Halves + "Paper: VGG-16, all 100,000 images. Small: 20 classes with 500 images each, a ResNet-8 and 20 % to forget, not 40 %. Smoke and Class have digits instead.",
        scale => [.. Nine(scale).SelectMany(WithTwin).Select(Protocol.TinyImageNet.With)])
    { HasItsOwnImages = true };

    /// <summary>RL, SalUn and FaLW on CIFAR-100 from a balanced request to a steep one: 30 % to forget, seven gammas.</summary>
    public static Study Sweep { get; } = new(
        "sweep", "From balanced to steep: RL, SalUn and FaLW over gamma",
        "Does FaLW stay nearer to Retrain than SalUn and RL when the request to forget grows steeper, and which of them forgets too much or too little?",
        Rates + "Gamma 0 is a balanced request: deviation that differs between classes there has another cause than the long tail. \"RL, constant as FaLW\" has, at every gamma, FaLW's mean " +
        "weight in every epoch, but for every image the same. The paper forgets 30 %; Smoke, Class and Small forget 20 % and at most four fifths of a class. Smoke and Class have four of the seven gammas.",
        scale => [.. from gamma in Gammas(scale) from method in Carried(scale).SelectMany(WithTwin) select AtGamma(gamma).With(method)]);

    /// <summary>FaLW with its balance factor, without it, and with other exponents, on steep requests: gamma 3/2 and 2.</summary>
    public static Study Balance { get; } = new(
        "balance", "The balance factor: off, on, and how strong", "Does the balance factor keep middle and tail classes from being forgotten too much on a steep request?",
        Rates + "Off is Equation 5 with a temperature of 1, which is the factor with exponent 0. Head, middle and tail are thirds of the classes by how much of them is forgotten (this kit's rule).",
        scale =>
        [
            .. from gamma in new[] { 1.5, 2 }
               from weighting in Exponents(Budget.At(scale))
               select AtGamma(gamma).With(new Method(Random(scale), weighting)),
        ]);

    /// <summary>Figure 1 of the paper: what random draws look like, and where methods miss Retrain; a view on the main study.</summary>
    public static Study Figure1 { get; } = new(
        "figure1", "Random requests are balanced, real ones are not; and where methods then miss Retrain",
        "Why long-tailed requests are another problem: how do class counts differ, and on which classes do RL, SalUn and FaLW forget too much or too little?",
        "Part (a) draws labels of CIFAR-100 and trains nothing, at every scale. Part (b) shows runs of the main study at gamma 1 and computes none: falw run main does.",
        scale => [.. Carried(scale).Select(Protocol.Cifar100.With)])
    { IsView = true };

    /// <summary>FaLW with one part changed at a time, at gamma 1.</summary>
    public static Study Ablations { get; } = new(
        "ablations", "FaLW taken apart: unseen images, renewal of the profile, ways to count z, forget beside retain",
        "Which parts of FaLW does its distance to Retrain depend on, and what does each cost?",
        Rates + "Gamma is 1, so Original and Retrain are those of the main study. Beside FaLW one thing is changed at a time: unseen images of a class in the profile, steps between two profiles, " +
        "unseen images asked in a step (rolling profile), z on the logit and from ranks, and alpha over beta of Equation 3.",
        scale => [.. new[] { new Method(Random(scale), new UniformWeighting()) }.Concat(Parts(scale).Select(part => new Method(Random(scale), part))).Select(AtGamma(1).With)]);

    /// <summary>The sweep's question under other caps and other groups: caps 0.8, 0.9 and 1, gamma 1 and 2.</summary>
    public static Study OpenQuestions { get; } = new(
        "open-questions", "What the paper does not say: the cap of a class", "Does the verdict of the sweep hold whatever part of a class may be forgotten, and whatever head and tail mean?",
        Rates + "The paper gives no cap and does not say what head, middle and tail are. Caps are 0.8, 0.9 and 1, where whole classes go; no scale lowers them here. The groups are thirds of the classes, and, in a table of their own, " +
        "thirds of the images to forget.",
        scale => [.. from gamma in new[] { 1.0, 2 } from cap in new[] { 0.8, 0.9, 1 } from method in Carried(scale) select AtGamma(gamma, cap).With(method)])
    { KeepsCap = true };

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
            + (weights ? $" No search of the weightings is frozen at scale {scale}, so they have their defaults. 'falw tune {Name} --scale {scale.Name} --seeds {Studies.Tuning.Pilots} --keep' searches." : "")
            + (HasItsOwnImages && frozen is not null && frozen.Study != Name ? $" At scale {scale} the images are those of study {frozen.Study}, and so are the settings that its search found." : "")
            + (open.Length == 0 ? "" : $" Not searched at scale {scale}: {string.Join(", ", open)}; {(open.Length == 1 ? "it has its default" : "they have their defaults")}, which compares defaults and not methods. 'falw tune {(IsView || SearchesWeights ? Main.Name : Name)} --scale {scale.Name} --seeds {Studies.Tuning.Pilots} --keep' searches.")
            + (scale.BFloat16 && frozen is not null ? " Models and methods are computed in bfloat16, at settings that were searched in 32 bits." : "");
    }

    /// <summary>The experiments as they run at a scale on a machine; where images and records are missing for all of them, those of <see cref="Scale.Class"/>.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    /// <param name="isHere">Whether the files of an image set are on the machine.</param>
    /// <param name="isRecorded">Whether there is a record of an experiment; asked only where images are missing.</param>
    public IReadOnlyList<ExperimentSpec> At(Scale scale, int seeds, Func<Benchmark, bool> isHere, Func<ExperimentSpec, bool> isRecorded)
    {
        if (PilotSeeds) scale.InFull("A search");
        var (sizes, digits) = (HasItsOwnSizes ? Scale.Paper with { Data = scale.Data, BFloat16 = scale.BFloat16 } : scale, Scale.Class with { BFloat16 = scale.BFloat16 });
        ExperimentSpec[] meant = [.. Specs(scale, seeds).Select(spec => sizes.Rewrite(spec, _ => true))];
        return StudyLab.MustStandIn(sizes, meant, isHere, isRecorded) ? [.. Specs(digits, seeds).Select(spec => digits.Rewrite(spec, isHere))] : meant;
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

    /// <summary>
    /// How methods that a study set for one scale are set for another; a method of nobody's study stays as it is. The methods that are to be compared decide
    /// which study is meant: the one that has most of them, and of several the smallest.
    /// </summary>
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

    private static LossWeighting[] Exponents(Budget budget) =>
        [budget.FaLW(), new ConstantTwin(budget.FaLW()), budget.FaLW() with { Balance = false }, .. new[] { 0.1, 0.2, 0.5, 1 }.Select(budget.FaLW)];

    private static IEnumerable<ForgettingAwareWeighting> Parts(Scale scale)
    {
        (int[] Unseen, int[] Refresh, int[] Slices) sizes = scale.Name switch
        {
            "smoke" => ([2, 3, 4], [2, 5, 9], [16, 32]),
            "class" => ([2, 4, 6], [2, 5, 17], [16, 64]),
            "small" => ([5, 10, 20], [4, 12, 36], [64, 256]),
            _ => ([5, 10, 20], [10, 44, 176], [64, 512]),
        };
        var falw = Budget.At(scale).FaLW();
        return
        [
            falw,
            .. sizes.Unseen.Select(count => falw with { UnseenPerClass = count }), .. sizes.Refresh.Select(every => falw with { RefreshEvery = every }),
            .. sizes.Slices.Select(slice => falw with { Slice = slice }), falw with { Spread = Spread.GaussianOfLogit }, falw with { Spread = Spread.Quantile },
            falw with { Alpha = 0.5 }, falw with { Alpha = 2 },
        ];
    }

    private static RandomLabel Random(Scale scale) => Budget.At(scale).On(new RandomLabel());

    // Original does not know what is forgotten, so it is one for all requests of a seed; each request has a Retrain.
    private static ExperimentSpec AtGamma(double gamma, double cap = 1) =>
        Protocol.Cifar100 with { Data = Protocol.Cifar100.Data with { Forget = Protocol.Cifar100.Data.Forget with { Gamma = gamma, Cap = cap } } };

    private static IEnumerable<double> Gammas(Scale scale) => scale.Name is "smoke" or "class" ? [0, 0.5, 1, 2] : Protocol.Gammas;

    private static IEnumerable<Method> Carried(Scale scale) => GridMethods.Main(scale).Where(method => method.Title is "RL" or "SalUn" || method.Weighting is ForgettingAwareWeighting);

    private static IEnumerable<Method> WithTwin(Method method) => method.Weighting is ForgettingAwareWeighting ? [method, method with { Weighting = new ConstantTwin(method.Weighting) }] : [method];

    private static IEnumerable<Method> Nine(Scale scale)
    {
        var (budget, main, plain) = (Budget.At(scale), GridMethods.Main(scale), new UniformWeighting());
        Unlearner[] others =
        [
            new InfluenceUnlearning(Alpha: 3e-4), budget.On(new L1Sparse(Alpha: 1e-4)), budget.On(new BoundaryShrink()), budget.On(new BoundaryExpand()), budget.InSteps(new SFRon()),
        ];
        return [.. main.Take(3), .. others.Select(method => new Method(method, plain)), .. main.Skip(3)];
    }
}
