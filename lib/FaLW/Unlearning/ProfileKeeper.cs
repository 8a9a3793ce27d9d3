using FaLW.Metrics;
using FaLW.Models;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// The unseen profile of the model in training: evaluation mode, no augmentation, no gradient. Renewed every
/// so many steps, over the whole unseen set (Algorithm 1 of FaLW, step 3a: every step) or, rolling, over a slice
/// of it in turn (<see cref="RollingFeatures"/>).
/// </summary>
internal sealed class ProfileKeeper : IDisposable
{
    private readonly UnlearningTask task;
    private readonly Tensor rows;
    private readonly UnseenClasses classes;
    private readonly RollingFeatures? rolling;
    private UnseenLaw? law;
    private long steps;

    public ProfileKeeper(UnlearningTask task)
    {
        this.task = task;
        using var scope = NewDisposeScope();
        var (unseen, images, slice) = (task.ProfileRows, task.Images, task.Weighting.ProfileSlice);
        rows = tensor([.. unseen.Select(row => (long)row)], [unseen.Count], dtype: int64, device: images.Device).DetachFromDisposeScope();
        classes = new UnseenClasses(images.Labels.index_select(0, rows), task.Splits.Classes);
        rolling = slice > 0 && slice < unseen.Count ? new RollingFeatures(task, rows, slice) : null;
    }

    /// <summary>How many unseen samples went through the whole network so far, each time counting.</summary>
    public long Evaluated { get; private set; }

    /// <summary>The profile for the step about to be taken; called once a step.</summary>
    public UnseenLaw At(Classifier model)
    {
        if (law is null || steps % task.Weighting.ProfileEvery == 0) Renew(model);
        steps++;
        return law!;
    }

    public void Dispose()
    {
        Forget();
        rolling?.Dispose();
        rows.Dispose();
        classes.Dispose();
    }

    private void Renew(Classifier model)
    {
        using var scope = NewDisposeScope();
        var probability = rolling?.Probability(model) ?? Predictions.TrueClassProbability(model, task.Images, rows);
        Evaluated += rolling?.Evaluated ?? rows.shape[0];
        var fresh = classes.Law(probability, task.Weighting.ProfileSpread);
        Forget();
        foreach (var part in fresh.Parts) part.DetachFromDisposeScope();
        law = fresh;
    }

    private void Forget()
    {
        foreach (var part in law?.Parts ?? []) part.Dispose();
    }
}
