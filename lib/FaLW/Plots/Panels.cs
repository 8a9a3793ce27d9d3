using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>What several figures draw alike.</summary>
internal static class Panels
{
    private const string WhiskersAre = "Whiskers: 95 % t-intervals over the seeds.";

    public static readonly Marker[] Shapes = [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond];

    public static Axis Ranks => Axis.Whole("class, most forgotten first", "rank");

    public static Axis ForgetCounts => new("forget samples", "images") { SmallestStep = 1 };

    public static Axis Epochs => Axis.Whole("epoch");

    /// <summary>Classes by rank; by name where the image set has names and one class has the same rank in all runs.</summary>
    public static Axis Classes(IReadOnlyList<RunResult> runs)
    {
        var (set, order) = (runs[0].Spec.Data.Benchmark, Measures.HeadToTail(runs[0]));
        var isOne = runs.All(run => run.Spec.Data.Benchmark == set && Measures.HeadToTail(run).SequenceEqual(order));
        return isOne && set.NamesClasses ? Axis.Of("class, most forgotten first", order.Select(set.ClassName)) : Ranks;
    }

    /// <summary>The same as rows or columns of a map: fifty numbers or more would lie over each other.</summary>
    public static Axis MapClasses(IReadOnlyList<RunResult> runs) =>
        Classes(runs) is { Categories.Count: > 0 } named ? named : Axis.Of("class, most forgotten first", Numbers(runs[0].ForgetCounts.Count));

    public static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(i => (i - 1) % (1 + count / 40) == 0 ? Invariant($"{i}") : "");

    /// <summary>Head, middle and tail as zones behind classes; the most forgotten stands at 1 on an axis of ranks, at 0 among names.</summary>
    public static Annotation[] Zones(ClassGroups groups, int first = 1)
    {
        var start = first - 0.5;
        var (head, middle) = (start + groups.Head.Count, start + groups.Head.Count + groups.Middle.Count);
        return [new Zone(start, head, "head"), new Zone(head, middle, "middle", Shaded: false), new Zone(middle, middle + groups.Tail.Count, "tail")];
    }

    /// <summary>Panels on one scale without a legend: their titles say what they show.</summary>
    public static Figure Facets(string title, IReadOnlyCollection<Panel> panels, int most = 3, int row = 230)
    {
        var columns = panels.Count <= most ? panels.Count : panels.Count == 4 ? Math.Min(2, most) : most;
        return new Figure(title, panels.ToValueList())
        {
            Columns = columns,
            ShareX = true,
            ShareY = true,
            Legend = false,
            Height = 190 + row * ((panels.Count + columns - 1) / columns),
        };
    }

    /// <summary>95 % intervals; null where no mean has one.</summary>
    public static ErrorBars? Whiskers(IEnumerable<Estimate> means) =>
        means.Select(mean => mean.HalfWidth).ToArray() is var half && half.All(double.IsNaN) ? null : ErrorBars.Of(half);

    /// <summary>The note with what whiskers are, where there are any.</summary>
    public static Figure TellingWhiskers(this Figure figure) => figure.Panels.SelectMany(panel => panel.Traces).Any(trace => trace is Series { Errors: not null })
        ? figure with { Note = $"{figure.Note} {WhiskersAre}".TrimStart() } : figure;

    /// <summary>A line at zero, where Retrain is; the note says so, since a label would lie on whatever comes near.</summary>
    public static Figure OverRetrain(this Figure figure) => figure.Annotate(new ReferenceLine(0)) with { Note = $"Dashed: Retrain. {figure.Note}".TrimEnd() };

    /// <summary>One bar per place with its interval.</summary>
    public static Bars Means(string name, IReadOnlyList<Estimate> means, int first = 0) =>
        new(name, means.Select((_, i) => (double)i + first), means.Select(mean => mean.Mean)) { Errors = Whiskers(means) };

    public static Line Equal(double low = 0, double high = 1) => new("equal", [low, high], [low, high]) { InLegend = false, Paint = Palette.Ink, Width = 1.25 };

    public static Note Corner(double x, double y, string text) => new(x, y, text, Corner: true);

    public static string Signed(FormattableString text) => Ticks.Signed(Invariant(text));
}
