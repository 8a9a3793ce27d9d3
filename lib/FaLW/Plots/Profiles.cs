using FaLW.Figures;
using FaLW.Metrics;
using FaLW.Studies;
using FaLW.Weighting;
using MathNet.Numerics.Statistics;

namespace FaLW.Plots;

/// <summary>The three ways to count a distance, each with one name and one colour in every figure.</summary>
internal static class SpreadNames
{
    public static string Of(Spread spread) => spread switch
    {
        Spread.GaussianOfLogit => "normal in logit p",
        Spread.Quantile => "rank",
        _ => "normal in p",
    };

    public static Paint PaintOf(Spread spread) => Palette.Series[(int)spread];

    /// <summary>The most forgotten class, the one in the middle, the least forgotten.</summary>
    public static int[] Exemplars(ProfileView view) => [view.HeadToTail[0], view.HeadToTail[view.HeadToTail.Count / 2], view.HeadToTail[^1]];

    /// <summary>A class by its place in the request: "head: apple".</summary>
    public static string ClassName(ProfileView view, int label) => $"{view.Groups.NameOf(label).ToLowerInvariant()}: {view.Spec.Data.Benchmark.ClassName(label)}";
}

/// <summary>How unseen images of a class lie, and the normal law that a weighting puts in their place: for the probability of the true class and for its logit.</summary>
public static class UnseenLawPlot
{
    private const int Bins = 20, Steps = 100;
    private const double Beside = 0.3;

    // Words stand above the bars.
    private const double HeadRoom = 1.25;

    /// <summary>Two rows of three panels: head, middle and tail, one class each.</summary>
    public static Figure Of(ProfileView view)
    {
        var classes = SpreadNames.Exemplars(view);
        double[] odds = [.. classes.SelectMany(label => view.UnseenOf(label)).Select(image => image.LogOdds)];
        var (low, high) = (odds.Min(), odds.Max());
        return new Figure($"Unseen images under {view.Model}, and the normal law in their place",
            [.. classes.Select(label => Panel(view, label, Spread.Gaussian, 0, 1)), .. classes.Select(label => Panel(view, label, Spread.GaussianOfLogit, low, high))])
        {
            Subtitle = Setting.Of(view.Spec).Words,
            Note = "Bars: images no model was trained on. Lines: the normal law with their mean and deviation, as many images. Shaded: where a probability can be. D: Kolmogorov-Smirnov distance of the two.",
            Columns = 3,
            Height = 620,
        };
    }

    private static Panel Panel(ProfileView view, int label, Spread spread, double low, double high)
    {
        var isLogit = spread == Spread.GaussianOfLogit;
        double[] values = [.. view.UnseenOf(label).Select(image => isLogit ? image.LogOdds : image.Probability)];
        var fit = NormalFit.Of(values);
        var (from, to, bin) = (low - Beside * (high - low), high + Beside * (high - low), (high - low) / Bins);
        double[] places = [.. Enumerable.Range(0, Steps + 1).Select(i => from + (to - from) * i / Steps)];
        var bars = Bars.Histogram("unseen images", values, Bins, low, high) with { Paint = Palette.Muted };
        var words = Invariant($"D = {fit.Distance:F2}{(isLogit ? "" : Invariant($"; {100 * fit.Outside(0, 1):F0} % of the law outside"))}");
        return new Panel(
            new Axis(isLogit ? "logit of p" : "p of the true class") { Low = from, High = to }, new Axis("images") { Low = 0, High = HeadRoom * bars.Y.Max() },
            [bars, new Line(SpreadNames.Of(spread), places, places.Select(x => values.Length * bin * fit.Density(x))) { Paint = SpreadNames.PaintOf(spread) }])
        {
            Title = isLogit ? "" : Invariant($"{SpreadNames.ClassName(view, label)}, {view.ForgetCounts[label]} forgotten"),
            Annotations = isLogit ? [Panels.Corner(0.03, 0.9, words) with { Halo = false }] : [new Zone(0, 1, ""), Panels.Corner(0.03, 0.9, words) with { Halo = false }],
        };
    }
}

/// <summary>Class by class, how far unseen images are from a normal law, in p and in its logit, beside what normal samples of that size show by chance.</summary>
public static class NormalityPlot
{
    // The names of the groups stand above the lines.
    private const double HeadRoom = 1.2;

    /// <summary>One panel per model.</summary>
    public static Figure Of(params ProfileView[] views)
    {
        var highest = views.Max(view => Fits(view, Spread.Gaussian).Concat(Fits(view, Spread.GaussianOfLogit)).Max(fit => fit.Distance));
        return new Figure("How far from normal? Class by class, and by chance", [.. views.Select(view => Panel(view, HeadRoom * highest))])
        {
            Subtitle = Setting.Of(views[0].Spec).Words,
            Note = "Kolmogorov-Smirnov distance to the fitted normal law. Chance: normal samples of that size, fitted in the same way (Lilliefors 1967), seeded simulation.",
            ShareY = true,
            Height = 420,
        };
    }

