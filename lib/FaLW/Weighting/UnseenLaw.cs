using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>How the true-class probability of unseen samples lies, class by class, under the model as it is now.</summary>
public abstract record UnseenLaw
{
    /// <summary>How far each sample lies from the unseen ones of its class, as if these were standard normal; positive is under-forgotten.</summary>
    /// <param name="probability">[n], probability of the true class.</param>
    /// <param name="labels">int64 [n], true classes.</param>
    /// <returns>[n], in the caller's dispose scope.</returns>
    public abstract Tensor ZScore(Tensor probability, Tensor labels);

    /// <summary>Its tensors, for whoever keeps it across steps.</summary>
    internal abstract IEnumerable<Tensor> Parts { get; }
}
