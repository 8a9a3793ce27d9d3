using System.Diagnostics;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Benchmarks;

/// <summary>Whole unlearning epochs on the small main study's sets: plain random labels, and FaLW with its profile refreshed every step or every twenty.</summary>
internal static class WholeEpochs
{
    private static readonly RandomLabel Method = Study.Main.Specs(Scale.Small, 1).Select(spec => spec.Unlearner).OfType<RandomLabel>().First() with { Epochs = 1 };

    public static void Print()
    {
        var spec = SmallStudy.Data;
        using var images = ImageSet.Load(spec, CPU, DataShelf.Default());
        var splits = Splits.Of(spec, images.HostLabels, images.TrainCount, images.Classes);
        using var original = SmallStudy.Spec.Network.Create(images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, 0, CPU);

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
            var (model, _) = Method.Unlearn(new UnlearningTask(original, images, splits, weighting, 0));
            model.Dispose();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static void Row(string name, double seconds, double plain) =>
        Console.WriteLine(FormattableString.Invariant($"| {name} | {seconds:F1} | {seconds / plain:F2} |"));
}
