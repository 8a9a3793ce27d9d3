namespace FaLW.Tests.Shared;

/// <summary>A task of eight images that a linear network can learn, a network and plans for it.</summary>
internal sealed class Toy(Network? network = null) : IDisposable
{
    public static readonly TrainSpec Plain = new(Epochs: 2, BatchSize: 4, LearningRate: 0.1, Momentum: 0, WeightDecay: 0);

    /// <summary>Two classes: images bright above the middle, and bright below it.</summary>
    public ImageSet Images { get; } = Draw();

    public Classifier Model { get; } = (network ?? Network.Linear).Create(1, 8, 8, classes: 2, seed: 0, CPU);

    /// <summary>All rows in batches of the given sizes, in stored order.</summary>
    public Planner InOrder(params int[] batches) => _ => new EpochPlan(
        [.. Enumerable.Range(0, batches.Sum())], [.. Images.HostLabels.Take(batches.Sum()).Select(label => (long)label)],
        [.. Enumerable.Range(0, batches.Sum()).Select(row => row % 2 == 0)], batches);

    public Planner Shuffled(int seed) => Planners.Supervised([.. Enumerable.Range(0, 8)], Images.HostLabels, Plain.BatchSize, seed);

    public TrainLog Fit(TrainSpec spec, Planner plan, Objective objective, StepRule? rule = null, IProgress<TrainProgress>? progress = null, CancellationTokenSource? wish = null) =>
        Trainer.Fit(Model, Images, spec, plan, objective, seed: 0, rule, progress, wish?.Token ?? TestContext.Current.CancellationToken);

    private static ImageSet Draw()
    {
        var noise = new SeededStream(0, "toy");
        int[] labels = [0, 1, 0, 1, 0, 1, 0, 1];
        byte[] pixels = [.. labels.SelectMany(label => Enumerable.Range(0, 64).Select(pixel =>
            (byte)((pixel / 32 == label ? 160 : 40) + noise.Below(60))))];
        return new ImageSet(new RawImages(Benchmark.Synthetic, pixels, labels, trainCount: 8), classes: 2, CPU);
    }

    public void Dispose()
    {
        Model.Dispose();
        Images.Dispose();
    }
}
