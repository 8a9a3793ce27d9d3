using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// What losses are to a diffusion model: how far the noise it finds is from the noise that was mixed in, at a step drawn anew for every image (Ho et al. 2020, arXiv 2006.11239, Equation 14; here the mean over pixels, not the sum).
/// To forget, the noise it finds for the true class is drawn towards the noise it finds for another, as in the code of SalUn (Fan et al. 2024, arXiv 2310.12508, folder DDPM): random labels for a generator.
/// Departures from that code: the other class is drawn per image and not the next one; forget and retain images share batches, under one mean, where the code has a batch of each.
/// </summary>
internal sealed class Denoising(NoiseSchedule schedule, ImageSet images, int seed) : IDisposable
{
    /// <summary>At so many steps, evenly spread, an image's loss under the Original is taken, each with one noise.</summary>
    public const int Looks = 20;

    private readonly Diffusion diffusion = new(schedule, new InputShape(images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width), images.Device);
    private readonly Generator draws = new((ulong)seed, images.Device);

    /// <summary>Loss of each row to its own label: float32 [n], with gradient.</summary>
    public Tensor Own(Classifier model, Batch batch) => Ask(model, batch).Own;

    /// <summary>The loss of each row towards its target, float32 [n], with gradient, and that of forget rows to their own labels, without: both from one forward pass.</summary>
    public (Tensor Loss, Tensor Own) Losses(Classifier model, Batch batch)
    {
        var (own, found, noised, steps) = Ask(model, batch);
        var forget = batch.ForgetPositions;
        Tensor Part(Tensor of) => of.index_select(0, forget);
        if (forget.shape[0] == 0) return (own, Part(own.detach()));
        Tensor other;
        using (no_grad()) other = diffusion.Found(model, Part(noised), Part(steps), Part(batch.Targets));
        return (own.index_copy(0, forget, Difference(Part(found), other)), Part(own.detach()));
    }

    /// <summary>The mean loss of rows of the image set, int64 [n], under a model over <see cref="Looks"/> steps: float32 [n], without gradient.</summary>
    public Tensor Known(Classifier model, Tensor rows) => Course(model, rows).mean([0]);

    /// <summary>The loss of each row at each of <see cref="Looks"/> steps: float32 [looks, n], without gradient. The draws are its own, so that the same is asked of every model.</summary>
    public Tensor Course(Classifier model, Tensor rows)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var own = new Generator((ulong)seed, images.Device);
        var (pixels, labels) = (images.Pixels(rows), images.Labels.index_select(0, rows));
        using var evaluation = new EvaluationMode(model);
        return stack(Enumerable.Range(0, Looks).Select(look =>
        {
            var steps = full_like(labels, StepOf(look));
            var noise = randn(pixels.shape, generator: own, device: images.Device);
            return Difference(diffusion.Found(model, diffusion.Noised(pixels, steps, noise), steps, labels), noise);
        })).MoveToOuterDisposeScope();
    }

    /// <summary>The step of a look, counted from 0.</summary>
    public long StepOf(int look) => (2 * look + 1) * diffusion.Steps / (2 * Looks);

    /// <summary>One image per label, int64 [n]: uint8 [n, C, H, W].</summary>
    public Tensor Sample(Classifier model, Tensor labels)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor Level(int ink) => images.Normalised(full(1, images.Benchmark.Channels, 1, 1, ink, dtype: uint8, device: images.Device));
        return images.Raw(diffusion.Sample(model, labels, draws, Level(0), Level(255))).round().clamp(0, 255).to_type(uint8).MoveToOuterDisposeScope();
    }

    public void Dispose() => Owned.Release(draws, diffusion);

    private (Tensor Own, Tensor Found, Tensor Noised, Tensor Steps) Ask(Classifier model, Batch batch)
    {
        var steps = randint(0, diffusion.Steps, [batch.Labels.shape[0]], generator: draws, dtype: int64, device: images.Device);
        var noise = randn(batch.Images.shape, generator: draws, device: images.Device);
        var noised = diffusion.Noised(batch.Images, steps, noise);
        var found = diffusion.Found(model, noised, steps, batch.Labels);
        return (Difference(found, noise), found, noised, steps);
    }

    private static Tensor Difference(Tensor found, Tensor wanted) => (found - wanted).square().mean([1, 2, 3]);
}
