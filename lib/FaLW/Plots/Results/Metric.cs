using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>A metric of the papers: short name, full name, definition, how to read it, and where its number is.</summary>
internal sealed record Metric(string Short, string Name, string Definition, Func<Scores, double> Of)
{
    public static readonly IReadOnlyList<Metric> All =
    [
        new("FA", "Forget accuracy", "Share of the forget set that the model classifies correctly. It is to match Retrain's, which is not zero: images like those forgotten are still recognised.", s => s.ForgetAccuracy),
        new("RA", "Retain accuracy", "Share of the retain set that the model classifies correctly. It is to match Retrain's, usually near 100 %.", s => s.RetainAccuracy),
        new("TA", "Test accuracy", "Share of the test set, never used for training or tuning, that the model classifies correctly. It is to match Retrain's.", s => s.TestAccuracy),
        new("MIA", "Membership inference", "Share of the forget set that an attack (a support vector classifier on the true-class probability, as in SalUn) takes for never trained on. It is to match Retrain's; above it is not better.", s => s.MembershipInference),
    ];

    /// <summary>Every column of the results table with its meaning.</summary>
    public static IEnumerable<(string Name, string Meaning)> Meanings =>
    [
        .. All.Select(m => ($"{m.Name} ({m.Short})", m.Definition)), ("Average Gap", GapDefinition), ("Mean |deviation|", DeviationDefinition),
        ("Class-balanced FA gap", BalancedDefinition), (RetrainControl.Title, RetrainControl.Meaning), ("Steps", StepsDefinition), ("Time", TimeDefinition), ("Peak memory", MemoryDefinition),
    ];

    public const string GapDefinition = "Mean of the four absolute distances to Retrain, paired by seed. 0 is Retrain itself. It hides direction and class: read it beside the deviation.";
    public const string DeviationDefinition = "Mean over the forget set of |p(true class) under the method − under Retrain|, in points. 0 is Retrain itself; every image counts once.";
    public const string BalancedDefinition = "Mean over classes of |forget accuracy − Retrain's|, in points: a tail class with few forgotten images counts as much as a head class.";
    public const string StepsDefinition = "Optimizer steps the method took. Methods are given equal epochs, each over the set it trains on, which is not the same number of steps.";
    public const string TimeDefinition = "Wall-clock seconds of the whole call, masks and profiles included, measured when it was computed.";
    public const string MemoryDefinition = "The most memory the process held during that call: resident set, runtime and images included, a GPU's memory left out; over several seeds the largest.";
}
