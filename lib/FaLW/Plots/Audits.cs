using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Studies;

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

    public double Null(AuditResult result) => Chance ?? Of(result, result.Retrain);

    /// <summary>What passes for nothing: all that Retrain itself reads, chance, and what chance does to a single reading.</summary>
    public (double Low, double High) Nothing(AuditResult result)
    {
        var slack = Quantile * Error(result.Retrain);
        double[] all = [.. Values(result, result.Retrain), Null(result) - slack, Null(result) + slack];
        return (all.Min(), all.Max());
    }

    public bool Passes(AuditResult result, AuditRow row) => Nothing(result) is var (low, high) && Of(result, row) is var reading && reading >= low && reading <= high;
}

/// <summary>Every audit of every model: the two controls, what an audit reads where there is nothing to find, then the methods.</summary>
public static class AuditTable
{
    /// <summary>One row per model, one column per audit; marked is what passes for nothing found.</summary>
    public static Table Of(AuditResult result) => Table.Of<(string Title, AuditRow? Row)>($"Audits: {Setting.Of(result.Spec.Experiments[0]).Words}",
        [("Original (to be found)", result.Original), ("Retrain (nothing to find)", result.Retrain), ("null level", null), .. result.Rows.Skip(2).Select(row => (row.Title, row))],
        [
            new("Model", model => model.Title),
            new("forget accuracy", model => model.Row?.ForgetAccuracy.Average() ?? double.NaN, "%", 1) { Meaning = "Share of the forget set classified correctly; mean over seeds." },
            .. AuditMeasure.All.Select(audit => new Column<(string Title, AuditRow? Row)>(
                audit.Short, model => model.Row is { } row ? Cell.Of(audit.Of(result, row)) with { Best = audit.Passes(result, row) } : audit.Null(result), audit.Unit, audit.Decimals) { Meaning = audit.Meaning }),
        ],
        model => model.Row is null,
        Invariant($"Marked: passes for nothing found, that is, lies within what Retrain itself reads over its seeds. {result.Spec.Models} models of each kind, {result.Spec.Shadows} shadows with {result.Spec.Draws} forget sets each, {result.Spec.Repeats} repeats of the last four."));
}

/// <summary>Every audit at a glance: one panel each, one row per model, a point per seed, and where there is nothing to find.</summary>
public static class AuditPlot
{
    // The two that say the same as a neighbour, with more noise, stay in the table.
    private static readonly string[] InTableOnly = ["U-LiRA at 1 %", "Margins, normal KL"];

    /// <summary>The figure of one job.</summary>
    public static Figure Of(AuditResult result) => new(
        "What every audit finds, and where there is nothing to find", [.. AuditMeasure.All.Where(audit => !InTableOnly.Contains(audit.Name, StringComparer.Ordinal)).Select(audit => Panel(result, audit))])
    {
        Subtitle = Setting.Of(result.Spec.Experiments[0]).Words,
        Note = "Dashed: the null level. Shaded: what Retrain itself reads over its seeds. Small points: single seeds or cuts; large: their mean.",
        Columns = 3,
        ShareY = true,
        Legend = false,
        Height = 720,
    };

    private static Panel Panel(AuditResult result, AuditMeasure audit)
    {
        var (low, high) = audit.Nothing(result);
        return new Panel(new Axis(audit.Unit.Length == 0 ? "1 is most alike" : audit.Unit) { Low = audit.FromZero ? 0 : null }, Axis.Of("", result.Rows.Select(row => row.Title)),
            [.. result.Rows.SelectMany((row, i) => Marks(result, audit, row, i))])
        {
            Title = audit.Name,
            Annotations = [new Zone(low, high, ""), new ReferenceLine(audit.Null(result), Upright: true)],
        };
    }

    private static IEnumerable<Trace> Marks(AuditResult result, AuditMeasure audit, AuditRow row, int place)
    {
        var values = audit.Values(result, row);
        if (values.Count > 1) yield return new Points(row.Title, values, values.Select(_ => (double)place)) { Radius = 2.5, Opacity = 0.35 };
        yield return new Points(row.Title, [audit.Of(result, row)], [place]) { Radius = 5.5 };
    }
}

/// <summary>How forgotten images come back when models are trained on: with the forget set, and without it.</summary>
public static class RelearnPlot
{
    /// <summary>Two panels, one curve per model, mean over repeats.</summary>
    public static Figure Of(AuditResult result) => new("What comes back when a model is trained on",
        [
            Panel(result, "with the forget set; dashed: known again", row => row.OnForget, result.Bars.Average()),
            Panel(result, "with the retain set alone; dashed: Retrain, as it came", row => row.OnRetain, result.Retrain.ForgetAccuracy.Average()),
        ])
    {
        Subtitle = Setting.Of(result.Spec.Experiments[0]).Words,
        Note = Invariant($"Constant learning rate {result.Spec.Relearn.LearningRate}, batches of {result.Spec.Relearn.BatchSize}; mean over {result.Spec.Repeats} seeds."),
        Columns = 2,
        ShareY = true,
        Height = 460,
    };

    private static Panel Panel(AuditResult result, string title, Func<AuditRow, IReadOnlyList<RelearnCurve>> curves, double line) => new(
        Axis.Whole("optimizer steps"), new Axis("accuracy on the forget set", "%") { High = 104 },
        [
            .. from row in result.Rows
               let points = curves(row)[0].Points
               select new Line(row.Title, points.Select(point => (double)point.Step), points.Select((_, i) => curves(row).Average(curve => curve.Points[i].Accuracy))) { Dash = row.Title == "Retrain" ? Dash.Dashed : Dash.Solid },
        ])
    { Title = title, Annotations = [new ReferenceLine(line)] };
}

/// <summary>How much of a distance of margins is the number of models: Retrain against Retrain and Original against Retrain, with more and more of them.</summary>
public static class NullLevelPlot
{
    /// <summary>One panel per way to measure the distance.</summary>
    public static Figure Of(AuditResult result) => new("What nothing looks like, and how many models it takes",
        [Panel(result, "KLoM", "nats", gap => gap.Binned), Panel(result, "normal KL", "nats", gap => gap.Gaussian), Panel(result, "Wasserstein-1", "σ", gap => gap.Scaled)])
    {
        Subtitle = Setting.Of(result.Spec.Experiments[0]).Words,
        Note = "Retrain against other Retrains is the null level. Only what lies clearly above it was found by the audit and not by chance.",
        Columns = 3,
        Height = 420,
    };

    private static Panel Panel(AuditResult result, string title, string unit, Func<MarginGap, double> of)
    {
        Line Curve(string name, Func<NullLevel, MarginGap> side) => new(name, result.Levels.Select(level => (double)level.Models), result.Levels.Select(level => of(side(level)))) { Marker = Marker.Circle };
        return new Panel(Axis.Whole("models on each side"), new Axis("distance", unit) { Low = 0 },
            [Curve("Original", level => level.Everything), Curve("Retrain", level => level.Nothing) with { Dash = Dash.Dashed }])
        { Title = title };
    }
}
