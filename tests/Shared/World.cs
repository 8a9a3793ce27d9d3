namespace FaLW.Tests.Shared;

/// <summary>
/// A small world in which there is something to forget: synthetic images hard enough that a network
/// memorises the training ones and errs on unseen ones, a long-tailed forget set, and both reference models.
/// </summary>
[CollectionDefinition(nameof(World))]
public sealed class World : IDisposable, ICollectionFixture<World>
{
    public World()
    {
        Images = ImageSet.Load(Spec, CPU, new DataShelf([], ""));
        Splits = Splits.Of(Spec, Images.HostLabels, Images.TrainCount, Images.Classes);
        Original = Trained([.. Splits.Forget, .. Splits.Retain]);
        Retrain = Trained(Splits.Retain);
    }

    public static DataSpec Spec { get; } = new(Benchmark.Synthetic, new ForgetRule(0.2, 1, Cap: 0.8), UnseenShare: 0.2) { Difficulty = 0.5 };

    public ImageSet Images { get; }

    public Splits Splits { get; }

    public Classifier Original { get; }

    public Classifier Retrain { get; }

    /// <summary>A task on this world; uniform weights unless told otherwise.</summary>
    public UnlearningTask Task(LossWeighting? weighting = null, int seed = 0) =>
        new(Original, Images, Splits, weighting ?? new UniformWeighting(), seed);

    /// <summary>Random labels in the size of this world.</summary>
    public static RandomLabel RandomLabels { get; } = new(2, 0.02) { BatchSize = 64, Augmentation = Augmentation.None };

    /// <summary>Unlearns and hands the result to a reader; nothing is left behind.</summary>
    public T Unlearned<T>(Unlearner method, Func<Classifier, T> read, LossWeighting? weighting = null, int seed = 0)
    {
        using var model = method.Unlearn(Task(weighting, seed)).Model;
        return read(model);
    }

    /// <summary>What the training saw; the model is not kept.</summary>
    public TrainLog Log(Unlearner method, LossWeighting? weighting = null)
    {
        var (model, log) = method.Unlearn(Task(weighting));
        model.Dispose();
        return log;
    }

    public void Dispose()
    {
        Original.Dispose();
        Retrain.Dispose();
        Images.Dispose();
    }

    private Classifier Trained(IReadOnlyList<int> rows)
    {
        var model = (Network.ResNet8 with { Width = 8 }).Create(1, 8, 8, Images.Classes, seed: 1, CPU);
        var spec = new TrainSpec(15, 64, 0.1, Schedule: Schedule.OneCycle);
        Trainer.Fit(model, Images, spec, Planners.Supervised(rows, Images.HostLabels, 64, seed: 1), Objectives.CrossEntropy, seed: 1);
        return model;
    }
}

/// <summary>FaLW's whole machinery with every weight forced to 1.</summary>
internal sealed record ForcedToOne : LossWeighting
{
    public override int ProfileEvery => 1;

    public override bool NeedsOriginal => true;

    public override Tensor Weights(ForgetState state) => ones_like(state.ZScore);
}

/// <summary>Hands every state to a reader; weighs as told.</summary>
internal sealed record Watching(Func<ForgetState, Tensor> Read, int Every = 0, bool Original = false, SetLoss Set = SetLoss.None) : LossWeighting
{
    public override int ProfileEvery => Every;

    public override bool NeedsOriginal => Original;

    public override SetLoss SetLoss => Set;

    public override Tensor Weights(ForgetState state) => Read(state);
}
