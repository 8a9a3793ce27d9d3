using FaLW.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>
/// Which class an image falls into when it is pushed over the nearest boundary of the Original: one step along the sign of
/// the gradient of the cross-entropy (FGSM, Goodfellow et al. 2015) in pixels.
/// </summary>
/// <param name="original">The frozen Original.</param>
/// <param name="images">Knows how pixels become numbers.</param>
/// <param name="bound">Step per pixel, in parts of the pixel range.</param>
/// <param name="excludeTrue">Whether the true class does not count.</param>
internal sealed class NearestBoundary(Teacher original, ImageSet images, double bound, bool excludeTrue)
{
    /// <summary>int64 [n]: the class of each row after the step.</summary>
    public Tensor Classes(Batch batch)
    {
        using var scope = NewDisposeScope();
        var moved = Moved(batch);
        using var noGradient = no_grad();
        var logits = original.Logits(images.Normalised(moved));
        if (excludeTrue) logits.scatter_(1, batch.Labels.unsqueeze(1), full_like(logits, double.NegativeInfinity));
        return logits.argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>float32 [n, C, H, W], whole numbers 0 to 255: the images after the step, as a file would store them.</summary>
    public Tensor Moved(Batch batch)
    {
        using var scope = NewDisposeScope();
        var seen = batch.Images.detach().requires_grad_();
        var loss = functional.cross_entropy(original.Logits(seen), batch.Labels, reduction: Reduction.Sum);
        if (loss.requires_grad) loss.backward();
        var slope = seen.grad ?? throw new Fault("Moving an image over a boundary takes the gradient of the network's logits by its pixels, and this network has none. Leave out detach, no_grad and rounding between images and logits.");
        using var noGradient = no_grad();
        // A deviation is positive, so the sign is the same in pixels as in normalised numbers. Whole pixels first: at the usual
        // bound every step ends on a half, and rounding errors must not decide where that goes.
        return (images.Raw(batch.Images).round() + slope.sign() * (255 * bound)).clamp(0, 255).round().MoveToOuterDisposeScope();
    }
}
