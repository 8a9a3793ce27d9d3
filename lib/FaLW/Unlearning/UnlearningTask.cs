using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using FaLW.Weighting;

namespace FaLW.Unlearning;

/// <summary>What is to be unlearned, from what, how weighted, with which seed.</summary>
/// <param name="Original">The model trained on forget and retain set; it is read, never changed.</param>
/// <param name="Images">The image set, on the model's device.</param>
/// <param name="Splits">Forget, retain and unseen rows; the test rows are never read.</param>
/// <param name="Weighting">Weights of the forget samples; <see cref="UniformWeighting"/> for the method as it is.</param>
/// <param name="Seed">Seed of labels, order and augmentation; zero is a seed.</param>
/// <param name="Progress">Told after every step; null for nobody.</param>
/// <param name="Cancellation">Asked before every step.</param>
public sealed record UnlearningTask(
    Classifier Original,
    ImageSet Images,
    Splits Splits,
    LossWeighting Weighting,
    int Seed,
    IProgress<TrainProgress>? Progress = null,
    CancellationToken Cancellation = default)
{
    /// <summary>Whether forget samples may weigh anything but 1.</summary>
    public bool IsWeighted => Weighting is not UniformWeighting;

    /// <summary>The unseen rows of which the weighting's profile is made, ascending.</summary>
    internal IReadOnlyList<int> ProfileRows => Weighting.ProfilePerClass is var most and > 0
        ? [.. Splits.Reference.GroupBy(row => Images.HostLabels[row]).SelectMany(own => own.Take(most)).Order()]
        : Splits.Reference;

    /// <summary>How retain rows are drawn in each epoch; null where each comes once.</summary>
    internal ReweightedRows? Reweighted { get; init; }

    /// <summary>The retain rows of an epoch, before they are shuffled.</summary>
    /// <param name="epoch">The epoch from 0.</param>
    internal IReadOnlyList<int> RetainOf(int epoch) => Reweighted?.OfEpoch(Seed, epoch) ?? (IReadOnlyList<int>)Splits.Retain;
}
