using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// The network of a small class-conditional diffusion model (Ho et al. 2020, arXiv 2006.11239, who have a convolutional U-Net): a residual perceptron that is shown a noisy
/// image, the step and the class, and says which noise is in it. Step and class come as two planes beside the image, so that to everything that
/// trains, copies or keeps a model this is a classifier with a logit per pixel.
/// </summary>
/// <param name="Labels">Classes that can be asked for, at least 1.</param>
/// <param name="Units">Width of the blocks, at least 1.</param>
/// <param name="Blocks">Residual blocks, at least 1.</param>
public sealed record Denoiser(int Labels, int Units = 128, int Blocks = 3) : Network("Denoiser")
{
    /// <inheritdoc/>
    public override IEnumerable<string> Faults() =>
        Must.All(Must.BeAtLeast(1, Labels, "the labels of the generator"), Must.BeAtLeast(1, Units, "the units of the generator"), Must.BeAtLeast(1, Blocks, "the blocks of the generator")).Select(fault => $"{fault}.");

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> Layers(InputShape shape, int classes) => new DenoisingPerceptron(classes, Labels, Units, Blocks);

    internal Classifier For(InputShape image, int seed, Device device) => Create(image.Channels + Diffusion.Planes, image.Height, image.Width, image.Pixels, seed, device);
}

/// <summary>
/// How noise is mixed into an image over the steps of a diffusion: variances that grow linearly, as in Ho et al. 2020, section 4. Theirs are 1,000 steps from 1e-4 to 0.02; here
/// there are fewer and larger ones, so that sampling takes seconds, and at the end as little is left of the image.
/// </summary>
/// <param name="Steps">Number of steps, at least 2.</param>
/// <param name="First">Variance of the first step, above 0.</param>
/// <param name="Last">Variance of the last step, not below the first, below 1.</param>
public sealed record NoiseSchedule(int Steps = 200, double First = 5e-4, double Last = 0.1)
{
    /// <summary>Variance beta_t of the noise of a step, counted from 0.</summary>
    public double Variance(int step) => First + (Last - First) * step / (Steps - 1);

    /// <summary>The share alpha-bar_t of the variance that is still the image's after each step: x_t is normal around sqrt(alpha-bar_t) x_0 with variance 1 - alpha-bar_t (their Equation 4).</summary>
    public IReadOnlyList<double> Left()
    {
        var (left, kept) = (new double[Steps], 1.0);
        for (var step = 0; step < Steps; step++) left[step] = kept *= 1 - Variance(step);
        return left;
    }

    /// <summary>What is wrong with the settings, as sentences; empty when nothing is.</summary>
    public IEnumerable<string> Faults() => Must.All(
        Must.BeAtLeast(2, Steps, "the steps of the diffusion"), Must.Hold(First > 0, "be positive", First, "the first variance of the diffusion"),
        Must.Hold(Last >= First && Last < 1, "be below 1 and not below the first", Last, "the last variance of the diffusion")).Select(fault => $"{fault}.");
}

/// <summary>A schedule at work on images of one shape: noise in, and, by a denoiser, out again.</summary>
internal sealed class Diffusion(NoiseSchedule schedule, InputShape shape, Device device) : IDisposable
{
    /// <summary>Planes beside the image: step and class.</summary>
    public const int Planes = 2;

    private readonly IReadOnlyList<double> left = schedule.Left();
    private readonly Tensor signal = Roots(schedule.Left(), device), noise = Roots(schedule.Left().Select(share => 1 - share), device);

    public int Steps => schedule.Steps;

    /// <summary>Images after a step each: float32 [n, C, H, W]; steps int64 [n], counted from 0.</summary>
    public Tensor Noised(Tensor images, Tensor steps, Tensor noises) => signal.index_select(0, steps) * images + noise.index_select(0, steps) * noises;

