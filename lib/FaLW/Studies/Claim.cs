using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>What kind of statement a claim is, which decides what a verdict of it may say.</summary>
public enum ClaimKind
{
    /// <summary>One method minus another, or one method with and without a part: a sign, and where it was printed a size.</summary>
    Difference,

    /// <summary>Several signs that must hold together: a crossing, a pattern, "nearest of all".</summary>
    Shape,

    /// <summary>One printed number.</summary>
    Number,
}

/// <summary>Whether FaLW's weight rides on a method.</summary>
public enum FaLWWeight
{
    /// <summary>Every forget sample weighs alike.</summary>
    None,

    /// <summary>Eq. 7, with the balance factor.</summary>
    Balanced,

    /// <summary>Eq. 5: the balance factor is off.</summary>
    Unbalanced,
}

/// <summary>Where in the paper: its image set and imbalance. Share, network and training follow from <see cref="Protocol"/>.</summary>
/// <param name="Data">Name of the image set.</param>
/// <param name="Gamma">Imbalance.</param>
public sealed record PaperSetting(string Data, double Gamma)
{
    /// <summary>The paper's spec, before a scale rewrites it.</summary>
    /// <exception cref="Fault">The protocol has no such image set.</exception>
    public ExperimentSpec Spec => new[] { Protocol.Cifar10, Protocol.Cifar100, Protocol.TinyImageNet }.FirstOrDefault(spec => spec.Data.Benchmark.Name == Data) is { } known
        ? known with { Data = known.Data with { Forget = known.Data.Forget with { Gamma = Gamma } } }
        : throw new Fault($"The paper has no setting with {Data}; name CIFAR-10, CIFAR-100 or Tiny-ImageNet.");

    /// <summary>"CIFAR-100, γ 1/2".</summary>
    public override string ToString() => $"{Data}, γ {Fraction(Gamma)}";

    /// <summary>A gamma as the paper writes it: "1/3", "3/2", "2".</summary>
    /// <param name="gamma">Any gamma.</param>
    public static string Fraction(double gamma) =>
        new[] { 1, 2, 3, 4 }.Where(under => gamma * under == Math.Round(gamma * under))
            .Select(under => under == 1 ? FormattableString.Invariant($"{gamma}") : FormattableString.Invariant($"{gamma * under}/{under}"))
            .FirstOrDefault(FormattableString.Invariant($"{gamma:0.###}"));
}

/// <summary>A method as the paper names it.</summary>
/// <param name="Host">Title of the unlearner: "RL", "SalUn", ...</param>
/// <param name="Weight">Whether it carries FaLW's weight.</param>
public sealed record Subject(string Host, FaLWWeight Weight = FaLWWeight.None)
{
    /// <summary>FaLW itself.</summary>
    public static Subject FaLW { get; } = new("RL", FaLWWeight.Balanced);

    /// <summary>The method of a published number.</summary>
    /// <param name="method">Its name in the paper.</param>
    /// <param name="balance">False for FaLW without the balance factor.</param>
    public static Subject Of(string method, bool? balance = null) => method != "FaLW" ? new(method) : balance == false ? FaLW with { Weight = FaLWWeight.Unbalanced } : FaLW;

    /// <summary>"FaLW", "FaLW, factor off", "SalUn", "SalUn + FaLW's weight".</summary>
    public override string ToString() => (Host, Weight) switch
    {
        (_, FaLWWeight.None) => Host,
        ("RL", FaLWWeight.Balanced) => "FaLW",
        ("RL", _) => "FaLW, factor off",
        (_, var weight) => $"{Host} + FaLW's weight{(weight == FaLWWeight.Unbalanced ? ", factor off" : "")}",
    };

    /// <summary>How far a method is from this one: 0 is it, 1 is it with a profile kept in another way (rolling, or refreshed seldom); null is another method.</summary>
    internal int? Distance(Method method)
    {
        if (method.Unlearner.Title != Host) return null;
        if (Weight == FaLWWeight.None) return method.Weighting is UniformWeighting ? 0 : null;
        if (method.Weighting is not ForgettingAwareWeighting weighting) return null;
        var whole = weighting with { Slice = 0, RefreshEvery = 1 };
        var isMeant = Weight == FaLWWeight.Balanced ? whole == Protocol.FaLW.Weighting
            : whole == new ForgettingAwareWeighting(weighting.Tau, Balance: false) || whole == new ForgettingAwareWeighting(Tau: 0);
        return isMeant ? weighting == whole ? 0 : 1 : null;
    }
}

