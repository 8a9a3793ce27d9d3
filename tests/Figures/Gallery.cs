namespace FaLW.Tests.Figures;

/// <summary>One figure of each kind, from fixed numbers: snapshots, structure tests and eyes look at the same ones.</summary>
internal static class Gallery
{
    private static readonly double[] Epochs = [.. Enumerable.Range(1, 30).Select(i => (double)i)];

    public static Figure Lines => Figure.Of(
        "Forget accuracy falls, retain accuracy stays",
        Axis.Whole("epoch"), new Axis("accuracy", "%"),
        new Band("FaLW", Epochs, Curve(0.14, 62, 99, -1.5), Curve(0.14, 62, 99, 1.5)),
        new Line("Retrain", Epochs, Epochs.Select(_ => 61.4)) { Dash = Dash.Dashed },
        new Line("FaLW", Epochs, Curve(0.14, 62, 99)) { Width = 3 },
        new Line("SalUn", Epochs, Curve(0.22, 55, 99)) { Marker = Marker.Square },
        new Line("RL", Epochs, Curve(0.09, 66, 99).Select((y, i) => i == 14 ? double.NaN : y))) with
    {
        Subtitle = "CIFAR-100, first 20 classes, ResNet-8, mean and 95 % interval over 5 seeds",
        Note = "A gap in a line is a missing value. Made from fixed numbers, not from a run.",
    };

    public static Figure Errors => Figure.Of(
        "Average gap against learning rate",
        Axis.Log("learning rate"), new Axis("average gap", "points") { Low = 0 },
        new Line("FaLW", Rates, [4.1, 2.2, 1.1, 1.6, 5.2]) { Marker = Marker.Circle, Errors = ErrorBars.Of([0.5, 0.4, 0.3, 0.4, 1.1]) },
        new Line("SalUn", Rates, [6.0, 4.1, 2.9, 2.4, 6.3]) { Marker = Marker.Square, Errors = ErrorBars.Of([0.6, 0.4, 0.3, 0.5, 0.9]) }) with
    { Subtitle = "log axis, error bars" };

    public static Figure Scatter => Figure.Of(
        "Unlearned against retrained probability", new Axis("p under Retrain") { Low = 0, High = 1 }, new Axis("p under FaLW") { Low = 0, High = 1 },
        new Line("equal", [0, 1], [0, 1]) { Dash = Dash.Dotted, InLegend = false, Paint = Palette.Muted },
        new Points("FaLW", Draws(1, 400), Draws(1, 400).Zip(Draws(2, 400), (a, b) => Math.Clamp(0.8 * a + 0.3 * b - 0.05, 0, 1))) { Opacity = 0.55 }) with
    { Width = 640, Height = 600 };

    public static Figure GroupedBars => Figure.Of(
        "Distance to Retrain", Axis.Of("", ["Forget accuracy", "Retain accuracy", "Test accuracy", "Membership inference"]), new Axis("gap", "points"),
        new Bars("FT", [0, 1, 2, 3], [22.1, 0.4, 1.9, -18.2]),
        new Bars("SalUn", [0, 1, 2, 3], [-6.2, -1.1, -1.4, 4.8]),
        new Bars("FaLW", [0, 1, 2, 3], [1.2, -0.6, -0.8, 1.1]) { Errors = ErrorBars.Of([0.5, 0.2, 0.3, 0.7]) });

    public static Figure HeatMap => Figure.Of(
        "Deviation by class and method", Axis.Of("class, head to tail", Enumerable.Range(1, 10).Select(i => FormattableString.Invariant($"{i}"))),
        Axis.Of("", ["FT", "RL", "SalUn", "FaLW"]),
        new Heat("deviation", Enumerable.Range(0, 4).Select(r => Enumerable.Range(0, 10).Select(c => (4 - r) * (5 - c) * 1.3)), "points") { Middle = 0 });

    public static Figure Histograms => Figure.Of(
        "True-class probability", new Axis("probability"), new Axis("images"),
        Bars.Histogram("forget set", Draws(3, 900).Select(u => Math.Sqrt(u)), 24, 0, 1),
        Bars.Histogram("unseen set", Draws(4, 900).Select(u => u * u), 24, 0, 1));

    public static Figure Shaded => Figure.Of(
        "Weights of the forget samples", new Axis("first coordinate"), new Axis("second coordinate"),
        new Points("retain", Draws(4, 60), Draws(5, 60)) { Marker = Marker.Diamond, Paint = Palette.Original },
        new Points("forget", Draws(1, 80), Draws(2, 80)) { Radius = 6, Shading = new Shading("weight", [.. Draws(3, 80).Select(u => 2 * u)]) { Low = 0, High = 2, Middle = 1 } });

    public static Figure Facets => new("Deviation from Retrain, head to tail", [Panel("SalUn", 18), Panel("RL", 12), Panel("FaLW", 3)])
    {
        Subtitle = "above zero: under-forgotten, below zero: over-forgotten",
        Legend = false,
        ShareX = true,
        ShareY = true,
        Height = 420,
    };

    public static IReadOnlyDictionary<string, Figure> All => new Dictionary<string, Figure>(StringComparer.Ordinal)
    {
        ["lines"] = Lines,
        ["errors"] = Errors,
        ["scatter"] = Scatter,
        ["grouped-bars"] = GroupedBars,
        ["heat-map"] = HeatMap,
        ["histograms"] = Histograms,
        ["shaded"] = Shaded,
        ["facets"] = Facets,
    };

    /// <summary>Numbers in [0, 1) that are the same on every machine.</summary>
    public static double[] Draws(int seed, int count)
    {
        var stream = new SeededStream(seed, "gallery");
        return [.. Enumerable.Range(0, count).Select(_ => stream.Unit())];
    }

    private static double[] Rates => [0.001, 0.003, 0.01, 0.03, 0.1];

    private static Panel Panel(string method, double slope) => new(
        Axis.Whole("class rank"), new Axis("deviation", "points"),
        [new Bars(method, Enumerable.Range(1, 20).Select(i => (double)i), Enumerable.Range(1, 20).Select(i => slope * (10 - i) / 10.0))])
    {
        Title = method,
        Annotations = [new ReferenceLine(0) { Solid = true }, new Zone(0.5, 7.5, "head"), new Zone(7.5, 13.5, "middle", Shaded: false), new Zone(13.5, 20.5, "tail")],
    };

    private static IEnumerable<double> Curve(double rate, double end, double start, double shift = 0) =>
        Epochs.Select(e => end + (start - end) * Math.Exp(-rate * e) + shift * (1 + e / 30));
}