    private static Panel Panel(ProfileView view, double high)
    {
        double[] ranks = [.. view.HeadToTail.Select((_, i) => i + 1.0)];
        var level = Chance(view).Level();
        Line Found(Spread spread, Marker marker) =>
            new(SpreadNames.Of(spread), ranks, Fits(view, spread).Select(fit => fit.Distance)) { Paint = SpreadNames.PaintOf(spread), Marker = marker };
        return new Panel(Panels.Ranks, new Axis("distance D") { Low = 0, High = high },
            [
                Found(Spread.Gaussian, Marker.Circle), Found(Spread.GaussianOfLogit, Marker.Diamond),
                new Line("95 % of normal samples are below", [0.5, ranks.Length + 0.5], [level, level]) { Paint = Palette.Ink, Dash = Dash.Dashed, Width = 1.5 },
            ])
        {
            Title = $"Unseen images under {view.Model}",
            Annotations = [.. Panels.Zones(view.Groups)],
        };
    }

    /// <summary>The fits of all classes, most forgotten first.</summary>
    internal static IReadOnlyList<NormalFit> Fits(ProfileView view, Spread spread) =>
        [.. view.HeadToTail.Select(label => NormalFit.Of(view.UnseenOf(label).Select(image => spread == Spread.GaussianOfLogit ? image.LogOdds : image.Probability)))];

    /// <summary>Chance for the smallest class: the others' level is a little lower.</summary>
    internal static NormalNull Chance(ProfileView view) => NormalNull.Of(view.HeadToTail.Min(label => view.UnseenOf(label).Count()), seed: 0);
}

/// <summary>Is it normal? In numbers, over classes.</summary>
public static class NormalityTable
{
    /// <summary>One row per model and scale of the probability.</summary>
    public static Table Of(params ProfileView[] views) => Table.Of("Distance from a normal law, over classes",
        from view in views
        let level = NormalityPlot.Chance(view).Level()
        from spread in (Spread[])[Spread.Gaussian, Spread.GaussianOfLogit]
        select (view.Model, Spread: spread, Level: level, Fits: NormalityPlot.Fits(view, spread)),
        [
            new("Unseen images under", row => row.Model), new("law", row => SpreadNames.Of(row.Spread)), new("median D", row => row.Fits.Select(fit => fit.Distance).Median()),
            new("normal samples: 95 % below", row => row.Level), new("classes above", row => $"{row.Fits.Count(fit => fit.Distance > row.Level)} of {row.Fits.Count}"),
            new("mean skewness", row => row.Fits.Average(fit => fit.Skewness), "", 1) { Meaning = "0 for a normal law; negative: the long tail is on the left." },
            new("law outside 0 to 1", row => row.Spread == Spread.Gaussian ? 100 * row.Fits.Average(fit => fit.Outside(0, 1)) : 0, "%", 0)
                { Meaning = "Share of the fitted law at probabilities that do not exist, mean over classes." },
        ], note: Invariant($"Of {views[0].HeadToTail.Count} normal classes {0.05 * views[0].HeadToTail.Count:0.#} would lie above by chance."));
}

/// <summary>The weight of an image over the logit of its probability, under the three ways to count the distance; on the curves lie the images to forget.</summary>
public static class SpreadCurves
{
    private const int Steps = 140;
    private static readonly double Sure = Math.Log(0.99 / 0.01);

    /// <summary>One row of panels per model: head, middle and tail, one class each.</summary>
    public static Figure Of(params ProfileView[] views)
    {
        double[] odds = [.. from view in views from label in SpreadNames.Exemplars(view) from image in view.ForgetOf(label) select image.LogOdds];
        var (low, high) = (Math.Min(odds.Min(), -2) - 0.5, Math.Max(odds.Max(), 5) + 0.5);
        return new Figure("One image, three weights: Equation 7 under three laws", [.. from view in views from label in SpreadNames.Exemplars(view) select Panel(view, label, low, high)])
        {
            Subtitle = Setting.Of(views[0].Spec).Words,
            Note = "Curves: weight of an image with that probability, drawn over its logit. Points: the images to forget. Profile from all unseen images of the class.",
            Columns = 3,
            ShareX = true,
            ShareY = true,
            Height = 170 + 250 * views.Length,
        };
    }

