namespace FaLW.Benchmarks;

/// <summary>One training step of train_step.py, in C#: forward, cross-entropy, backward, SGD with momentum and weight decay.</summary>
internal static class TrainStep
{
    public static double Median(string network, int batch, int steps, string layout, string precision)
    {
        var classes = network == "ResNet8" ? 20 : 100;
        using var model = Networks[network].Create(3, 32, 32, classes, 0, CPU);
        model.ChannelsLast = layout == "channels_last";
        model.Precision = precision == "bfloat16" ? Precision.BFloat16 : Precision.Float32;
        model.Train();
        using var images = randn(batch, 3, 32, 32);
        using var labels = randint(0, classes, [batch], ScalarType.Int64);
        using var optimizer = optim.SGD(model.Parameters, 0.1, momentum: 0.9, weight_decay: 5e-4);
        var times = Enumerable.Range(0, steps + 2).Select(_ => Step(model, images, labels, optimizer)).Skip(2).Order().ToList();
        return times[times.Count / 2];
    }

    private static Dictionary<string, Network> Networks { get; } = new(StringComparer.Ordinal)
    {
        ["ResNet8"] = Network.ResNet8,
        ["ResNet18"] = Network.ResNet18,
        ["ResNet20"] = Network.ResNet20,
    };

    private static double Step(Classifier model, Tensor images, Tensor labels, optim.Optimizer optimizer)
    {
        var start = Stopwatch.GetTimestamp();
        using (NewDisposeScope())
        {
            optimizer.zero_grad();
            nn.functional.cross_entropy(model.Logits(images), labels).backward();
            optimizer.step();
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
