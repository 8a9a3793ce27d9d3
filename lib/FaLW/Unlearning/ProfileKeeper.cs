using FaLW.Metrics;
using FaLW.Models;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// The unseen profile of the model in training, renewed over the whole unseen set every so many steps
/// (Algorithm 1 of FaLW, step 3a: every step): evaluation mode, no augmentation, no gradient.
/// </summary>
internal sealed class ProfileKeeper : IDisposable
{
    private readonly UnlearningTask task;
    private readonly Tensor rows;
    private readonly UnseenClasses classes;
    private UnseenProfile? profile;
    private long steps;

    public ProfileKeeper(UnlearningTask task)
    {
        this.task = task;
        using var scope = NewDisposeScope();
        var (unseen, images) = (task.Splits.Unseen, task.Images);
        rows = tensor([.. unseen.Select(row => (long)row)], [unseen.Count], dtype: int64, device: images.Device).DetachFromDisposeScope();
        classes = new UnseenClasses(images.Labels.index_select(0, rows), task.Splits.Classes);
    }

    /// <summary>The profile for the step about to be taken; called once a step.</summary>
    public UnseenProfile At(Classifier model)
    {
        if (profile is null || steps % task.Weighting.ProfileEvery == 0) Renew(model);
        steps++;
        return profile!;
    }

    public void Dispose()
    {
        Forget();
        rows.Dispose();
        classes.Dispose();
    }

    private void Renew(Classifier model)
    {
        using var scope = NewDisposeScope();
        var fresh = classes.Profile(Predictions.TrueClassProbability(model, task.Images, rows));
        Forget();
        profile = new UnseenProfile(fresh.Mean.DetachFromDisposeScope(), fresh.Spread.DetachFromDisposeScope());
    }

    private void Forget()
    {
        profile?.Mean.Dispose();
        profile?.Spread.Dispose();
    }
}
