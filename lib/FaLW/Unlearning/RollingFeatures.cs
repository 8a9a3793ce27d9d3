using FaLW.Models;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// The true-class probability of the whole unseen set at the price of a slice of it (ours). What goes into the last layer
/// is kept of every unseen sample; per call one slice of it is taken anew, the classes taking turns, and the last layer as it is
/// now, where the quick movement is, is applied to all. The first call evaluates everything.
/// </summary>
internal sealed class RollingFeatures(UnlearningTask task, Tensor rows, int slice) : IDisposable
{
    private readonly Tensor turns = tensor(TakingTurns(task), [rows.shape[0]], dtype: int64, device: rows.device).DetachFromDisposeScope();
    private readonly Tensor labels = task.Images.Labels.index_select(0, rows).DetachFromDisposeScope();
    private Tensor? features;
    private long next;

    /// <summary>How many samples the last call took through the whole network.</summary>
    public long Evaluated { get; private set; }

    /// <summary>float32 [n], in the order of the rows, in the caller's dispose scope.</summary>
    public Tensor Probability(Classifier model)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var layer = new LastLayer(model);
        if (features is null) Start(layer);
        else Renew(layer, features);
        return layer.TrueClassProbability(features!, labels).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        turns.Dispose();
        labels.Dispose();
        features?.Dispose();
    }

    private void Start(LastLayer layer)
    {
        features = layer.Features(task.Images, rows).DetachFromDisposeScope();
        Evaluated = rows.shape[0];
    }

    private void Renew(LastLayer layer, Tensor known)
    {
        var end = Math.Min(next + slice, rows.shape[0]);
        var places = turns.narrow(0, next, end - next);
        known.index_copy_(0, places, layer.Features(task.Images, rows.index_select(0, places)));
        Evaluated = end - next;
        next = end % rows.shape[0];
    }

    // Positions in the unseen list, so ordered that every stretch holds of each class about its share of all.
    private static long[] TakingTurns(UnlearningTask task)
    {
        var classes = task.Images.HostLabels;
        return
        [
            .. task.Splits.Unseen.Index()
                .GroupBy(entry => classes[entry.Item], entry => (long)entry.Index)
                .SelectMany(own => own.Index().Select(entry => (Position: entry.Item, Turn: (entry.Index + 0.5) / own.Count())))
                .OrderBy(entry => entry.Turn).ThenBy(entry => entry.Position)
                .Select(entry => entry.Position),
        ];
    }
}
