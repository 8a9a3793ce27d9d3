using System.Globalization;
using FaLW.Data;
using FaLW.Figures;

namespace FaLW.Plots;

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
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double[] ranks = [.. Enumerable.Range(1, capacity.Count).Select(k => (double)k)];
        var counts = Enumerable.Range(0, draws).Select(seed => RandomDraw.Counts(request.Sum(), capacity, seed).OrderDescending().ToArray()).ToArray();
        double[] Over(Func<IEnumerable<int>, double> summary) => [.. Enumerable.Range(0, ranks.Length).Select(k => summary(counts.Select(c => c[k])))];
        return Figure.Of(
            "Random forget sets are balanced, requests need not be",
            Axis.Whole("class, most forgotten first", "rank"), new Axis("forget samples", "images") { SmallestStep = 1 },
            new Bars("a long-tailed request", ranks, request.OrderDescending().Select(n => (double)n)) { Paint = Palette.Series[0] },
            new Band("random draws", ranks, Over(c => c.Min()), Over(c => c.Max())) { Paint = Palette.Series[1] },
            new Line("random draws", ranks, Over(c => c.Average())) { Paint = Palette.Series[1] }) with
        {
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{request.Sum():N0} of {capacity.Sum():N0} images each; band: lowest to highest of {draws} random draws"),
            Height = 460,
        };
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
    public static Table Of(IReadOnlyList<int> capacity, IReadOnlyList<int> request, int draws = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var counts = Enumerable.Range(0, draws).Select(seed => RandomDraw.Counts(request.Sum(), capacity, seed)).ToArray();
        Row Row(string name, IEnumerable<IReadOnlyList<int>> all) => new(
        [
            new Cell(name), Cell.Of(all.Average(c => c.Max())), Cell.Of(all.Average(c => c.Min())), Cell.Of(all.Average(c => (double)c.Max() / c.Min())),
        ]);
        return new Table(
            "Random draws and a long-tailed request",
            [new Column("Request") { Words = true }, new Column("most forgotten class", "images", 1), new Column("least forgotten class", "images", 1), new Column("ratio", "", 1)],
            [Row(string.Create(CultureInfo.InvariantCulture, $"random draw, mean of {draws}"), counts), Row("long-tailed request", [request])]);
    }
}
