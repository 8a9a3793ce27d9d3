using TorchSharp;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Models;

/// <summary>A diffusion against what is known of it in closed form (Ho et al. 2020).</summary>
public sealed class DenoiserTests : IDisposable
{
    private static readonly InputShape Shape = new(1, 4, 4);
    private static readonly NoiseSchedule Schedule = new(40, 0.002, 0.3);

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>The variance that step after step of Equation 2 gives is that of Equation 4, which goes there in one step: with v' = (1 - b) v + b, v = 1 - alpha-bar.</summary>
    [Fact]
    public void One_step_to_t_is_as_good_as_t_steps()
    {
        var (variance, mean) = (0.0, 1.0);
        Assert.All(Schedule.Left().Index(), step =>
        {
            (variance, mean) = ((1 - Schedule.Variance(step.Index)) * variance + Schedule.Variance(step.Index), Math.Sqrt(1 - Schedule.Variance(step.Index)) * mean);
            Assert.Equal((1 - step.Item, Math.Sqrt(step.Item)), (variance, mean), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12);
        });
        Assert.Equal((0.002, 0.3), (Schedule.Variance(0), Schedule.Variance(39)));
        Assert.InRange(new NoiseSchedule().Left()[^1], 0, 1e-4);
    }

    [Fact]
    public void A_noised_image_has_the_mean_and_the_variance_of_the_formula()
    {
        using var diffusion = new Diffusion(Schedule, Shape, CPU);
        using var draws = new Generator(3, CPU);
        var steps = tensor(new long[] { 0, 12, 39 });
        var image = full(3, 1, 4, 4, 1.5f);
        var noises = randn([4000, 3, 1, 4, 4], generator: draws);
        var noised = stack(noises.unbind(0).Select(noise => diffusion.Noised(image, steps, noise))).transpose(0, 1).flatten(1);
        Assert.All(new[] { 0, 12, 39 }.Index(), step =>
        {
            var left = Schedule.Left()[step.Item];
            Assert.Equal(1.5 * Math.Sqrt(left), noised[step.Index].mean().item<float>(), 0.02);
            Assert.Equal(1 - left, noised[step.Index].var().item<float>(), 0.02);
        });
    }

    /// <summary>Of data that are one image the noise is known exactly: (x - sqrt(alpha-bar) x_0) / sqrt(1 - alpha-bar). Who finds it comes back to the image from any noise.</summary>
    [Fact]
    public void Sampling_with_the_true_noise_ends_at_the_image()
    {
        using var diffusion = new Diffusion(Schedule, Shape, CPU);
        using var oracle = new Oracle(0.7f).Create(Shape.Channels + Diffusion.Planes, 4, 4, Shape.Pixels, seed: 0, CPU);
        var made = Sample(diffusion, oracle, 1, low: -1, high: 1);
        Assert.All(Bits.Numbers(made), pixel => Assert.Equal(0.7f, pixel, 1e-4f));
        Assert.Equal((3, 16), (made.shape[0], made[0].numel()));
        Assert.All(Bits.Numbers(Sample(diffusion, oracle, 1, low: -1, high: 0.5f)), pixel => Assert.Equal(0.5f, pixel, 1e-4f));
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_and_others_do_not()
    {
        using var diffusion = new Diffusion(Schedule, Shape, CPU);
        using Classifier one = new Denoiser(3, 8, 2).For(Shape, 5, CPU), same = new Denoiser(3, 8, 2).For(Shape, 5, CPU), copy = one.Copy(), other = new Denoiser(3, 8, 2).For(Shape, 6, CPU);
        Assert.Equal(Bits.Of(one), Bits.Of(same));
        Assert.Equal(Bits.Of(one).Keys, Bits.Of(copy).Keys);
        var first = Bits.Of(Sample(diffusion, one, 1));
        Assert.Equal(first, Bits.Of(Sample(diffusion, copy, 1)));
        Assert.NotEqual(first, Bits.Of(Sample(diffusion, one, 2)));
        Assert.NotEqual(first, Bits.Of(Sample(diffusion, other, 1)));
    }

    [Fact]
    public void What_it_finds_depends_on_step_and_class()
    {
        using var diffusion = new Diffusion(Schedule, Shape, CPU);
        using var denoiser = new Denoiser(3, 8, 2).For(Shape, 5, CPU);
        float[] Found(long step, long label) => Bits.Numbers(diffusion.Found(denoiser, ones(1, 1, 4, 4), tensor(new[] { step }), tensor(new[] { label })));
        Assert.NotEqual(Found(3, 0), Found(4, 0));
        Assert.NotEqual(Found(3, 0), Found(3, 1));
        Assert.Equal(Found(3, 2), Found(3, 2));
    }

    [Fact]
    public void Faults_are_sentences()
    {
        Assert.Empty(new Denoiser(10).Faults().Concat(new NoiseSchedule().Faults()));
        Assert.Equal(["the labels of the generator must be at least 1, but are 0.", "the blocks of the generator must be at least 1, but are 0."], new Denoiser(0, 4, 0).Faults());
        Assert.Equal(3, new NoiseSchedule(1, 0, double.NaN).Faults().Count());
        Assert.Contains("must be below 1 and not below the first, but is 0.1", Assert.Single(new NoiseSchedule(10, 0.2, 0.1).Faults()), StringComparison.Ordinal);
    }

    private static Tensor Sample(Diffusion diffusion, Classifier model, ulong seed, float low = -2, float high = 2)
    {
        using var draws = new Generator(seed, CPU);
        return diffusion.Sample(model, tensor(new long[] { 0, 1, 2 }), draws, full(1, 1, 1, 1, low), full(1, 1, 1, 1, high));
    }

    private sealed record Oracle(float Ink) : Network("Oracle")
    {
        protected override Module<Tensor, Tensor> Layers(InputShape shape, int classes) => new Knowing(Ink);
    }

    private sealed class Knowing(float ink) : Module<Tensor, Tensor>(nameof(Knowing))
    {
        private readonly Tensor left = tensor(Schedule.Left().Select(share => (float)share).ToArray()).DetachFromDisposeScope();

        public override Tensor forward(Tensor input)
        {
            var share = left.index_select(0, input.select(1, 1).flatten(1).select(1, 0).to_type(int64)).unsqueeze(1);
            return (input.narrow(1, 0, 1).flatten(1) - share.sqrt() * ink) / (1 - share).sqrt();
        }
    }
}
