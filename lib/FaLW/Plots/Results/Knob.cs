using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Weighting;

namespace FaLW.Plots;

/// <summary>A setting that studies vary on purpose.</summary>
/// <param name="Name">Its name on an axis.</param>
/// <param name="Of">Its value; NaN for a run that has none.</param>
/// <param name="Log">Whether its values lie apart by factors.</param>
internal sealed record Knob(string Name, Func<RunResult, double> Of, bool Log = false)
{
    private Func<ForgettingAwareWeighting, ExperimentSpec, ForgettingAwareWeighting>? Joined { get; init; }

    // Fewer values are rows of a table, not a curve.
    private const int Curve = 3;

    public static Knob Gamma { get; } = new("γ", run => run.Spec.Data.Forget.Gamma);

    public static Knob Cap { get; } = new("cap", run => run.Spec.Data.Forget.Cap);

    /// <summary>Without the factor it is the factor's exponent 0: the same weight.</summary>
    public static Knob Tau { get; } = OfFaLW("τ", (falw, _) => falw.Balance ? falw.Tau : 0) with
    {
        Joined = (falw, _) => falw is { Balance: false, Eta: null } ? falw with { Balance = true, Tau = 0 } : falw,
    };

    private static IReadOnlyList<Knob> OfWeightings { get; } =
    [
        Tau,
        OfFaLW("steps between two profiles", (falw, _) => falw.RefreshEvery) with { Log = true },
        OfFaLW("unseen images asked in a step", (falw, spec) => falw.Slice > 0 ? falw.Slice : spec.Data.UnseenPerClass * spec.Data.Classes) with
        {
            Log = true,
            Joined = (falw, spec) => falw.Slice > 0 ? falw : falw with { Slice = (int)(spec.Data.UnseenPerClass * spec.Data.Classes) },
        },
        OfFaLW("unseen images of a class", (falw, spec) => falw.UnseenPerClass > 0 ? falw.UnseenPerClass : spec.Data.UnseenPerClass) with { Log = true },
        OfFaLW("α : β", (falw, _) => falw.Alpha ?? 1) with { Log = true },
    ];

    public static IReadOnlyList<Knob> All { get; } = [Gamma, Cap, .. OfWeightings];

    /// <summary>The runs that differ in this setting and in no other of a weighting, and those without any; none where it has too few values for a curve.</summary>
    public IReadOnlyList<RunResult> Varied(IReadOnlyList<RunResult> results)
    {
        var methods = results.Where(run => OfWeightings.All(other => other == this || double.IsNaN(other.Of(run)) || other.Of(run).Equals(Usual(other, results))))
            .Select(Join).GroupBy(run => run.Title, StringComparer.Ordinal).Select(method => (Runs: method, Values: method.Select(Of).Distinct().ToArray())).ToArray();
        return methods.Any(method => method.Values.Length >= Curve) ? [.. methods.Where(method => method.Values.Length > 1 || double.IsNaN(method.Values[0])).SelectMany(method => method.Runs)] : [];
    }

    // What another name has for the same thing belongs to the curve: FaLW without the factor is FaLW with exponent 0.
    private RunResult Join(RunResult run) => Joined is { } joined && run.Spec.Weighting is ForgettingAwareWeighting falw
        ? run with { Spec = run.Spec with { Weighting = joined(falw, run.Spec) } } : run;

    private static double Usual(Knob knob, IReadOnlyList<RunResult> results) =>
        results.Select(knob.Of).Where(value => !double.IsNaN(value)).GroupBy(value => value).MaxBy(group => group.Count())!.Key;

    private static Knob OfFaLW(string name, Func<ForgettingAwareWeighting, ExperimentSpec, double> of) =>
        new(name, run => run.Spec.Weighting is ForgettingAwareWeighting falw ? of(falw, run.Spec) : double.NaN);
}
