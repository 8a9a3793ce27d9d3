namespace FaLW.Benchmarks;

/// <summary>
/// The kit's side of a comparison with other kits (peers.md): Original and images of the small study, written where others can read them, and one method from there, timed
/// by the clock. One process for each method, so that the peak memory is its own.
/// </summary>
internal static class Peers
{
    private const string Model = "original.safetensors", Sets = "sets.safetensors";

    public static void Prepare(string folder)
    {
        Directory.CreateDirectory(folder);
        var (images, splits, model) = Open();
        var training = SmallStudy.Spec.Training;
        int[] rows = [.. splits.Forget.Concat(splits.Retain).Order()];
        Trainer.Fit(model, images, training, Planners.Supervised(rows, images.HostLabels, training.BatchSize, seed: 0), Objectives.CrossEntropy, seed: 0);
        model.Save(Path.Combine(folder, Model));
        Safetensors.Write(Path.Combine(folder, Sets),
        [
            ("images", images.Images), ("labels", images.Labels), ("forget", Rows(splits.Forget)), ("retain", Rows(splits.Retain)), ("test", Rows(splits.Test)),
            ("mean", tensor(images.Benchmark.Mean.ToArray())), ("deviation", tensor(images.Benchmark.Deviation.ToArray())),
        ]);
        Console.WriteLine($"{splits.Forget.Count} to forget, {splits.Retain.Count} retained, {splits.Test.Count} to test; {Scores(model, images, splits)}");
    }

    public static void Print(string folder, string method, int epochs, int seeds, bool isReduced)
    {
        var (images, splits, model) = Open();
        model.Load(Path.Combine(folder, Model));
        var precision = isReduced ? Precision.BFloat16 : Precision.Float32;
        // The layout that the kit's studies take on a processor.
        var labels = new RandomLabel(epochs, 0.013) { ChannelsLast = true, Precision = precision };
        (Unlearner Unlearner, LossWeighting Weighting) chosen = method switch
        {
            "FT" => (new FineTune(epochs, 0.013) { ChannelsLast = true, Precision = precision }, new UniformWeighting()),
            "SalUn" => (new SaliencyMask(labels), new UniformWeighting()),
            "FaLW" => (labels, new ForgettingAwareWeighting()),
            _ => (labels, new UniformWeighting()),
        };
        foreach (var seed in Enumerable.Range(0, seeds))
        {
            var clock = Stopwatch.StartNew();
            var (unlearned, _) = chosen.Unlearner.Unlearn(new UnlearningTask(model, images, splits, chosen.Weighting, seed));
            var seconds = clock.Elapsed.TotalSeconds / epochs;
            Console.WriteLine(FormattableString.Invariant(
                $"| this kit, {precision} | {method} | {seed} | {seconds:F1} | {Scores(unlearned, images, splits)} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:F0} |"));
            unlearned.Dispose();
        }
    }

    private static (ImageSet Images, Splits Splits, Classifier Model) Open()
    {
        var images = ImageSet.Load(SmallStudy.Data, CPU, DataShelf.Default());
        var set = images.Benchmark;
        return (images, Splits.Of(SmallStudy.Data, images.HostLabels, images.TrainCount, images.Classes),
            SmallStudy.Spec.Network.Create(set.Channels, set.Height, set.Width, images.Classes, 0, CPU));
    }

    private static Tensor Rows(IReadOnlyList<int> rows) => tensor(rows.Select(row => (long)row).ToArray());

    private static string Scores(Classifier model, ImageSet images, Splits splits) => FormattableString.Invariant(
        $"{Predictions.Of(model, images, splits.Forget).Accuracy:F1} | {Predictions.Of(model, images, splits.Retain).Accuracy:F1} | {Predictions.Of(model, images, splits.Test).Accuracy:F1}");
}
