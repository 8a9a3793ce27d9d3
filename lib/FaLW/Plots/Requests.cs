using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>How many images of each class are to be forgotten, head to tail, beside the balanced draw of the same size (after Figure 1a of the paper).</summary>
public static class ForgetHistogram
{
    /// <summary>The histogram of a result's forget set.</summary>
    /// <param name="result">Any result; only its forget counts are read.</param>
    public static Figure Of(RunResult result)
    {
        var sorted = result.ForgetCounts.OrderDescending().Select(c => (double)c).ToArray();
        var balanced = sorted.Sum() / sorted.Length;
        var share = sorted.Take(sorted.Length / 3).Sum() / sorted.Sum();
        return Figure.Of("The forget set, class by class", Panels.Ranks, Panels.ForgetCounts,
            new Bars("this request", sorted.Select((_, i) => i + 1.0), sorted) { Paint = Palette.Series[0] },
            new Line("balanced draw of the same size", [0.5, sorted.Length + 0.5], [balanced, balanced]) { Dash = Dash.Dashed, Paint = Palette.Retrain }) with
        {
            Subtitle = Setting.Of(result.Spec).Words,
            Note = Invariant($"{sorted.Sum():N0} images of {sorted.Length} classes; the head third of the classes holds {100 * share:F0} % of them."),
            Height = 440,
        };
    }
}

/// <summary>The forget counts that the long-tail law of this kit gives, head to tail, one line per imbalance.</summary>
public static class LongTailPlot
{
    /// <summary>The law for several imbalances.</summary>
    /// <param name="total">Images to forget over all classes.</param>
    /// <param name="capacity">For each rank, head first, how many images may be forgotten.</param>
    /// <param name="gammas">Imbalances, 0 for a balanced request; usually those of the paper's sweep.</param>
    /// <exception cref="Fault">The classes cannot give so many.</exception>
    public static Figure Of(int total, IReadOnlyList<int> capacity, IReadOnlyList<double> gammas)
    {
        var ranks = capacity.Select((_, k) => k + 1.0).ToValueList();
        return Figure.Of("From balanced to steep: one number sets the shape of a request", Panels.Ranks, Panels.ForgetCounts with { Low = 0, High = 1.12 * capacity.Max() },
            [.. gammas.Select((gamma, i) => new Line(Invariant($"γ = {gamma:0.##}"), ranks, LongTail.Counts(total, gamma, capacity).Select(n => (double)n))
            {
                Paint = Ramp.Sequential.At(0.88 * i / Math.Max(1, gammas.Count - 1)),
                Marker = capacity.Count <= 25 ? Marker.Circle : Marker.None,
            })]).Annotate(new ReferenceLine(capacity.Max(), "all that one class may give")) with
        {
            Subtitle = Invariant($"{total:N0} images of {capacity.Count} classes, whatever the imbalance"),
            Height = 480,
        };
    }
}

/// <summary>Random forget sets beside a long-tailed one of the same size (after Figure 1a of the paper, which draws 20 % of CIFAR-100 again and again).</summary>
public static class RandomDrawPlot
{
    /// <summary>Class counts of random draws, each sorted from most to least, and of the request.</summary>
    /// <param name="capacity">For each class how many images there are.</param>
    /// <param name="request">For each class how many images are to be forgotten.</param>
    /// <param name="draws">Number of random draws, at least 1; their seeds are 0 onwards.</param>
    /// <exception cref="Fault">The request is larger than the classes.</exception>
    public static Figure Of(IReadOnlyList<int> capacity, IReadOnlyList<int> request, int draws = 100)
    {
        var counts = Counts(capacity, request, draws).Select(c => c.OrderDescending().ToArray()).ToArray();
        double[] ranks = [.. capacity.Select((_, k) => k + 1.0)];
        double[] Over(Func<IEnumerable<int>, double> summary) => [.. ranks.Select((_, k) => summary(counts.Select(c => c[k])))];
        return Figure.Of("Random forget sets are balanced, requests need not be", Panels.Ranks, Panels.ForgetCounts,
            new Bars("a long-tailed request", ranks, request.OrderDescending().Select(n => (double)n)) { Paint = Palette.Series[0] },
            new Band("random draws", ranks, Over(c => c.Min()), Over(c => c.Max())) { Paint = Palette.Series[1] },
            new Line("random draws", ranks, Over(c => c.Average())) { Paint = Palette.Series[1] }) with
        {
            Subtitle = Invariant($"{request.Sum():N0} of {capacity.Sum():N0} images each; band: lowest to highest of {draws} random draws"),
            Height = 460,
        };
    }

