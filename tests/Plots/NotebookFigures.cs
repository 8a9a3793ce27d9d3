namespace FaLW.Tests.Plots;

/// <summary>The figures that notebooks draw from results and from laws, on numbers known beforehand.</summary>
public sealed class NotebookFigures
{
    private static readonly IReadOnlyList<RunResult> Results = SomeResults.Study(2);
    private static readonly int[] Capacity = [.. Enumerable.Repeat(450, 20)];

    public static TheoryData<string> Kinds => [.. Drawn.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_figure_says_what_was_accepted(string kind) => Snapshot.Match(Drawn[kind].Summary, kind);

    [Fact]
    public void The_law_is_drawn_with_the_counts_of_the_law()
    {
        var lines = LongTailPlot.Of(1800, Capacity, Protocol.Gammas).Panels[0].Traces.Cast<Line>().ToArray();
        Assert.Equal(Protocol.Gammas.Count, lines.Length);
        Assert.All(lines[0].Y, count => Assert.Equal(90, count));
        Assert.Equal(LongTail.Counts(1800, 2, Capacity).Select(n => (double)n), lines[^1].Y);
    }

    [Fact]
    public void Random_draws_lie_within_their_band_around_the_mean()
    {
        var traces = RandomDrawPlot.Of(Capacity, LongTail.Counts(1800, 1, Capacity), draws: 10).Panels[0].Traces;
        var (band, mean) = (traces.OfType<Band>().Single(), traces.OfType<Line>().Single());
        Assert.Equal(1800, mean.Y.Sum(), 9);
        Assert.All(Enumerable.Range(0, 20), k => Assert.InRange(mean.Y[k], band.Low[k], band.High[k]));
    }

    [Fact]
    public void Rows_of_the_confidence_map_are_whole_histograms_of_their_class()
    {
        var heat = (Heat)ConfidenceMap.Of(Results).Panels[0].Traces[0];
        Assert.All(heat.Rows, row => Assert.Equal(100, row.Sum(), 9));
        var head = Results.Where(r => r.Title == "FT").SelectMany(r => r.Samples.Where(s => s.Class == r.Groups.Head[0])).ToArray();
        Assert.Equal(100.0 * head.Count(s => s.Retrain >= 0.9) / head.Length, heat.Rows[0][9], 9);
    }

    [Fact]
    public void Histograms_count_every_forget_sample_of_every_seed_once() => Assert.All(
        ConfidenceHistogram.Of(Results).Panels[0].Traces.Cast<Bars>(), bars => Assert.Equal(2 * 1800, bars.Y.Sum()));

    [Fact]
    public void Points_of_the_stand_in_are_the_class_rows()
    {
        var head = StandInPlot.Of(Results).Panels[0].Traces.OfType<Points>().First();
        Assert.Equal(Results[0].Groups.Head.Select(k => Results[0].RetrainClasses[k].ForgetProbability), head.Y.Take(6));
        Assert.All(head.X, x => Assert.Equal(0.6, x));
    }

    [Theory]
    [InlineData(1, 1, 0.7978845608)]
    [InlineData(10, 25, 1.5957691216)]
    public void Chance_alone_is_the_mean_of_a_half_normal(double spread, double count, double expected) =>
        Assert.Equal(expected, SkewPlot.Floor(spread, count), 9);

    [Fact]
    public void Weights_are_those_of_the_log_by_rank()
    {
        var heat = (Heat)WeightMap.Of(Results).Panels[0].Traces[0];
        Assert.Equal((20, 5), (heat.Rows.Count, heat.Rows[0].Count));
        Assert.Equal(1 + 9.5 * 0.05 / 2 + 0.005, heat.Rows[0][1], 12);
        var size = (Line)WeightCourse.Of(Results).Panels[1].Traces[0];
        Assert.Equal([75, 80, 85, 90, 95], size.Y.Select(y => Math.Round(y, 9)));
    }

    [Fact]
    public void Where_nothing_was_weighted_there_are_no_weights_to_show() =>
        Assert.Contains("FaLW", Assert.Throws<Fault>(() => WeightMap.Of(Results.Where(r => r.Title == "RL"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_weight_that_follows_the_truth_agrees_with_it()
    {
        var run = Results.First(r => r.Title == "FaLW");
        var truth = run.Samples.GroupBy(s => s.Class).ToDictionary(k => k.Key, k => k.Average(s => s.Original - s.Retrain));
        ValueList<double> means = [.. Enumerable.Range(0, 20).Select(k => 1 + truth[k])];
        var right = run with { Log = run.Log with { Weights = [run.Log.Weights[0] with { ClassMeans = means }] } };
        Assert.EndsWith("ρ = 1.00", WeightTruth.Of([right]).Subtitle, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, Figure> Drawn = new(StringComparer.Ordinal)
    {
        ["law"] = LongTailPlot.Of(1800, Capacity, Protocol.Gammas),
        ["draws"] = RandomDrawPlot.Of(Capacity, LongTail.Counts(1800, 1, Capacity), draws: 10),
        ["confidence"] = ConfidenceHistogram.Of(Results),
        ["confidence-map"] = ConfidenceMap.Of(Results),
        ["reference"] = ReferencePlot.Of(Results),
        ["stand-in"] = StandInPlot.Of(Results),
        ["skew"] = SkewPlot.Of(Results.Where(r => r.Title is "RL" or "FaLW" && r.Spec.Data.Seed == 0)),
        ["curve"] = WeightCurve.Of(0.15, [("head", 0.83), ("tail", 1.44)], (z, b) => 1 + Math.Sign(z) * Math.Pow(Math.Tanh(Math.Abs(z)), 1 / b)),
        ["weight-map"] = WeightMap.Of(Results),
        ["weight-course"] = WeightCourse.Of(Results),
        ["weight-truth"] = WeightTruth.Of(Results),
        ["plane"] = DecisionMap.Of(Plane("a ring", Math.Sqrt(0.5)), Plane("a wider one", 1.2)),
    };

    private static PlaneView Plane(string title, double radius)
    {
        double[] places = [.. Enumerable.Range(0, 21).Select(i => -2 + 0.2 * i)];
        return new PlaneView(
            title, [.. places], [.. places], [.. from y in places from x in places select 1 / (1 + Math.Exp(5 * (x * x + y * y - radius * radius)))],
            [new PlanePoint(0.3, 0.1, 1, true, 1.6), new PlanePoint(1.5, -1, 0, true, 0.2), new PlanePoint(-1, 1.4, 0, false, 1), new PlanePoint(0, -0.2, 1, false, 1)]);
    }
}
