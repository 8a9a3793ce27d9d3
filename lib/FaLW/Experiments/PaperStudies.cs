using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Experiments;

/// <summary>
/// The studies of the paper's tables and of the questions they leave open, before a search decides their settings and a scale rewrites them. Original does not know what is
/// forgotten, so it is one for all requests of a seed; each request has a Retrain.
/// </summary>
internal static class PaperStudies
{
    private const string Rates =
        "Learning rates are those of the main study (falw tune main: the same images and methods, gamma 1), at every gamma alike, unless a search of this study's own is frozen. ";

    private const string Halves =
        "Every method has the same number of epochs. The nine methods beside FaLW: the notes on the paper name seven; BS and BE are our guess. \"RL, constant as FaLW\" is the control of FaLW's weight. ";

    /// <summary>CIFAR-10, 10 %, gamma 1.</summary>
    public static Study Cifar10 => new(
        "main-cifar10", "CIFAR-10, a tenth to forget: nine methods and FaLW against Retrain",
        "On CIFAR-10, with 10 % to forget at gamma 1, which method comes nearest to training again without them?",
        Halves + "Paper: VGG-16, all 50,000 images. Small: all ten classes with 500 images each and a ResNet-8; share and gamma are the paper's, and no class comes near its cap. " +
        "Smoke and Class have digits instead.",
        scale => [.. Nine(scale).SelectMany(WithTwin).Select(Protocol.Cifar10.With)])
    { HasItsOwnImages = true };

    /// <summary>Tiny-ImageNet, 40 %, gamma 1/2.</summary>
    public static Study Tiny => new(
        "main-tiny", "Tiny-ImageNet, two fifths to forget: nine methods and FaLW against Retrain",
        "On Tiny-ImageNet, with 40 % to forget at gamma 1/2, which method comes nearest to training again without them?",
        Halves + "Paper: VGG-16, all 100,000 images. Small: 20 classes with 500 images each, a ResNet-8 and 20 % to forget, not 40 %. Smoke and Class have digits instead.",
        scale => [.. Nine(scale).SelectMany(WithTwin).Select(Protocol.TinyImageNet.With)])
    { HasItsOwnImages = true };

    /// <summary>CIFAR-100, 30 %, seven gammas.</summary>
    public static Study Sweep => new(
        "sweep", "From balanced to steep: RL, SalUn and FaLW over gamma",
        "Does FaLW stay nearer to Retrain than SalUn and RL when the request to forget grows steeper, and which of them forgets too much or too little?",
        Rates + "Gamma 0 is a balanced request: deviation that differs between classes there has another cause than the long tail. \"RL, constant as FaLW\" has, at every gamma, FaLW's mean " +
        "weight in every epoch, but for every image the same. The paper forgets 30 %; scales below Paper forget 20 % and at most four fifths of a class.",
        scale => [.. from gamma in Protocol.Gammas from method in Carried(scale).SelectMany(WithTwin) select At(gamma).With(method)]);

    /// <summary>CIFAR-100, 30 %, gamma 3/2 and 2: the factor off, on, and with other exponents.</summary>
    public static Study Balance => new(
        "balance", "The balance factor: off, on, and how strong", "Does the balance factor keep middle and tail classes from being forgotten too much on a steep request?",
        Rates + "Off is Equation 5 with a temperature of 1, which is the factor with exponent 0. Head, middle and tail are thirds of the classes by how much of them is forgotten (this kit's rule).",
        scale =>
        [
            .. from gamma in new[] { 1.5, 2 }
               from weighting in new LossWeighting[] { FaLW(0.15), new ConstantTwin(FaLW(0.15)), FaLW(0.15) with { Balance = false }, FaLW(0.1), FaLW(0.2), FaLW(0.5), FaLW(1) }
               select At(gamma).With(new Method(Random(scale), weighting)),
        ]);

    private static ForgettingAwareWeighting FaLW(double tau) => new(tau);

    private static RandomLabel Random(Scale scale) => Budget.At(scale).On(new RandomLabel());

    private static ExperimentSpec At(double gamma) =>
        Protocol.Cifar100 with { Data = Protocol.Cifar100.Data with { Forget = Protocol.Cifar100.Data.Forget with { Gamma = gamma } } };

    private static IEnumerable<Method> Carried(Scale scale) => MainMethods.At(scale).Where(method => method.Title is "RL" or "SalUn" or "FaLW");

    private static IEnumerable<Method> WithTwin(Method method) => method.Title == "FaLW" ? [method, method with { Weighting = new ConstantTwin(method.Weighting) }] : [method];

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
