using static TorchSharp.torch;

namespace FaLW.Data;

/// <summary>One mixed batch on the device: forget and retain samples share one forward pass.</summary>
/// <param name="Images">float32 [n, C, H, W], augmented and normalised.</param>
/// <param name="Labels">int64 [n], the true labels.</param>
/// <param name="Targets">int64 [n], the labels to train towards; random for forget samples in some methods.</param>
/// <param name="IsForget">bool [n].</param>
/// <param name="Rows">int64 [n], rows of the image set.</param>
public readonly record struct Batch(Tensor Images, Tensor Labels, Tensor Targets, Tensor IsForget, Tensor Rows)
{
    /// <summary>
    /// int64 [k], where in the batch its forget samples stand, ascending. <see cref="Batches"/> counts them on
    /// the host, so that picking them out never waits for the device; otherwise they are searched.
    /// </summary>
    public Tensor ForgetPositions
    {
        get => field ?? IsForget.nonzero().flatten();
        init;
    }
}