    /// <summary>The noise that a denoiser finds in them: float32 [n, C, H, W]; labels int64 [n].</summary>
    public Tensor Found(Classifier denoiser, Tensor noised, Tensor steps, Tensor labels)
    {
        using var scope = NewDisposeScope();
        Tensor Plane(Tensor values) => values.to_type(float32).view(-1, 1, 1, 1).expand(noised.shape[0], 1, shape.Height, shape.Width);
        return denoiser.Logits(cat([noised, Plane(steps), Plane(labels)], 1)).view(noised.shape).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// One image per label, int64 [n], by Algorithm 2 of Ho et al. from noise drawn from the generator: float32 [n, C, H, W]. As in their code, what a step takes for the image
    /// is held to the range of real ones.
    /// </summary>
    public Tensor Sample(Classifier denoiser, Tensor labels, Generator draws, Tensor lowest, Tensor highest)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        long[] size = [labels.shape[0], shape.Channels, shape.Height, shape.Width];
        var images = randn(size, generator: draws, device: labels.device);
        for (var step = Steps - 1; step >= 0; step--)
        {
            using var turn = NewDisposeScope();
            var (share, before, variance) = (left[step], step == 0 ? 1 : left[step - 1], schedule.Variance(step));
            var found = Found(denoiser, images, full_like(labels, step), labels);
            var image = minimum(maximum((images - found * Math.Sqrt(1 - share)) / Math.Sqrt(share), lowest), highest);
            images = image * (Math.Sqrt(before) * variance / (1 - share)) + images * (Math.Sqrt(1 - variance) * (1 - before) / (1 - share));
            if (step > 0) images += randn(size, generator: draws, device: labels.device) * Math.Sqrt(variance * (1 - before) / (1 - share));
            images = images.MoveToOuterDisposeScope();
        }

        return images.MoveToOuterDisposeScope();
    }

    public void Dispose() => Owned.Release(signal, noise);

    private static Tensor Roots(IEnumerable<double> shares, Device device)
    {
        float[] roots = [.. shares.Select(share => (float)Math.Sqrt(share))];
        return tensor(roots, [roots.Length, 1, 1, 1], device: device).DetachFromDisposeScope();
    }
}

/// <summary>Blocks of two linear layers on a normalised input, each told step (as sines and cosines, Vaswani et al. 2017) and class (as a learned vector).</summary>
internal sealed class DenoisingPerceptron : Module<Tensor, Tensor>
{
    private const int Waves = 32;
    private const double Longest = 10_000;

    private readonly int pixels, labels, units;
    // The vectors of the classes are a layer on their one-hot codes: TorchSharp 0.107 loses the weight of an Embedding that is made within a dispose scope.
    private readonly Linear into, time, label, outof;
    private readonly ModuleList<Linear> first, second, told;

    public DenoisingPerceptron(int pixels, int labels, int units, int blocks) : base(nameof(DenoisingPerceptron))
    {
        ModuleList<Linear> Layers() => new([.. Enumerable.Range(0, blocks).Select(_ => Linear(units, units))]);
        (this.pixels, this.labels, this.units) = (pixels, labels, units);
        (into, time, label, outof) = (Linear(pixels, units), Linear(2 * Waves, units), Linear(labels, units, hasBias: false), Linear(units, pixels));
        (first, second, told) = (Layers(), Layers(), Layers());
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var planes = input.flatten(1);
        var area = planes.shape[1] - pixels;
        var (step, asked) = (planes.narrow(1, pixels, 1), planes.select(1, pixels + area / Diffusion.Planes).to_type(int64));
        var angles = step * (arange(Waves, dtype: float32, device: input.device) * (-Math.Log(Longest) / (Waves - 1))).exp();
        var condition = functional.silu(time.call(cat([angles.sin(), angles.cos()], 1)) + label.call(functional.one_hot(asked, labels).to_type(float32)));
        var hidden = into.call(planes.narrow(1, 0, pixels));
        for (var i = 0; i < first.Count; i++)
            hidden = hidden + second[i].call(functional.silu(first[i].call(Normal(hidden)) + told[i].call(condition)));
        return outof.call(functional.silu(Normal(hidden))).MoveToOuterDisposeScope();
    }

    private Tensor Normal(Tensor hidden) => functional.layer_norm(hidden, [units]);
}
