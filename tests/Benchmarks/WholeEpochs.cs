using System.Diagnostics;
using FaLW.Data;
using FaLW.Models;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Benchmarks;

/// <summary>Whole unlearning epochs on the small main study's sets: plain random labels, and FaLW with its profile refreshed every step or every twenty.</summary>
internal static class WholeEpochs
{
    private static readonly DataSpec Sets = new(Benchmark.Cifar100, new ForgetRule(0.2, 1, Cap: 0.8)) { FirstClasses = 20, TrainPerClass = 500 };

    public static void Print()
    {
        var shelf = DataShelf.Default();
        var spec = shelf.Find(Sets.Benchmark) is null ? Sets with { Benchmark = Benchmark.Digits, FirstClasses = 10, TrainPerClass = 0 } : Sets;
        using var images = ImageSet.Load(spec, CPU, shelf);
        var splits = Splits.Of(spec, images.HostLabels, images.TrainCount, images.Classes);
        using var original = Network.ResNet8.Create(images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, 0, CPU);

        Console.WriteLine(FormattableString.Invariant($"One unlearning epoch on {spec.Benchmark.Name}, {splits.Forget.Count} to forget, {splits.Retain.Count} retained, {splits.Unseen.Count} unseen, ResNet-8:"));
        Console.WriteLine("\n| method | seconds | times RL |\n|---|---|---|");
        Measure(new UniformWeighting());
        var plain = Measure(new UniformWeighting());
        Row("RL", plain, plain);
        Row("FaLW, profile every step (Algorithm 1)", Measure(new ForgettingAwareWeighting(RefreshEvery: 1)), plain);
        Row("FaLW, profile every 20 steps", Measure(new ForgettingAwareWeighting(RefreshEvery: 20)), plain);

        double Measure(LossWeighting weighting)
        {
            var start = Stopwatch.GetTimestamp();
            var (model, _) = new RandomLabel(1, 0.01) { BatchSize = 128 }.Unlearn(new UnlearningTask(original, images, splits, weighting, 0));
            model.Dispose();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static void Row(string name, double seconds, double plain) =>
        Console.WriteLine(FormattableString.Invariant($"| {name} | {seconds:F1} | {seconds / plain:F2} |"));
}