    private static Panel Panel(ProfileView view, int label, double low, double high)
    {
        ClassOdds[] places = [.. Enumerable.Range(0, Steps + 1).Select(i => new ClassOdds(label, low + (high - low) * i / Steps))], forget = [.. view.ForgetOf(label)];
        IReadOnlyList<double> Weights(Spread spread, ClassOdds[] of) => view.Weights(new ForgettingAwareWeighting { Spread = spread }, of);
        return new Panel(
            new Axis("logit of p") { Low = low, High = high }, new Axis("weight w") { Low = 0, High = 2 },
            [
                .. SmallUnseenSet.Spreads.Select(spread => new Line(SpreadNames.Of(spread), places.Select(at => at.LogOdds), Weights(spread, places)) { Paint = SpreadNames.PaintOf(spread), Width = 1.75 }),
                .. SmallUnseenSet.Spreads.Select(spread => new Points(SpreadNames.Of(spread), forget.Select(image => image.LogOdds), Weights(spread, forget))
                    { Paint = SpreadNames.PaintOf(spread), InLegend = false, Radius = 3, Opacity = 0.3 }),
            ])
        {
            Title = $"{view.Model}, {SpreadNames.ClassName(view, label)}",
            Annotations =
            [
                new ReferenceLine(1), new ReferenceLine(0, Upright: true), new Note(0, 1.88, "p = 0.5 ") { Align = Align.Right }, new ReferenceLine(Sure, Upright: true), new Note(Sure, 0.12, " p = 0.99"),
                Panels.Corner(0.97, 0.3, Invariant($"at most {Weights(Spread.Gaussian, [places[^1]])[0]:F2}")) with { Align = Align.Right, Paint = SpreadNames.PaintOf(Spread.Gaussian) },
            ],
        };
    }
}

/// <summary>The weights of the images to forget under the three ways to count the distance.</summary>
public static class SpreadTable
{
    /// <summary>One row per model and way.</summary>
    public static Table Of(params ProfileView[] views) => Table.Of("The images to forget, weighed in three ways",
        from view in views from spread in SmallUnseenSet.Spreads select SpreadComparison.Of(view, spread),
        [
            new("Under", row => row.Model), new("distance counted by", row => SpreadNames.Of(row.Spread)),
            new("weight at p = 0", row => row.Lowest) { Meaning = "Mean over classes." }, new("weight at p = 1", row => row.Highest) { Meaning = "Mean over classes." }, new("mean weight", row => row.Mean),
            new("saturated", row => 100 * row.Saturated, "%", 0) { Meaning = "Images within 0.05 of the highest or the lowest weight of their class." },
            new("ρ with the paper's", row => row.Agreement) { Meaning = "Spearman correlation over all images to forget." }, new("mean |difference|", row => row.Distance),
        ], note: "Equation 7 with τ = 0.15. Saturated: within 0.05 of the highest or the lowest weight its class can have, where the weight no longer tells images apart.");
}

/// <summary>What a weighting does to images that are exactly as well known as unseen ones: it should do nothing, on average.</summary>
public static class CalibrationTable
{
    /// <summary>One row per model and way to count the distance.</summary>
    /// <param name="seed">Seed of the halving; zero is a seed.</param>
    /// <param name="views">The same images under one or more models.</param>
    public static Table Of(int seed, params ProfileView[] views) => Table.Of("Unseen images weighed by other unseen images",
        from view in views from spread in SmallUnseenSet.Spreads select WeightCalibration.Of(view, spread, seed),
        [
            new("Under", row => row.Model), new("distance counted by", row => SpreadNames.Of(row.Spread)), new("mean weight", row => row.Mean),
            new("pushed", row => 100 * row.Pushed, "%", 0) { Meaning = "Share with a weight above 1; 50 % would be fair." }, new("5 % below", row => row.Low), new("95 % below", row => row.High),
            new("ceiling", row => row.Ceiling) { Meaning = "Weight of an image with probability 1, mean over classes." },
        ], note: "One half of the unseen images makes the profile, the other is weighed (Equation 5, η = 1); 50 halvings. A law that fits gives mean 1, 50 % pushed, 5 % and 95 % at 0.07 and 1.93.");
}

