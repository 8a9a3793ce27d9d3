using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// What a weighting may see of the forget samples of one batch, never the model; no gradient is attached.
/// Retain samples are not among them. A quantity that the weighting did not ask for is NaN.
/// </summary>
/// <param name="Labels">int64 [n], true classes.</param>
/// <param name="Probability">float32 [n], probability of the true class in the forward pass that trains.</param>
/// <param name="Loss">float32 [n], cross-entropy to the true class in that pass, in nats.</param>
/// <param name="ZScore">float32 [n], distance from the unseen profile of the class in spreads; asked for by <see cref="LossWeighting.ProfileEvery"/>.</param>
/// <param name="Rarity">float32 [n], N_f / (C N_{f,k}) of the class: 1 is average, larger is rarer.</param>
/// <param name="OriginalProbability">float32 [n], probability of the true class under Original in evaluation mode; asked for by <see cref="LossWeighting.NeedsOriginal"/>.</param>
/// <param name="Counts">float64 [classes], forget samples of each class, whole set.</param>
/// <param name="SetLoss">float32 [N_f], loss of every forget sample of the whole set, in the order of the forget set; asked for by <see cref="LossWeighting.SetLoss"/>.</param>
/// <param name="Epsilon">float32 [n], soft weight of the sample, of mean absolute value 1 over the set: below 0 it is to be forgotten; asked for by <see cref="LossWeighting.SoftDemand"/>.</param>
public readonly record struct ForgetState(
    Tensor Labels, Tensor Probability, Tensor Loss, Tensor ZScore, Tensor Rarity, Tensor OriginalProbability, Tensor Counts, Tensor SetLoss,
    Tensor Epsilon)
{
    /// <summary>The epoch in progress, counted from 0.</summary>
    public int Epoch { get; init; }
}
