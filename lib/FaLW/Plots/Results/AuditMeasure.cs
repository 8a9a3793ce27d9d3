using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>
/// One audit as a number: what it reads of a model, and what it reads where there is nothing to find. <paramref name="Chance"/> is that level
/// where theory knows it; elsewhere it is Retrain's own reading.
/// </summary>
internal sealed record AuditMeasure(
    string Name, string Short, string Unit, int Decimals, string Meaning, Func<AuditResult, AuditRow, IReadOnlyList<double>> Values, double? Chance = null)
{
    // 1.96 standard errors: one reading in twenty of a model without memory is further from chance.
    private const double Quantile = 1.96;

    /// <summary>Whether it is a distance, which ends at zero but hardly ever reads it: a reader must see how far zero is.</summary>
    public bool FromZero => Unit is "points" or "σ" or "nats";

    /// <summary>Standard error of a single reading at chance; 0 where Retrain's own spread says it.</summary>
    public Func<AuditRow, double> Error { get; init; } = _ => 0;

    public static IReadOnlyList<AuditMeasure> All { get; } =
    [
        new("RMIA", "RMIA", "area", 2, "Area under the curve of RMIA, forget samples against test images of their class; mean over seeds. 0.5 is chance.",
            (_, row) => [.. row.RelativeMembership.Select(curve => curve.Area)], 0.5),
        new("U-LiRA", "U-LiRA", "area", 2, "Area under the curve of U-LiRA, forgotten against never seen, every sample judged by fits of its own. 0.5 is chance.",
            (_, row) => [row.LikelihoodRatio.Curve.Area], 0.5) { Error = row => Math.Sqrt((2.0 * row.LikelihoodRatio.Targets + 1) / 12) / row.LikelihoodRatio.Targets },
        new("U-LiRA at 1 %", "at 1 %", "%", 1, "How many forgotten samples U-LiRA finds when it may accuse 1 % of those never seen.",
            (_, row) => [100 * row.LikelihoodRatio.Curve.AtOnePercent], 1) { Error = row => 100 * Math.Sqrt(0.01 * 0.99 / row.LikelihoodRatio.Targets) },
        new("Deviation", "deviation", "points", 1, "Mean over forget samples of the distance of their probability from that under a Retrain of another seed. Retrain's own is what another seed alone does.",
            (_, row) => row.Deviation),
        new("Margins, W1", "W1", "σ", 2, "Wasserstein-1 of a sample's margins from those under Retrains, in Retrain's standard deviations; mean over forget samples.",
            (_, row) => [.. row.Margins.Select(gap => gap.Scaled)]),
        new("Margins, normal KL", "normal KL", "nats", 2, "KL of normal distributions fitted to a sample's margins; median over forget samples.",
            (_, row) => [.. row.Margins.Select(gap => gap.Gaussian)]),
        new("Margins, KLoM", "KLoM", "nats", 2, "KL of histograms of a sample's margins (KLoM); mean over forget samples. Below 50 models a side it is mostly noise.",
            (_, row) => [.. row.Margins.Select(gap => gap.Binned)]),
        new("Relearn time", "relearn", "steps", 1, "Steps on the forget set until 95 % of Original's forget accuracy is back. Fewer than Retrain's: knowledge was left.",
            (result, row) => row.StepsTo(result.Bars)),
        new("Retain-only recovery", "recovery", "%", 1, "Forget accuracy after training on with the retain set alone. Above Retrain's: knowledge was only hidden.",
            (_, row) => row.Recovered),
        new("Interclass confusion", "confusion", "%", 1, "Test images of two classes that are taken for the other, after training with exchanged labels and forgetting the images so marked.",
            (_, row) => row.Confusion),
        new("ZRF", "ZRF", "", 3, "1 minus the Jensen-Shannon divergence from untrained networks on the forget set. Retrain's is the aim, not 1.",
            (_, row) => row.ZeroRetrain),
    ];

    /// <summary>The reading: a mean over seeds or cuts; NaN where one of them has none.</summary>
    public double Of(AuditResult result, AuditRow row) => Values(result, row).Average();

    /// <summary>What it reads where there is nothing to find.</summary>
    public double Null(AuditResult result) => Chance ?? Of(result, result.Retrain);

    /// <summary>What passes for nothing: all that Retrain itself reads, chance, and what chance does to a single reading.</summary>
    public (double Low, double High) Nothing(AuditResult result)
    {
        var slack = Quantile * Error(result.Retrain);
        double[] all = [.. Values(result, result.Retrain), Null(result) - slack, Null(result) + slack];
        return (all.Min(), all.Max());
    }

    /// <summary>Whether the reading passes for nothing.</summary>
    public bool Passes(AuditResult result, AuditRow row)
    {
        var (low, high) = Nothing(result);
        return Of(result, row) is var reading && reading >= low && reading <= high;
    }
}
