using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>The imbalance sweep: what becomes of methods as the request grows steeper. The noise floor is a line of its own.</summary>
public static class SweepPlot
{
    /// <summary>Average Gap over γ, one line per method, with 95 % t-intervals where there are several seeds.</summary>
    /// <param name="results">Results of <see cref="Study.Sweep"/>, or any of several γ.</param>
    public static Figure Gap(IReadOnlyList<RunResult> results) => AgainstPlot.Of(WithNoise(results), Knob.Gamma.Of, x: Knob.Gamma.Name);

    /// <summary>Forget accuracy minus Retrain's over γ, in points: above zero a method forgets too little, below it too much.</summary>
    /// <param name="results">Results of several γ.</param>
    public static Figure ForgetAccuracy(IReadOnlyList<RunResult> results) =>
        VariedPanels.Signed(AgainstPlot.Of(WithNoise(results), Knob.Gamma.Of, Over, new Axis("Forget accuracy minus Retrain's", "points"), x: Knob.Gamma.Name));

    /// <summary>The same for head, middle and tail classes.</summary>
    /// <param name="results">Results of several γ.</param>
    /// <param name="by">In forget accuracy, the paper's ΔFA, or in true-class probability.</param>
    public static Figure Groups(IReadOnlyList<RunResult> results, DeviationBy by = DeviationBy.ForgetAccuracy) => VariedPanels.Groups(WithNoise(results), Knob.Gamma, by);

    internal static double Over(RunResult run) => run.Unlearned.ForgetAccuracy - run.Retrain.ForgetAccuracy;

    private static RunResult[] WithNoise(IReadOnlyList<RunResult> results) => [.. results, .. MethodRuns.Noise(results).SelectMany(noise => noise.Runs)];
}

/// <summary>FaLW over the exponent τ of its balance factor; τ = 0 is FaLW without the factor.</summary>
public static class BalancePlot
{
    /// <summary>Average Gap over τ.</summary>
    /// <param name="results">Results of <see cref="Study.Balance"/>, or any of several τ.</param>
    public static Figure Gap(IReadOnlyList<RunResult> results) => AgainstPlot.Of(Joined(results), Knob.Tau.Of, x: Knob.Tau.Name);

    /// <summary>Deviation of head, middle and tail classes over τ, in points.</summary>
    /// <param name="results">Results of several τ.</param>
    /// <param name="by">In forget accuracy, the paper's ΔFA, or in true-class probability.</param>
    public static Figure Groups(IReadOnlyList<RunResult> results, DeviationBy by = DeviationBy.ForgetAccuracy) => VariedPanels.Groups(Joined(results), Knob.Tau, by);

    // FaLW without the factor belongs to the curve: it is τ = 0.
    private static IReadOnlyList<RunResult> Joined(IReadOnlyList<RunResult> results) => Knob.Tau.Varied(results) is { Count: > 0 } joined ? joined : results;
}

/// <summary>Panels of one figure over one setting.</summary>
internal static class VariedPanels
{
    public static Figure Groups(IReadOnlyList<RunResult> results, Knob knob, DeviationBy by)
    {
        (string, Figure) Part(string name, Func<ClassGroups, ValueList<int>> of) => (name, Signed(AgainstPlot.Of(
            results, knob.Of, run => Measures.Deviation(run, of(run.Groups), by), new Axis(by == DeviationBy.ForgetAccuracy ? "ΔFA" : "deviation", "points"), x: knob.Name)));
        return Beside($"{(by == DeviationBy.ForgetAccuracy ? "Forget accuracy minus Retrain's" : "Deviation from Retrain")}, head to tail, against {knob.Name}", shareY: true,
            Part("head", groups => groups.Head), Part("middle", groups => groups.Middle), Part("tail", groups => groups.Tail));
    }

    public static Figure Beside(string title, bool shareY, params (string Title, Figure Figure)[] parts) => parts[0].Figure with
    {
        Title = title,
        Panels = [.. parts.Select(part => part.Figure.Panels[0] with { Title = part.Title })],
        Columns = parts.Length,
        ShareX = true,
        ShareY = shareY,
    };

    public static Figure Signed(Figure figure) => figure.Annotate(new ReferenceLine(0, "Retrain"));
}
