using TorchSharp;

namespace FaLW.Tests.Unlearning;

/// <summary>What losses and weights are to a generator, worked out again from its parts.</summary>
public sealed class DenoisingTests : IDisposable
{
    private const int Seed = 7;
    private static readonly NoiseSchedule Schedule = new(30, 0.002, 0.3);
    private static readonly DataSpec Data = new(Benchmark.Digits, ForgetRule.OfClasses(1), UnseenShare: 0) { FirstClasses = 3, TrainPerClass = 8 };

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly ImageSet images;
    private readonly Splits splits;
    private readonly Classifier generator = new Denoiser(3, 16, 2).For(new InputShape(1, 8, 8), 0, CPU);

    public DenoisingTests()
    {
        images = ImageSet.Load(Data, CPU, DataShelf.Default());
        splits = Splits.Of(Data, images.HostLabels, images.TrainCount, images.Classes);
    }

    public void Dispose()
    {
        generator.Dispose();
        images.Dispose();
        scope.Dispose();
    }

    /// <summary>A retain row: the mean square of what is missed of the noise. A forget row: of what its class and another make of it. Towards its own class it has nothing to learn.</summary>
    [Fact]
    public void The_loss_of_a_row_is_what_the_formula_says()
    {
        var batch = Mixed();
        var (loss, own) = Asked(denoising => denoising.Losses(generator, batch));
        using var draws = new Generator(Seed, CPU);
        using var diffusion = new Diffusion(Schedule, new InputShape(1, 8, 8), CPU);
        var steps = randint(0, Schedule.Steps, [batch.Labels.shape[0]], generator: draws, dtype: int64);
        var noise = randn(batch.Images.shape, generator: draws);
        var noised = diffusion.Noised(batch.Images, steps, noise);
        Tensor Missed(Tensor labels, Tensor wanted) => (diffusion.Found(generator, noised, steps, labels) - wanted).square().mean([1, 2, 3]);
        var (true_, towards) = (Missed(batch.Labels, noise), Missed(batch.Labels, diffusion.Found(generator, noised, steps, batch.Targets)));
        Near(where(batch.IsForget, towards, true_), loss);
        Near(true_.index_select(0, batch.ForgetPositions), own);
        Assert.False(own.requires_grad);
        Assert.InRange(Bits.Numbers(loss)[1], 0, 1e-9);
        Near(true_, Asked(denoising => denoising.Own(generator, batch)));
    }

    [Fact]
    public void LoReUn_weighs_an_image_by_its_loss_at_the_step_or_by_its_mean_loss_under_Original()
    {
        var batch = Mixed();
        var (loss, own) = Asked(denoising => denoising.Losses(generator, batch));
        var forget = batch.ForgetPositions;
        var known = Asked(denoising => denoising.Known(generator, tensor(splits.Forget.Select(row => (long)row).ToArray()))).narrow(0, 0, 3);
        foreach (var (source, hardness) in new[] { (LossSource.Dynamic, own), (LossSource.Static, known) })
        {
            var eased = (hardness / -0.2).exp();
            var weights = ones_like(loss).index_copy(0, forget, eased / eased.mean());
            Near(weights * loss, Asked(denoising =>
            {
                using var weighted = new WeightedObjective(Task(new LossBasedWeighting(0.2, source)) with { Denoising = denoising }, SampleLosses.ToTargets);
                return weighted.Loss(generator, batch);
            }));
        }
    }

    [Fact]
    public void What_Original_makes_of_an_image_is_asked_of_every_model_alike_whatever_was_drawn_before()
    {
        var rows = tensor(splits.Forget.Select(row => (long)row).ToArray());
        using var denoising = new Denoising(Schedule, images, Seed);
        var first = Bits.Of(denoising.Known(generator, rows));
        denoising.Own(generator, Mixed()).Dispose();
        Assert.Equal(first, Bits.Of(denoising.Known(generator, rows)));
        Near(denoising.Course(generator, rows).mean([0]), denoising.Known(generator, rows));
        Assert.Equal([0L, 2, 3, 5], Enumerable.Range(0, 4).Select(denoising.StepOf));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_method_of_classifiers_unlearns_a_generator_and_leaves_Original_as_it_was(bool isMasked)
    {
        var before = Bits.Of(generator);
        var host = new RandomLabel(2, 0.05) { BatchSize = 8, WeightDecay = 0, Augmentation = Augmentation.None };
        Unlearner method = isMasked ? new SaliencyMask(host, Density: 0.25) : host;
        Dictionary<string, byte[]> Run()
        {
            using var denoising = new Denoising(Schedule, images, Seed);
            var (model, log) = method.Unlearn(Task(new LossBasedWeighting(0.2)) with { Denoising = denoising });
            using (model)
            {
                Assert.Equal(6, log.Steps);
                Assert.Equal((8, 1.0), (log.Weights[0].Count, log.Weights[0].Mean), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-5);
                return Bits.Of(model);
            }
        }

        var after = Run();
        Assert.Equal(after, Run());
        Assert.Equal(before, Bits.Of(generator));
        var moved = before.Sum(entry => Enumerable.Range(0, entry.Value.Length / 4).Count(i => !entry.Value.AsSpan(4 * i, 4).SequenceEqual(after[entry.Key].AsSpan(4 * i, 4))));
        Assert.InRange((double)moved / before.Sum(entry => entry.Value.Length / 4), isMasked ? 0.1 : 0.6, isMasked ? 0.25 : 1);
    }

    private UnlearningTask Task(LossWeighting weighting) => new(generator, images, splits, weighting, Seed);

    private T Asked<T>(Func<Denoising, T> ask)
    {
        using var denoising = new Denoising(Schedule, images, Seed);
        return ask(denoising);
    }

    // Three forget rows, of which the first is to stay what it is, among three others.
    private Batch Mixed()
    {
        long[] rows = [splits.Retain[0], splits.Forget[0], splits.Forget[1], splits.Retain[9], splits.Forget[2], splits.Retain[1]];
        long[] labels = [.. rows.Select(row => (long)images.HostLabels[(int)row])];
        bool[] isForget = [.. labels.Select(label => label == 1)];
        return new Batch(images.Pixels(tensor(rows)), tensor(labels), tensor(new[] { labels[0], 1, 0, labels[3], 2, labels[5] }), tensor(isForget), tensor(rows));
    }

    private static void Near(Tensor expected, Tensor found) => Assert.All(Bits.Numbers(expected).Zip(Bits.Numbers(found)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
}