/// <summary>What few unseen images do to mean, spread and weight: the middle of many draws, and a band that nine in ten lie in.</summary>
public static class SmallSetPlot
{
    /// <summary>Three panels over the number of unseen images of a class.</summary>
    /// <param name="view">The images the draws were taken from.</param>
    /// <param name="sets">One per size, sizes ascending.</param>
    public static Figure Of(ProfileView view, IReadOnlyList<SmallUnseenSet> sets)
    {
        var least = view.HeadToTail.Min(label => view.UnseenOf(label).Count());
        double[] sizes = [.. sets.Select(set => (double)set.Size)];
        IEnumerable<Trace> Course(string name, Paint paint, Func<SmallUnseenSet, IEnumerable<double>> draws, bool isNamed = false)
        {
            double[] At(double share) => [.. sets.Select(set => draws(set).QuantileCustom(share, QuantileDefinition.Excel))];
            return [new Band(name, sizes, At(0.05), At(0.95)) { Paint = paint }, new Line(name, sizes, At(0.5)) { Paint = paint, Marker = Marker.Circle, InLegend = isNamed }];
        }
        Panel Panel(string title, string label, IEnumerable<Trace> traces) => new(new Axis("unseen images of a class") { Low = 0 }, new Axis(label) { Low = 0 }, [.. traces]) { Title = title };
        return new Figure($"Few unseen images: what is left of the profile under {view.Model}",
        [
            Panel("Mean of p", "|error of the mean|", Course("mean", Palette.Ink, set => set.MeanErrors)),
            Panel("Standard deviation of p", "times that of all", Course("spread", Palette.Ink, set => set.SpreadRatios)) with { Annotations = [new ReferenceLine(1)] },
            Panel("Weight, images to forget", "mean |error of the weight|",
                SmallUnseenSet.Spreads.SelectMany((way, i) => Course(SpreadNames.Of(way), SpreadNames.PaintOf(way), set => set.WeightErrors[i], isNamed: true))),
        ])
        {
            Subtitle = Setting.Of(view.Spec).Words,
            Note = Invariant($"Line: median of {sets[0].MeanErrors.Count} draws; band: 5 % to 95 %. Against all unseen images of a class ({least} or more); averaged over classes, or over images."),
            Columns = 3,
            Height = 440,
        };
    }
}

/// <summary>What it costs to keep the unseen profile fresh, and what is lost by keeping it less fresh.</summary>
public static class RenewalPlot
{
    private const double NearEnough = 0.02, Room = 0.15;

    /// <summary>One panel per learning rate.</summary>
    public static Figure Of(ProfileTrial trial) => new("Fresh enough? What the profile costs, and how far the weights go astray",
        [.. trial.Renewals.GroupBy(found => found.LearningRate).Select(rate => Panel(rate.Key, [.. rate.OrderBy(found => found.Work)]))])
    {
        Subtitle = Setting.Of(trial.Study.Spec).Words,
        Note = "Work: passes through the network, a training step counting three. Error: mean over all steps of |weight − weight of Algorithm 1| for the same model and batch.",
        ShareX = true,
        ShareY = true,
        Height = 560,
    };

    private static Panel Panel(double rate, Renewal[] found)
    {
        Line Course(string name, Paint paint, bool rolling)
        {
            Renewal[] some = [.. found.Where(one => one.Slice > 0 == rolling)];
            return new(name, some.Select(one => one.Work), some.Select(one => one.MeanError)) { Paint = paint, Marker = Marker.Circle };
        }
        return new Panel(
            new Axis("work", "times plain random labels") { Low = 1 - Room * (found[^1].Work - 1), High = 1 + (1 + Room) * (found[^1].Work - 1) }, new Axis("mean |error of the weight|") { Low = 0 },
            [Course("all unseen images, every n steps", Palette.Series[1], rolling: false), Course("a rolling slice of k, every step", Palette.Series[0], rolling: true)])
        {
            Title = Invariant($"learning rate {rate}"),
            Annotations = [new ReferenceLine(NearEnough, "0.02"), .. found.Select(Named)],
        };
    }

    // The slices' curve is the left one. Algorithm 1 lies on the axis, which would strike its name through.
    private static Note Named(Renewal one) => one.Slice > 0
        ? new Note(one.Work, one.MeanError, Invariant($"k = {one.Slice}  ")) { Align = Align.Right }
        : new Note(one.Work, one.MeanError > 0 ? one.MeanError : NearEnough / 2, Invariant($"  n = {one.Every}")) { Align = Align.Left };
}

/// <summary>What it costs to keep the unseen profile fresh, in numbers.</summary>
public static class RenewalTable
{
    /// <summary>One row per learning rate and way.</summary>
    public static Table Of(ProfileTrial trial) => Table.Of("Keeping the profile fresh", trial.Renewals,
        [
            new("learning rate", row => row.LearningRate), new("unseen images asked", row => row.Title), new("passes, profile", row => row.Evaluated, "", 0), new("passes, training", row => 3 * row.Trained, "", 0),
            new("work", row => row.Work, "times RL"), new("mean |error|", row => row.MeanError, "", 3) { Meaning = "|weight - weight of Algorithm 1|, mean over all forget images of all steps." },
            new("largest of a step", row => row.LargestError, "", 3),
        ], note: "Passes: images taken through the network; a training step counts three. Algorithm 1 is the first row of each rate: all, every step.");
}
