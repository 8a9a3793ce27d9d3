using FaLW.Data;
using FaLW.Experiments;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>
/// What every method of a study gets alike: epochs, batch, augmentation. Channels-last is a matter of speed alone: a third faster on a processor, equal up to
/// rounding. A method that counts steps takes about as many iterations as the others where images are few, its own where they are not. To ask thousands of
/// unseen images in every step, and not a slice of them, costs several times the step itself.
/// </summary>
internal sealed record Budget(int Epochs, int Batch, Augmentation Augmentation, bool ChannelsLast = false, int? Iterations = null, int Slice = 0)
{
    /// <summary>
    /// The budget at a scale. Small models were trained without augmentation, so they unlearn without; at paper scale it is that of
    /// SalUn's code.
    /// </summary>
    public static Budget At(Scale scale) => scale.Name switch
    {
        "smoke" => new Budget(3, 64, Augmentation.None, Iterations: 50),
        "class" => new Budget(10, 64, Augmentation.None, ChannelsLast: true, Iterations: 150),
        "small" => new Budget(5, 256, Augmentation.None, ChannelsLast: true, Iterations: 150),
        "medium" => new Budget(5, 256, Augmentation.None, ChannelsLast: true, Slice: 256),
        _ => new Budget(10, 256, Augmentation.CropFlip),
    };

    /// <summary>FaLW's weight, with a rolling profile where the whole one is too dear.</summary>
    public ForgettingAwareWeighting FaLW(double tau = 0.15) => new(tau) { Slice = Slice };

    /// <summary>SFRon under this budget, which counts steps instead of epochs.</summary>
    public SFRon InSteps(SFRon method) =>
        method with { Iterations = Iterations ?? method.Iterations, Augmentation = Augmentation, ChannelsLast = ChannelsLast };

    /// <summary>The method under this budget; its own settings stay.</summary>
    public T On<T>(T method) where T : GradientUnlearner =>
        (T)((GradientUnlearner)method with { Epochs = Epochs, BatchSize = Batch, Augmentation = Augmentation, ChannelsLast = ChannelsLast });
}

/// <summary>
/// Every method alone, FT and RL also with a reweighted retain set, and the weightings on the methods that can carry one. A pair that makes no sense (<see cref="Pairing"/>) is left
/// out. Weights that have no mean of 1 as published (SatImp, WGA, NPO) are divided by the mean of
/// their batch, since they run at the rate of the method alone. Settings that no search decides are each method's own; what has no published default is ours and stands here.
/// </summary>
internal static class GridMethods
{
    /// <summary>The methods of the main study, before a search decides their learning rates; until then the examples of SalUn's code.</summary>
    public static IReadOnlyList<Method> Main(Scale scale)
    {
        var (budget, plain) = (Budget.At(scale), new UniformWeighting());
        return
        [
            new(budget.On(new FineTune()), plain),
            new(budget.On(new RandomLabel()), plain),
            new(budget.On(new GradientAscent()), plain),
            new(new SaliencyMask(budget.On(new RandomLabel())), plain),
            new(budget.On(new RandomLabel()), budget.FaLW()),
        ];
    }

    /// <summary>The methods at a scale, before a search decides their one free setting.</summary>
    public static IReadOnlyList<Method> At(Scale scale)
    {
        var budget = Budget.At(scale);
        var random = budget.On(new RandomLabel());
        var pairs = Alone(budget, random).Select(method => new Method(method, new UniformWeighting()))
            .Concat(from method in Carriers(budget) from weighting in OnAll.Append(budget.FaLW()) select new Method(method, weighting))
            .Concat(OnRandomLabels.Select(weighting => new Method(random, weighting)));
        return [.. pairs.Where(pair => Pairing.Objection(pair.Unlearner, pair.Weighting) is null)];
    }

    /// <summary>The same five weightings, none included, on three methods with a forget loss.</summary>
    public static IReadOnlyList<Method> Crossed(Scale scale)
    {
        var budget = Budget.At(scale);
        LossWeighting[] weightings =
            [new UniformWeighting(), new ClassBalancedWeighting(), new LossBasedWeighting(Temperature: 1), new SoftWeighting(), budget.FaLW()];
        return [.. from method in Carriers(budget) from weighting in weightings select new Method(method, weighting)];
    }

    /// <summary>RL, SalUn, GA and SFRon, each alone and under LoReUn in its four forms.</summary>
    public static IReadOnlyList<Method> LossBased(Scale scale)
    {
        var budget = Budget.At(scale);
        var forms = from source in Enum.GetValues<LossSource>() from scope in Enum.GetValues<WeightScope>() select (LossWeighting)new LossBasedWeighting(1, source, scope);
        Unlearner[] carriers = [.. Carriers(budget), budget.InSteps(new SFRon())];
        return [.. from method in carriers from weighting in forms.Prepend(new UniformWeighting()) select new Method(method, weighting)];
    }

    /// <summary>RL, and FaLW with the whole profile in every step and with a slice of it, small enough to be a slice at that scale.</summary>
    public static IReadOnlyList<Method> Renewed(Scale scale)
    {
        var (random, falw) = (Budget.At(scale).On(new RandomLabel()), new ForgettingAwareWeighting(Tau: 0.15));
        return [new(random, new UniformWeighting()), new(random, falw), new(random, falw with { Slice = scale.Name is "smoke" or "class" ? 16 : 64 })];
    }

    private static Unlearner[] Carriers(Budget budget) =>
        [budget.On(new RandomLabel()), new SaliencyMask(budget.On(new RandomLabel())), budget.On(new GradientAscent())];

    private static LossWeighting[] OnAll =>
        [new ClassBalancedWeighting(), new LossBasedWeighting(Temperature: 1), new SaturationImportanceWeighting { Normalised = true }];

    private static LossWeighting[] OnRandomLabels =>
    [
        new ClassBalancedWeighting(Beta: 0.99), new LossBasedWeighting(Temperature: 1, LossSource.Static), new WeightedAscentWeighting { Normalised = true },
        new NegativePreferenceWeighting { Normalised = true }, new BalDroGroupWeighting(), new BalDroDualWeighting(), new SoftWeighting(),
        new ForgettingAwareWeighting(Tau: 0.15) { Slice = 64 },
    ];

    private static IEnumerable<Unlearner> Alone(Budget budget, RandomLabel random) =>
    [
        budget.On(new FineTune()), budget.On(new L1Sparse(Alpha: 1e-4)), random, budget.On(new GradientAscent()), new SaliencyMask(random),
        budget.On(new BoundaryShrink()), budget.On(new BoundaryExpand()), budget.On(new NegGradPlus()), budget.On(new Scrub()), budget.On(new BadTeacher()),
        budget.InSteps(new SFRon()), new InfluenceUnlearning(Alpha: 3e-4), new InfluenceUnlearning(Alpha: 1, InfluenceInverse.PublishedRecursion),
        new SelectiveSynapticDampening(), new ClosedFormBridge(),
        new BiasShift(), new Reweighted(budget.On(new FineTune())), new Reweighted(random), new GradientRatio(), budget.On(new InfluenceAscent()),
    ];
}
