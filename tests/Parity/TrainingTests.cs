using static TorchSharp.torch.nn;

namespace FaLW.Tests.Parity;

/// <summary>Thirty steps of ResNet-20 against Python's torch: network, loss, gradients, SGD, schedule and statistics together.</summary>
public sealed class TrainingTests
{
    private const int Batches = 3;

    [Theory]
    [InlineData("float32", 1e-4)]
    [InlineData("float64", 1e-6)]
    public void Thirty_steps_have_the_same_losses(string type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var threads = new Threads(2);
        var expected = Portable.Stored<Dictionary<string, Run>>("training.json")[type];
        var dtype = type == "float64" ? ScalarType.Float64 : ScalarType.Float32;
        using var model = Start(dtype);
        Assert.Equal(expected.Names.Order(StringComparer.Ordinal), model.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Parameters, model.parameters().Sum(p => p.numel()));
        var images = Enumerable.Range(0, Batches).Select(i => Images(expected, i).to_type(dtype)).ToArray();
        var labels = Enumerable.Range(0, Batches).Select(i => Portable.Labels(expected.Batch, 10, 2000 + i)).ToArray();

        using var optimizer = optim.SGD(model.parameters(), expected.Rate, momentum: 0.9, weight_decay: 5e-4, nesterov: true);
        var schedule = optim.lr_scheduler.MultiStepLR(optimizer, [20]);
        for (var step = 0; step < expected.Losses.Length; step++)
        {
            using var each = NewDisposeScope();
            optimizer.zero_grad();
            var loss = functional.cross_entropy(model.call(images[step % Batches]), labels[step % Batches]);
            loss.backward();
            optimizer.step();
            schedule.step();
            Near.Equal([expected.Losses[step]], loss, FormattableString.Invariant($"loss of step {step}"), tolerance);
        }
        model.eval();
        using var still = no_grad();
        Near.Equal(expected.Logits, model.call(images[0].narrow(0, 0, 2)), "logits", tolerance * 10);
    }

    private static Tensor Images(Run run, int batch) => Portable.Noise([run.Batch, 3, run.Size, run.Size], 5000 + batch);

    private static ResNet20 Start(ScalarType dtype)
    {
        var model = new ResNet20(10);
        using var still = no_grad();
        foreach (var (parameter, i) in model.parameters().Select((p, i) => (p, i)))
        {
            if (parameter.ndim < 2) continue;
            var bound = Math.Sqrt(3.0 / parameter.shape.Skip(1).Aggregate(1L, (product, length) => product * length));
            parameter.copy_(Portable.Noise(parameter.shape, i, -bound, bound));
        }
        model.get_parameter("linear.bias")!.zero_();
        TorchSharp.ModuleExtensionMethods.to(model, dtype);
        return model;
    }

    private sealed record Run(
        int Size, int Batch, double Rate, long Parameters, List<string> Names, double[] Losses, double[] Logits);

    /// <summary>A fixed number of threads, so that sums are added in a fixed order.</summary>
    private sealed class Threads : IDisposable
    {
        private readonly int before = get_num_threads();

        public Threads(int count) => set_num_threads(count);

        public void Dispose() => set_num_threads(before);
    }
}
