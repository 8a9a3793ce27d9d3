using FaLW.Experiments;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

// The studies of the paper's tables and of the questions they leave open. Original does not know what is forgotten, so it is one for all requests of a seed; each request has a Retrain.
public sealed partial record Study
{
    private const string Rates =
        "Learning rates are those of the main study (falw tune main: the same images and methods, gamma 1), at every gamma alike, unless a search of this study's own is frozen. ";

    private const string Halves =
        "Every method has the same number of epochs. The nine methods beside FaLW: the notes on the paper name seven; BS and BE are our guess. \"RL, constant as FaLW\" is the control of FaLW's weight. ";

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

    private static ExperimentSpec AtGamma(double gamma, double cap = 1) =>
        Protocol.Cifar100 with { Data = Protocol.Cifar100.Data with { Forget = Protocol.Cifar100.Data.Forget with { Gamma = gamma, Cap = cap } } };

    private static IEnumerable<double> Gammas(Scale scale) => scale.Name is "smoke" or "class" ? [0, 0.5, 1, 2] : Protocol.Gammas;

    private static IEnumerable<Method> Carried(Scale scale) => MainMethods.At(scale).Where(method => method.Title is "RL" or "SalUn" || method.Weighting is ForgettingAwareWeighting);

    private static IEnumerable<Method> WithTwin(Method method) => method.Weighting is ForgettingAwareWeighting ? [method, method with { Weighting = new ConstantTwin(method.Weighting) }] : [method];

    private static IEnumerable<Method> Nine(Scale scale)
    {
        var (budget, main, plain) = (Budget.At(scale), MainMethods.At(scale), new UniformWeighting());
        Unlearner[] others =
        [
            new InfluenceUnlearning(Alpha: 3e-4), budget.On(new L1Sparse(Alpha: 1e-4)), budget.On(new BoundaryShrink()), budget.On(new BoundaryExpand()), budget.InSteps(new SFRon()),
        ];
        return [.. main.Take(3), .. others.Select(method => new Method(method, plain)), .. main.Skip(3)];
    }
}
