namespace FaLW.Tests.Parity;

/// <summary>
/// About twenty steps of each method from the same weights and batches as an independent script (unlearning.py): a residual network
/// with batch normalisation, so that modes and statistics count too.
/// </summary>
public sealed class UnlearningTests
{
    private static readonly Lazy<Dictionary<string, Run>> Runs = new(() => Portable.Stored<Dictionary<string, Run>>("unlearning.json"));

    private static readonly RandomLabel RandomLabel = new(2, 0.01) { BatchSize = 20, Augmentation = Augmentation.None };

    private static readonly Dictionary<string, (Unlearner Method, LossWeighting Weighting)> Methods = new(StringComparer.Ordinal)
    {
        ["RL"] = (RandomLabel, new UniformWeighting()),
        ["SalUn"] = (new SaliencyMask(RandomLabel, Density: 0.5), new UniformWeighting()),
        ["FaLW"] = (RandomLabel, new ForgettingAwareWeighting(Tau: 0.15)),
        ["L1-sparse"] = (new L1Sparse(1e-3, 4, 0.01) { BatchSize = 25, Augmentation = Augmentation.None }, new UniformWeighting()),
        ["SCRUB"] = (new Scrub(3, 0.01, Alpha: 0.5) { BatchSize = 25, ForgetBatchSize = 25, Augmentation = Augmentation.None }, new UniformWeighting()),
        ["IMU"] = (new InfluenceAscent(7, 0.01) { BatchSize = 25, Augmentation = Augmentation.None }, new UniformWeighting()),
        ["SFRon"] = (new SFRon(16, 0.01, Alpha: 5, Clip: 1) { BatchSize = 25, Augmentation = Augmentation.None }, new UniformWeighting()),
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_method_ends_where_the_independent_script_ends(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Runs.Value[name];
        using var images = Images();
        using var original = Start();
        var (method, weighting) = Methods[name];
        var (model, log) = method.Unlearn(new UnlearningTask(original, images, Splits(images), weighting, Seed: 0));
        using (model)
        {
            Assert.Equal(expected.Steps, log.Steps);
            Assert.Equal(expected.Loss, MeanLoss(name, log), 1e-4);
            model.Evaluate();
            using var noGradient = no_grad();
            Near.Equal(expected.Logits, model.Logits(images.Pixels(arange(200, 260, dtype: int64))), "logits", 1e-4);
            var squares = model.Parameters.Zip(original.Parameters, (now, before) => (double)(now - before).pow(2).sum().item<float>());
            Assert.Equal(expected.Moved, Math.Sqrt(squares.Sum()), 1e-4);
            Assert.True(expected.Moved > 0.1, "a method that hardly moves would agree with everything");
        }
    }

    [Fact]
    public void Every_method_here_has_its_numbers() =>
        Assert.Equal(Methods.Keys.Order(StringComparer.Ordinal), Runs.Value.Keys.Order(StringComparer.Ordinal));

    // Epochs of SCRUB differ in length: 75 + 125, 75 + 125, 125 rows.
    private static double MeanLoss(string name, TrainLog log) => name == "SCRUB"
        ? ((200 * log.EpochLoss[0]) + (200 * log.EpochLoss[1]) + (125 * log.EpochLoss[2])) / 525
        : log.EpochLoss.Average();

    private static ImageSet Images()
    {
        using var scope = NewDisposeScope();
        byte[] pixels = [.. Portable.Noise([280 * 64], 903, 0, 256).floor().data<float>().ToArray().Select(value => (byte)value)];
        return new ImageSet(new RawImages(Benchmark.Synthetic, pixels, [.. Enumerable.Range(0, 280).Select(row => row % 10)], trainCount: 260), classes: 10, CPU);
    }

    private static Splits Splits(ImageSet images)
    {
        var train = Enumerable.Range(0, 200).ToLookup(row => row / 10 < 12 - (row % 10));
        return new Splits([.. train[true]], [.. train[false]], [.. Enumerable.Range(200, 60)], [.. Enumerable.Range(260, 20)], images.HostLabels, 260, 10);
    }

    private static Classifier Start()
    {
        var model = (Network.ResNet8 with { Width = 4 }).Create(1, 8, 8, 10, seed: 0, CPU);
        using var noGradient = no_grad();
        var parameters = model.Module.named_parameters().OrderBy(entry => entry.name, StringComparer.Ordinal);
        foreach (var ((name, parameter), salt) in parameters.Select((entry, i) => (entry, i)))
        {
            if (name == "fc.bias") parameter.zero_();
            if (parameter.dim() < 2) continue;
            var bound = Math.Sqrt(3.0 / parameter.shape.Skip(1).Aggregate(1L, (product, length) => product * length));
            parameter.copy_(Portable.Noise(parameter.shape, salt, -bound, bound));
        }

        return model;
    }

    private sealed record Run(int Steps, double Loss, double Moved, double[] Logits);
}
