namespace FaLW.Benchmarks;

/// <summary>Whole unlearning epochs on the small main study's sets: plain random labels, and FaLW with its profile whole at every step, rolling, or whole at every twentieth. Rounds are rotated; time is the processor's.</summary>
internal static class WholeEpochs
{
    private static readonly RandomLabel Method = Study.Main.Specs(Scale.Small, 1).Select(spec => spec.Unlearner).OfType<RandomLabel>().First() with { Epochs = 1 };

    private static readonly (string Name, LossWeighting Weighting)[] All =
    [
        ("RL", new UniformWeighting()),
        ("FaLW, profile every step (Algorithm 1)", new ForgettingAwareWeighting()),
        ("FaLW, rolling, 64 a step", new ForgettingAwareWeighting { Slice = 64 }),
        ("FaLW, profile every 20 steps", new ForgettingAwareWeighting(RefreshEvery: 20)),
    ];

    public static void Print(int rounds)
    {
        var spec = SmallStudy.Data;
        using var images = ImageSet.Load(spec, CPU, DataShelf.Default());
        var splits = Splits.Of(spec, images.HostLabels, images.TrainCount, images.Classes);
        using var original = SmallStudy.Spec.Network.Create(images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, 0, CPU);

        Console.WriteLine(FormattableString.Invariant($"One unlearning epoch on {spec.Benchmark.Name}, {splits.Forget.Count} to forget, {splits.Retain.Count} retained, {splits.Unseen.Count} unseen, ResNet-8:"));
        Console.WriteLine("\n| method | processor seconds, every round | times RL, every round |\n|---|---|---|");
        Measure(new UniformWeighting());
        var found = All.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
            foreach (var turn in Enumerable.Range(round, All.Length))
                found[turn % All.Length][round] = Said(All[turn % All.Length].Name, Measure(All[turn % All.Length].Weighting));
        foreach (var (method, seconds) in All.Zip(found))
            Console.WriteLine($"| {method.Name} | {Listed(seconds, "F1")} | {Listed(seconds.Zip(found[0], (own, plain) => own / plain), "F2")} |");
        Console.WriteLine(FormattableString.Invariant($"\nPeak memory of all of it: {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:F0} MiB"));

        double Measure(LossWeighting weighting)
        {
            var before = Environment.CpuUsage.TotalTime;
            var (model, _) = Method.Unlearn(new UnlearningTask(original, images, splits, weighting, 0));
            model.Dispose();
            return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }
    }

    // The table comes after minutes; who waits, or stops early, has at least this.
    private static double Said(string name, double seconds)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"{name}: {seconds:F1} s"));
        return seconds;
    }

    private static string Listed(IEnumerable<double> values, string format) =>
        string.Join(", ", values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)));
}