    internal static IReadOnlyList<int>[] Counts(IReadOnlyList<int> capacity, IReadOnlyList<int> request, int draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        return [.. Enumerable.Range(0, draws).Select(seed => RandomDraw.Counts(request.Sum(), capacity, seed))];
    }
}

/// <summary>The same as numbers.</summary>
public static class RandomDrawTable
{
    /// <summary>Most and least forgotten class, and their ratio, of random draws and of the request.</summary>
    /// <param name="capacity">For each class how many images there are.</param>
    /// <param name="request">For each class how many images are to be forgotten.</param>
    /// <param name="draws">Number of random draws, at least 1; their seeds are 0 onwards.</param>
    /// <exception cref="Fault">The request is larger than the classes.</exception>
    public static Table Of(IReadOnlyList<int> capacity, IReadOnlyList<int> request, int draws = 100) => Table.Of<(string Name, IReadOnlyList<int>[] Counts)>(
        "Random draws and a long-tailed request", [(Invariant($"random draw, mean of {draws}"), RandomDrawPlot.Counts(capacity, request, draws)), ("long-tailed request", [request])],
        [
            new("Request", row => row.Name), new("most forgotten class", row => row.Counts.Average(c => c.Max()), "images", 1),
            new("least forgotten class", row => row.Counts.Average(c => c.Min()), "images", 1), new("ratio", row => row.Counts.Average(c => (double)c.Max() / c.Min()), "", 1),
        ]);
}

/// <summary>Sheets of the images that a request and its results are about.</summary>
public static class ImageSheets
{
    private const int Most = 12;

    extension(ImageSheet)
    {
        /// <summary>The first images of some classes.</summary>
        /// <param name="title">One line that says what is seen.</param>
        /// <param name="images">The image set; null where it is not on this machine.</param>
        /// <param name="classes">The classes, one row each.</param>
        public static ImageSheet OfClasses(string title, RawImages? images, IEnumerable<int> classes) => new(title, images, classes.Select(k => (
            images?.Benchmark.ClassName(k) ?? Invariant($"class {k}"),
            images is null ? [] : Enumerable.Range(0, images.TrainCount).Where(row => images.Labels[row] == k).Take(Most).ToValueList())).ToValueList());

        /// <summary>Images to forget: the two classes most forgotten, the one in the middle, the two least forgotten.</summary>
        /// <param name="run">Any result; only its forget set is read.</param>
        /// <param name="images">The image set it ran on; null where it is not on this machine.</param>
        public static ImageSheet OfRequest(RunResult run, RawImages? images)
        {
            var order = Measures.HeadToTail(run);
            int[] ranks = [0, 1, order.Count / 2, order.Count - 2, order.Count - 1];
            return new ImageSheet("Images to forget, from head to tail", images, ranks.Select(rank => (
                Invariant($"{run.Groups.NameOf(order[rank]).ToLowerInvariant()}: {run.Spec.Data.Benchmark.ClassName(order[rank])} ({run.ForgetCounts[order[rank]]} images)"),
                Measures.OfRank(run, rank).Take(Most).Select(s => s.Row).ToValueList())).ToValueList())
            { Subtitle = Setting.Of(run.Spec).Words };
        }

        /// <summary>The images on which a method is furthest from Retrain, in both directions.</summary>
        /// <param name="run">One run of the method.</param>
        /// <param name="images">The image set it ran on; null where it is not on this machine.</param>
        public static ImageSheet OfMisses(RunResult run, RawImages? images)
        {
            var order = run.Samples.OrderByDescending(s => s.Deviation).ToArray();
            return new ImageSheet($"{run.Label}: the images furthest from Retrain", images,
            [
                ("most under-forgotten", order.Take(Most).Select(s => s.Row).ToValueList()),
                ("most over-forgotten", order.Reverse().Take(Most).Select(s => s.Row).ToValueList()),
            ])
            { Subtitle = Setting.Of(run.Spec).Words };
        }
    }
}

