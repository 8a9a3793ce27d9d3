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
        rows = Predictions.RowsOn(images.Device, unseen).DetachFromDisposeScope();
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

    public void Dispose() => Owned.Release([.. law?.Parts ?? [], rolling, rows, classes]);

    private void Renew(Classifier model)
    {
        using var scope = NewDisposeScope();
        var probability = rolling?.Probability(model) ?? Predictions.TrueClassProbability(model, task.Images, rows);
        Evaluated += rolling?.Evaluated ?? rows.shape[0];
        var fresh = classes.Law(probability, task.Weighting.ProfileSpread);
        Owned.Release(law?.Parts ?? []);
        foreach (var part in fresh.Parts) part.DetachFromDisposeScope();
        law = fresh;
    }
}

/// <summary>
/// The true-class probability of the whole unseen set at the price of a slice of it (ours). What goes into the last layer is
/// kept of every unseen sample. Per call one slice is taken through the network anew, the classes taking turns; since its
/// features are known before and after, it tells how features move, and all others are carried along by the same
/// map (kernel ridge regression: linear, and alike for neighbours), if that map foretells samples it was not fitted to. The last layer as it is now is then
/// applied to all. Keeping the others as they were is not enough: between two steps the features of a class move
/// together, and most of a weight's error comes from that. The first call evaluates everything, and no sample is carried
/// for longer than a round.
/// </summary>
internal sealed class RollingFeatures(UnlearningTask task, Tensor rows, int slice) : IDisposable
{
    // In mean likenesses of a sample with itself. Of 0.03 to 0.3 it was nearest to the whole profile along two runs of the profile study.
    private const double Ridge = 0.1;

    // Share of a movement that must be common, measured on samples left out. Without it a model that stands still would never be met.
    private const double Shared = 0.1;

    // Twice, so that a slice may run over the end: a short one would know too little to carry the others.
    private readonly Tensor turns = tensor(TakingTurns(task), [rows.shape[0]], dtype: int64, device: rows.device).repeat(2).DetachFromDisposeScope();
    private readonly Tensor labels = task.Images.Labels.index_select(0, rows).DetachFromDisposeScope();
    private Tensor? features;
    private long next;

    public long Evaluated { get; private set; }

    /// <summary>float32 [n], in the order of the rows, in the caller's dispose scope.</summary>
    public Tensor Probability(Classifier model)
    {
        var layer = new LastLayer(model);
        if (features is null) (features, Evaluated) = (layer.Features(task.Images, rows).DetachFromDisposeScope(), rows.shape[0]);
        else Renew(layer, features);
        return layer.TrueClassProbability(features, labels);
    }

    public void Dispose() => Owned.Release(turns, labels, features);

    private void Renew(LastLayer layer, Tensor known)
    {
        var places = turns.narrow(0, next, slice);
        var fresh = layer.Features(task.Images, rows.index_select(0, places));
        Carry(known, known.index_select(0, places), fresh);
        known.index_copy_(0, places, fresh);
        Evaluated = slice;
        next = (next + slice) % rows.shape[0];
    }

    // Ridge regression of the movement on the features before, in its dual form: the slice is smaller than the features are many.
    private static void Carry(Tensor all, Tensor before, Tensor after)
    {
        var (length, count) = (all.square().sum(1).mean(), before.shape[0]);
        var gram = Likeness(before, before, length).to_type(float64);
        var ridge = gram.trace() * (Ridge / count);
        var inverse = linalg.inv(gram + (ridge * eye(count, dtype: float64, device: gram.device)));
        var movement = (after - before).to_type(float64);
        var coefficients = inverse.mm(movement);
        // Allen's shortcut: what each sample's movement is off by when it is predicted from the others'.
        var off = coefficients / inverse.diagonal().unsqueeze(1);
        var believed = (off.square().sum() / movement.square().sum()).lt(1 - Shared).to_type(all.dtype);
        all.add_(Likeness(all, before, length).mm(coefficients.to_type(all.dtype)) * believed);
    }

    // A shift of all, a linear map, and a bump around every sample: neighbours move alike even where no linear map says so.
    private static Tensor Likeness(Tensor first, Tensor second, Tensor length)
    {
        var product = first.mm(second.t());
        var apart = first.square().sum(1).unsqueeze(1) + second.square().sum(1).unsqueeze(0) - product * 2;
        return product / length + 1 + (apart.clamp(min: 0) / length).neg().exp();
    }

    // Positions in the unseen list, so ordered that every stretch holds of each class about its share of all.
    private static long[] TakingTurns(UnlearningTask task)
    {
        var classes = task.Images.HostLabels;
        return
        [
            .. task.ProfileRows.Index()
                .GroupBy(entry => classes[entry.Item], entry => (long)entry.Index)
                .SelectMany(own => own.Index().Select(entry => (Position: entry.Item, Turn: (entry.Index + 0.5) / own.Count())))
                .OrderBy(entry => entry.Turn).ThenBy(entry => entry.Position)
                .Select(entry => entry.Position),
        ];
    }
}
