using FaLW.Experiments;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>The methods of the main study at each scale, before a search decides their learning rates; until then the examples of SalUn's code.</summary>
internal static class MainMethods
{
    /// <summary>FT, RL, GA, SalUn, FaLW.</summary>
    public static IReadOnlyList<Method> At(Scale scale)
    {
        var (budget, plain) = (Budget.At(scale), new UniformWeighting());
        return
        [
            new(budget.On(new FineTune()), plain),
            new(budget.On(new RandomLabel()), plain),
            new(budget.On(new GradientAscent()), plain),
            new(new SaliencyMask(budget.On(new RandomLabel())), plain),
            new(budget.On(new RandomLabel()), new ForgettingAwareWeighting(Tau: 0.15)),
        ];
    }
}