/// <summary>How sure the start and the target are of the images to forget: the probability of the true class under Original and under Retrain.</summary>
public static class ConfidenceHistogram
{
    private const int Bins = 25;

    /// <summary>The two histograms over every forget sample of every seed.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var retrain = MethodRuns.OfReferences(results);
        SampleRow[] samples = [.. retrain.Runs.SelectMany(run => run.Samples)];
        return Figure.Of("The same images before and after: what each model makes of the forget set", new Axis("probability of the true class") { Low = 0, High = 1 }, new Axis("images"),
            Bars.Histogram("Original", samples.Select(s => s.Original), Bins, 0, 1), Bars.Histogram("Retrain", samples.Select(s => s.Retrain), Bins, 0, 1)) with
        {
            Subtitle = retrain.Words,
            Note = "Original has trained on these images, Retrain has never seen them. All seeds together.",
            Height = 440,
        };
    }
}

/// <summary>
/// Class by class, how the probability of the true class is spread over images that Retrain has never seen: the shape that
/// the weighting sums up by a mean and a standard deviation.
/// </summary>
public static class ConfidenceMap
{
    private const int Bins = 10;

    /// <summary>One row per class, most forgotten first; each row is a histogram in percent of the class's forget samples.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at, seeds are pooled by rank.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var retrain = MethodRuns.OfReferences(results);
        var ranks = retrain.Runs[0].ForgetCounts.Count;
        var rows = Enumerable.Range(0, ranks).Select(rank => Shares([.. retrain.Runs.SelectMany(run => Measures.OfRank(run, rank)).Select(s => s.Retrain)]));
        return Figure.Of("Unseen images, class by class: sure, or sure of something else",
            Axis.Of("probability of the true class under Retrain", Enumerable.Range(0, Bins).Select(i => Invariant($"{i / 10.0:0.0}–{(i + 1) / 10.0:0.0}"))), Panels.MapClasses(retrain.Runs),
            new Heat("share of the class", rows, "%") { Low = 0 }) with
        {
            Subtitle = retrain.Words,
            Note = "Each row sums to 100 %. Images to forget, which Retrain never saw. All seeds together.",
            Height = Math.Clamp(200 + 22 * ranks, 320, 900),
        };
    }

    private static double[] Shares(double[] probabilities) =>
        [.. Enumerable.Range(0, Bins).Select(bin => 100.0 * probabilities.Count(p => Math.Min(Bins - 1, (int)(p * Bins)) == bin) / probabilities.Length)];
}

/// <summary>What the target itself loses: accuracy per class under Original and under Retrain, head to tail.</summary>
public static class ReferencePlot
{
    /// <summary>Test accuracy under both models, and Retrain's accuracy on the images to forget; classes of several seeds are paired by rank.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var retrain = MethodRuns.OfReferences(results);
        var axis = Panels.Classes(retrain.Runs);
        var first = axis.Categories.Count > 0 ? 0 : 1;
        Line Curve(string name, Func<RunResult, IReadOnlyList<ClassRow>> rows, Func<ClassRow, double> value)
        {
            var ranks = Enumerable.Range(0, retrain.Runs[0].ForgetCounts.Count).ToArray();
            return new Line(name, ranks.Select(k => (double)k + first), ranks.Select(k => retrain.Runs.Average(run => value(rows(run)[Measures.HeadToTail(run)[k]]))));
        }
        var control = retrain.Runs.All(r => r.Control is not null)
            ? [Curve($"{RetrainControl.Title}, images to forget", r => r.Control!.Classes, row => row.ForgetAccuracy) with { Paint = Palette.Muted, Marker = Marker.Diamond, Dash = Dash.Dotted }]
            : Array.Empty<Trace>();
        return Figure.Of("The target is not zero, and not the same for every class", axis, new Axis("accuracy", "%") { Low = 0, High = 112 },
            [
                Curve("Original, test images", r => r.OriginalClasses, row => row.TestAccuracy) with { Paint = Palette.Original, Marker = Marker.Square },
                Curve("Retrain, test images", r => r.RetrainClasses, row => row.TestAccuracy) with { Paint = Palette.Retrain, Marker = Marker.Circle },
                Curve("Retrain, images to forget", r => r.RetrainClasses, row => row.ForgetAccuracy) with { Paint = Palette.Retrain, Marker = Marker.Triangle, Dash = Dash.Dashed },
                .. control,
            ]).Annotate(Panels.Zones(retrain.Runs[0].Groups, first)) with
        {
            Subtitle = retrain.Words + (retrain.Runs.Count > 1 ? $"; mean over {retrain.Runs.Count} seeds" : "; one seed"),
            Height = 480,
        };
    }
}

