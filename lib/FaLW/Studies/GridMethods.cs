using FaLW.Experiments;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>
/// Every method alone, FT and RL also with a reweighted retain set, and the weightings on the methods that can carry one. A pair that makes no sense (<see cref="Pairing"/>) is left
/// out. Weights that have no mean of 1 as published (SatImp, WGA, NPO) are divided by the mean of
/// their batch, since they run at the rate of the method alone. Settings that no search decides are each method's own; what has no published default is ours and stands here.
/// </summary>
internal static class GridMethods
{
    /// <summary>The methods at a scale, before a search decides their one free setting.</summary>
    public static IReadOnlyList<Method> At(Scale scale)
    {
        var budget = Budget.At(scale);
        var random = budget.On(new RandomLabel());
        Unlearner[] carriers = [random, new SaliencyMask(random), budget.On(new GradientAscent())];
        var pairs = Alone(budget, random).Select(method => new Method(method, new UniformWeighting()))
            .Concat(from method in carriers from weighting in OnAll select new Method(method, weighting))
            .Concat(OnRandomLabels.Select(weighting => new Method(random, weighting)));
        return [.. pairs.Where(pair => Pairing.Objection(pair.Unlearner, pair.Weighting) is null)];
    }

    /// <summary>The same five weightings, none included, on three methods with a forget loss.</summary>
    public static IReadOnlyList<Method> Crossed(Scale scale)
    {
        var budget = Budget.At(scale);
        var random = budget.On(new RandomLabel());
        Unlearner[] carriers = [random, new SaliencyMask(random), budget.On(new GradientAscent())];
        LossWeighting[] weightings =
            [new UniformWeighting(), new ClassBalancedWeighting(), new LossBasedWeighting(Temperature: 1), new SoftWeighting(), new ForgettingAwareWeighting(Tau: 0.15)];
        return [.. from method in carriers from weighting in weightings select new Method(method, weighting)];
    }

    /// <summary>RL, and FaLW with the whole profile in every step and with a slice of it, small enough to be a slice at that scale.</summary>
    public static IReadOnlyList<Method> Renewed(Scale scale)
    {
        var (random, falw) = (Budget.At(scale).On(new RandomLabel()), new ForgettingAwareWeighting(Tau: 0.15));
        return [new(random, new UniformWeighting()), new(random, falw), new(random, falw with { Slice = scale.Name is "smoke" or "class" ? 16 : 64 })];
    }

    private static LossWeighting[] OnAll =>
        [new ClassBalancedWeighting(), new LossBasedWeighting(Temperature: 1), new SaturationImportanceWeighting { Normalised = true }, new ForgettingAwareWeighting(Tau: 0.15)];

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