/// <summary>A number of one run, in points, with the distance that counts as none.</summary>
/// <param name="Name">As tables call it.</param>
/// <param name="Margin">Equivalence margin, ours, in points.</param>
/// <param name="Of">The number of a run; NaN where it has none.</param>
public sealed record Measure(string Name, double Margin, Func<RunResult, double> Of)
{
    // Just below the smallest advantage that the paper reports of one method over another (sweep, gamma 1/2: 0.26): a wider margin would pass anything.
    private const double Gap = 0.25;

    // Half of the smallest change that the paper reports of the balance factor (1.85).
    private const double Accuracy = 0.9;

    /// <summary>Mean of the four absolute distances to Retrain.</summary>
    public static Measure AverageGap { get; } = new("Average Gap", Gap, run => run.AverageGap);

    /// <summary>Forget accuracy minus Retrain's; negative is over-forgotten.</summary>
    public static Measure Forget { get; } = new("ΔFA", Accuracy, run => run.Unlearned.ForgetAccuracy - run.Retrain.ForgetAccuracy);

    /// <summary>The same over head classes.</summary>
    public static Measure Head { get; } = new("Δ Head FA", Accuracy, run => Group(run, 0));

    /// <summary>The same over middle classes.</summary>
    public static Measure Middle { get; } = new("Δ Mid FA", Accuracy, run => Group(run, 1));

    /// <summary>The same over tail classes.</summary>
    public static Measure Tail { get; } = new("Δ Tail FA", Accuracy, run => Group(run, 2));

    /// <summary>
    /// How much farther the tail is from Retrain than the head, by |ΔFA|, beyond what two Retrains show of it: few samples lie farther off by chance
    /// alone. NaN without a Retrain of another seed.
    /// </summary>
    public static Measure TailExcess { get; } = new("|Δ Tail FA| − |Δ Head FA| beyond noise", Accuracy, run => run.NoiseFloor() is { } noise ? Skew(run) - Skew(noise) : double.NaN);

    private static double Skew(RunResult run) => Math.Abs(Group(run, 2)) - Math.Abs(Group(run, 0));

    private static double Group(RunResult run, int place) => GroupAccuracy.Of(run.UnlearnedClasses, run.RetrainClasses, run.Groups)[place].Delta;
}

/// <summary>One signed quantity of a claim, measured seed by seed.</summary>
/// <param name="Name">What it is called within its claim.</param>
/// <param name="Setting">Where.</param>
/// <param name="Of">The method.</param>
/// <param name="Minus">The method that is taken off, on the same seed; null for a measure by itself.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Sign">The paper's sign, -1 or 1; 0 for a number that claims none.</param>
/// <param name="Published">The paper's size; NaN where only the sign is known.</param>
/// <param name="Margin">Distance from the published size that counts as none.</param>
public sealed record Part(string Name, PaperSetting Setting, Subject Of, Subject? Minus, Measure Measure, int Sign, double Published, double Margin)
{
    /// <summary>Parts whose mean over the seeds that all of them have is the quantity, in the place of this part's own; empty for none.</summary>
    public ValueList<Part> MeanOf { get; init; } = [];
}

/// <summary>One statement of the paper that results of this kit can be held against.</summary>
/// <param name="Table">The table or figure it stands in.</param>
/// <param name="Kind">What kind of statement.</param>
/// <param name="Where">The paper's setting in words.</param>
/// <param name="Text">The statement.</param>
/// <param name="Studies">Studies that answer it, in the order they are asked; the first is the one to run.</param>
/// <param name="Parts">What is measured. Of a number: itself, and the difference that stands for it where the scale is not the paper's.</param>
/// <param name="Flags">Marks of remarks on the published numbers.</param>
public sealed record Claim(string Table, ClaimKind Kind, string Where, string Text, ValueList<string> Studies, ValueList<Part> Parts, string Flags = "");