/// <summary>
/// May unseen images stand in for Retrain? Per class, what Original makes of images it has never seen against what
/// Retrain makes of the images to forget: the replacement that FaLW rests on, looked at before it is used.
/// </summary>
public static class StandInPlot
{
    /// <summary>One point per class and seed; where results know Retrain of another seed, a small grey one for it in the place of Original and unseen images.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var (retrain, noise) = (MethodRuns.OfReferences(results), MethodRuns.Noise(results));
        Points Classes(string name, MethodRuns runs, Func<RunResult, IEnumerable<int>> classes, Func<RunResult, int, double> standIn)
        {
            var all = runs.Runs.SelectMany(run => classes(run).Select(k => (Start: standIn(run, k), Target: run.RetrainClasses[k].ForgetProbability))).ToArray();
            return new Points(name, all.Select(c => c.Start), all.Select(c => c.Target));
        }
        return Figure.Of("Do unseen images tell what Retrain would say?",
            new Axis("unseen (test) images under Original, mean p") { Low = 0, High = 1 }, new Axis("images to forget under Retrain, mean p") { Low = 0, High = 1 },
            [
                Panels.Equal(),
                .. noise.Select(other => Classes(other.Title, other, Measures.HeadToTail, (run, k) => run.UnlearnedClasses[k].ForgetProbability) with { Marker = Marker.Diamond, Radius = 3.5, Paint = Palette.Muted }),
                .. Measures.Groups.Select((group, i) => Classes(group.Name, retrain, run => group.Of(run.Groups), (run, k) => run.OriginalClasses[k].TestProbability) with { Marker = Panels.Shapes[i], Radius = 5 }),
            ]) with
        {
            Subtitle = retrain.Words,
            Note = "p: probability of the true class; one point per class and seed. Below the line Retrain is less sure than unseen images under Original suggest."
                + (noise.Count == 0 ? "" : $" {RetrainControl.Title}: images to forget under that one on the x axis; how far these lie from the line is chance."),
            Width = 640,
            Height = 620,
        };
    }
}

/// <summary>The stand-in for Retrain in numbers: mean true-class probability of unseen images under Original and of images to forget under Retrain.</summary>
public static class StandInTable
{
    /// <summary>One row each for head, middle and tail; over several seeds the mean with a 95 % interval. Where results know Retrain of another seed, the same three with it as the stand-in.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var (retrain, noise) = (MethodRuns.OfReferences(results), MethodRuns.Noise(results));
        IEnumerable<(MethodRuns Runs, string Name, Func<RunResult, double> StandIn, Func<RunResult, double> Target)> Rows(MethodRuns runs, string mark, Func<RunResult, int, double> standIn) =>
            Measures.Groups.Select(group => (runs, group.Name + mark,
                (Func<RunResult, double>)(run => Means.Mean(group.Of(run.Groups).Select(k => standIn(run, k)))), (Func<RunResult, double>)(run => Means.Mean(group.Of(run.Groups).Select(k => run.RetrainClasses[k].ForgetProbability)))));
        return Table.Of("Unseen images in the place of Retrain",
            Rows(retrain, "", (run, k) => run.OriginalClasses[k].TestProbability).Concat(noise.SelectMany(other => Rows(other, $", {RetrainControl.Title}", (run, k) => run.UnlearnedClasses[k].ForgetProbability))),
            [
                new("Classes", row => row.Name),
                new("stand-in", row => row.Runs.Cell(row.StandIn)) { Meaning = $"Unseen (test) images under Original; in the rows of {RetrainControl.Title}, images to forget under that one." },
                new("to forget, Retrain", row => row.Runs.Cell(row.Target)), new("difference", row => row.Runs.Cell(run => row.StandIn(run) - row.Target(run))),
            ],
            row => row.Runs.IsNoise,
            "Mean probability of the true class, each class counting once. A difference above zero: Retrain is less sure than the stand-in."
                + (noise.Count == 0 ? "" : $" {RetrainControl.Title}: the difference that chance alone makes."));
    }
}
