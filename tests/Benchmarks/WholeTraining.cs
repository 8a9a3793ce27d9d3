namespace FaLW.Benchmarks;

/// <summary>Whole trainings of Original: does a faster number format learn the same, and what does a network know by heart?</summary>
internal static class WholeTraining
{
    /// <summary>The small study's, once for each number format and layout.</summary>
    public static void Print(int seeds)
    {
        using var images = ImageSet.Load(SmallStudy.Data, CPU, DataShelf.Default());
        Console.WriteLine($"Training Original, {Words(SmallStudy.Data, images)}, seeds 0 to {seeds - 1}:");
        Console.WriteLine("\n| precision | layout | seed | train % | test % | seconds |\n|---|---|---|---|---|---|");
        foreach (var seed in Enumerable.Range(0, seeds))
        {
            Row(seed, Precision.Float32, channelsLast: false);
            Row(seed, Precision.Float32, channelsLast: true);
            Row(seed, Precision.BFloat16, channelsLast: true);
        }

        void Row(int seed, Precision precision, bool channelsLast)
        {
            var (train, test, seconds) = Trained(images, SmallStudy.Spec with { Training = SmallStudy.Spec.Training with { Precision = precision, ChannelsLast = channelsLast } }, seed);
            Console.WriteLine(FormattableString.Invariant($"| {precision} | {(channelsLast ? "channels_last" : "contiguous")} | {seed} | {train:F2} | {test:F2} | {seconds:F0} |"));
        }
    }

    /// <summary>The network of a scale in another width and for other epochs, on the pilot seed: how much of its images does it know by heart?</summary>
    public static void Memory(string scale, int width, int epochs)
    {
        var spec = Scale.Named(scale).Rewrite(Protocol.Cifar100, _ => true).WithSeed(Study.PilotSeed);
        spec = spec with { Network = spec.Network with { Width = width }, Training = spec.Training with { Epochs = epochs } };
        using var images = ImageSet.Load(spec.Data, CPU, DataShelf.Default());
        var (train, test, seconds) = Trained(images, spec, Study.PilotSeed);
        Console.WriteLine($"Training Original, {Words(spec.Data, images)}, seed {Study.PilotSeed}:");
        Console.WriteLine("\n| scale | width | epochs | train % | test % | seconds |\n|---|---|---|---|---|---|");
        Console.WriteLine(FormattableString.Invariant($"| {scale} | {width} | {epochs} | {train:F2} | {test:F2} | {seconds:F0} |"));
    }

    private static string Words(DataSpec data, ImageSet images) =>
        FormattableString.Invariant($"{data.Benchmark.Name}, {RowsOf(data, images).Train.Length} images, {images.Classes} classes");

    private static (int[] Train, IReadOnlyList<int> Test) RowsOf(DataSpec data, ImageSet images)
    {
        var splits = Splits.Of(data, images.HostLabels, images.TrainCount, images.Classes);
        return ([.. splits.Forget.Concat(splits.Retain).Order()], splits.Test);
    }

    private static (double Train, double Test, double Seconds) Trained(ImageSet images, ExperimentSpec spec, int seed)
    {
        var (rows, test) = RowsOf(spec.Data, images);
        using var model = spec.Network.Create(images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, seed, CPU);
        var log = Trainer.Fit(model, images, spec.Training, Planners.Supervised(rows, images.HostLabels, spec.Training.BatchSize, seed), Objectives.CrossEntropy, seed);
        return (Predictions.Of(model, images, rows).Accuracy, Predictions.Of(model, images, test).Accuracy, log.Elapsed.TotalSeconds);
    }
}
