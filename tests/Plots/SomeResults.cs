namespace FaLW.Tests.Plots;

/// <summary>Results made by hand with known numbers: the shape of a small study, no model trained.</summary>
internal static class SomeResults
{
    private const int Classes = 20;

    private static readonly (Unlearner Unlearner, LossWeighting Weighting, double Head, double Tail)[] Methods =
    [
        (new FineTune(5, 0.01), new UniformWeighting(), 30, 22),
        (new RandomLabel(5, 0.01), new UniformWeighting(), 12, -14),
        (new GradientAscent(5, 0.001), new UniformWeighting(), -8, -26),
        (new SaliencyMask(new RandomLabel(5, 0.01)), new UniformWeighting(), 9, -17),
        (new RandomLabel(5, 0.01), new ForgettingAwareWeighting(0.15), 3, -2),
    ];

    /// <summary>Five methods on so many seeds.</summary>
    public static IReadOnlyList<RunResult> Study(int seeds) =>
        [.. from seed in Enumerable.Range(0, seeds) from method in Methods select Result(method, seed)];

    /// <summary>The same with Retrain of another seed: every class 6 points above Retrain and 6 below in turns, by probability and accuracy.</summary>
    public static IReadOnlyList<RunResult> WithControl(int seeds) => [.. Study(seeds).Select(run => run with
    {
        Samples = run.Samples.Select(row => row with { OtherRetrain = Math.Clamp(row.Retrain + (row.Class % 2 == 0 ? 0.06 : -0.06), 0, 1) }).ToValueList(),
        Control = new RetrainControl(
            run.Spec.Seeds.OfControl().Training, run.Retrain with { ForgetAccuracy = run.Retrain.ForgetAccuracy + 2, TestAccuracy = run.Retrain.TestAccuracy - 1 },
            run.RetrainClasses.Select(row => row with { ForgetAccuracy = row.ForgetAccuracy + (row.Class % 2 == 0 ? 6 : -6) }).ToValueList(),
            new MembershipInference(37, 37, 0.5, 0.6, 60, 100, 1e-12), 1.25, new StageTime("retrain", 65)),
    })];

    private static RunResult Result((Unlearner Unlearner, LossWeighting Weighting, double Head, double Tail) method, int seed)
    {
        var spec = new ExperimentSpec(
            new DataSpec(Benchmark.Cifar100, new ForgetRule(0.2, 1, Cap: 0.8), 0.1, seed) { FirstClasses = Classes },
            Network.ResNet8, new TrainSpec(15, 128, 0.1, Schedule: Schedule.OneCycle), method.Unlearner, method.Weighting, new Seeds(seed, seed));
        var counts = LongTail.Counts(1800, 1, Enumerable.Repeat(360, Classes).ToArray());
        var noise = new SeededStream(seed, spec.Title);
        double[] deviation = [.. Enumerable.Range(0, Classes).Select(k => method.Head + (method.Tail - method.Head) * k / (Classes - 1.0) + 4 * (noise.Unit() - 0.5))];
        var samples = Enumerable.Range(0, Classes).SelectMany(k => Enumerable.Range(0, counts[k]).Select(i => Sample(i, k, deviation[k], noise))).ToValueList();
        var retrain = new Scores(61.3 + seed, 99.9, 60.2 + 0.5 * seed, 37.4 - seed);
        var mean = samples.Average(s => s.Deviation) * 100;
        var unlearned = new Scores(retrain.ForgetAccuracy + mean, 99.9 - Math.Abs(mean) / 20, retrain.TestAccuracy - Math.Abs(mean) / 8, retrain.MembershipInference - mean);
        return new RunResult(
            spec, $"key-{spec.Title}-{seed}", new Scores(100, 100, 62, 4), retrain, unlearned,
            Rows(counts, _ => 100), Rows(counts, k => 70 - k), Rows(counts, k => 70 - k + deviation[k]), samples, [.. counts], ClassGroups.Of(counts),
            [new StageTime("original", 81.2) { PeakMemory = 902 }, new StageTime("retrain", 64.5) { PeakMemory = 901.5 }, new StageTime("unlearned", 6.1 + seed)],
            new Provenance("0.1.0", "1.13.1", "cpu", "Some processor", 2, "Linux x64", "10.0.12", "2026-11-21T12:00:00Z", "5f3a"),
            new TrainLog([.. Enumerable.Range(1, 5).Select(e => 3.0 / e + 0.01 * seed)], 180, TimeSpan.FromSeconds(6))
            {
                Weights = method.Weighting is UniformWeighting ? [] : [.. Enumerable.Range(1, 5).Select(e => Weights(e, seed, counts))],
            });
    }

    // Heads above 1 and tails below it, nearer to 1 from epoch to epoch.
    private static WeightSummary Weights(int epoch, int seed, int[] counts) => new(
        epoch, counts.Sum(), 1, counts.Sum() * (0.7 + 0.05 * epoch), [.. counts.Select((_, k) => 1 + (9.5 - k) * 0.05 / epoch + 0.01 * seed)]);

    private static SampleRow Sample(int row, int label, double deviation, SeededStream noise)
    {
        var retrain = Math.Sqrt(noise.Unit());
        return new SampleRow(row, label, 0.999, retrain, Math.Clamp(retrain + deviation / 100 + 0.1 * (noise.Unit() - 0.5), 0, 1));
    }

    private static ValueList<ClassRow> Rows(int[] counts, Func<int, double> accuracy) =>
        [.. counts.Select((count, k) => new ClassRow(k, count, accuracy(k), accuracy(k) / 100, 100, 60, 0.6))];
}
