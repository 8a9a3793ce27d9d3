using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Benchmarks;

/// <summary>The whole training of the small study's Original, once for each number format and layout: does the faster one learn the same?</summary>
internal static class WholeTraining
{
    public static void Print(int seeds)
    {
        var spec = SmallStudy.Data;
        using var images = ImageSet.Load(spec, CPU, DataShelf.Default());
        var splits = Splits.Of(spec, images.HostLabels, images.TrainCount, images.Classes);
        Console.WriteLine(FormattableString.Invariant(
            $"Training Original on {spec.Benchmark.Name}, {splits.Forget.Count + splits.Retain.Count} images, {images.Classes} classes, seeds 0 to {seeds - 1}:"));
        Console.WriteLine("\n| precision | layout | seed | train % | test % | seconds |\n|---|---|---|---|---|---|");
        foreach (var seed in Enumerable.Range(0, seeds))
        {
            Row(images, splits, seed, Precision.Float32, channelsLast: false);
            Row(images, splits, seed, Precision.Float32, channelsLast: true);
            Row(images, splits, seed, Precision.BFloat16, channelsLast: true);
        }
    }

    private static void Row(ImageSet images, Splits splits, int seed, Precision precision, bool channelsLast)
    {
        var spec = SmallStudy.Spec.Training with { Precision = precision, ChannelsLast = channelsLast };
        int[] rows = [.. splits.Forget.Concat(splits.Retain).Order()];
        using var model = SmallStudy.Spec.Network.Create(
            images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, seed, CPU);
        var log = Trainer.Fit(model, images, spec, Planners.Supervised(rows, images.HostLabels, spec.BatchSize, seed), Objectives.CrossEntropy, seed);
        var layout = channelsLast ? "channels_last" : "contiguous";
        Console.WriteLine(FormattableString.Invariant(
            $"| {precision} | {layout} | {seed} | {Predictions.Of(model, images, rows).Accuracy:F2} | {Predictions.Of(model, images, splits.Test).Accuracy:F2} | {log.Elapsed.TotalSeconds:F0} |"));
    }
}
