using FaLW.Figures;

namespace FaLW.Benchmarks;

/// <summary>Time and size of one figure in its three forms, at a thousand and at a hundred thousand points; the goal is 200 ms and 2 s for JSON and PNG together.</summary>
internal static class FigureTimes
{
    private const int Rounds = 5;

    public static void Print()
    {
        Console.WriteLine("One figure: median milliseconds (kilobytes)\n\n| figure | points | PNG | PDF | JSON |\n|---|---|---|---|---|");
        foreach (var count in new[] { 1_000, 100_000 })
        {
            Row("two noisy lines", count, Lines(count / 2));
            Row("scatter, half transparent", count, Figure.Of("scatter", new Axis("a"), new Axis("b"), new Points("FaLW", Draws(1, count), Draws(2, count)) { Opacity = 0.5 }));
            Row("bars", count, Figure.Of("bars", new Axis("a"), new Axis("b"), new Bars("FaLW", Places(count), Draws(3, count))));
            var side = (int)Math.Sqrt(count);
            Row("heat map", side * side, Figure.Of("heat", new Axis("a"), new Axis("b"), new Heat("value", Enumerable.Range(0, side).Select(r => Draws(r, side)))));
        }
    }

    private static Figure Lines(int count) => Figure.Of(
        "lines", new Axis("step"), Axis.Log("loss", "nats"),
        new Line("FaLW", Places(count), Draws(1, count).Select((u, i) => Math.Exp(-3.0 * i / count) * (1 + u))),
        new Line("RL", Places(count), Draws(2, count).Select((u, i) => Math.Exp(-2.0 * i / count) * (1 + u))));

    private static void Row(string name, int points, Figure figure) => Console.WriteLine(FormattableString.Invariant(
        $"| {name} | {points:N0} | {Cell(() => Png.Of(figure).Length)} | {Cell(() => Pdf.Of(figure).Length)} | {Cell(() => PlotlyJson.Of(figure).Length)} |"));

    private static string Cell(Func<int> draw)
    {
        var size = draw();
        var times = Enumerable.Range(0, Rounds).Select(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            draw();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        return FormattableString.Invariant($"{times.Order().ElementAt(Rounds / 2):F0} ({size / 1024})");
    }

    private static IEnumerable<double> Places(int count) => Enumerable.Range(0, count).Select(i => (double)i);

    private static double[] Draws(int seed, int count)
    {
        var stream = new SeededStream(seed, "figures");
        return [.. Enumerable.Range(0, count).Select(_ => stream.Unit())];
    }
}
