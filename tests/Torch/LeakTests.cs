using System.Globalization;
using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>Memory stays flat over many scoped steps.</summary>
public sealed class LeakTests
{
    [Fact]
    public void Two_thousand_scoped_steps_keep_resident_memory_within_five_percent()
    {
        using var outer = NewDisposeScope();
        var weights = randn(64, 64, requires_grad: true);
        for (var i = 0; i < 400; i++) Step(weights);
        var before = Resident();
        for (var i = 0; i < 2000; i++) Step(weights);
        var after = Resident();
        Assert.True(
            after <= before * 1.05,
            FormattableString.Invariant($"resident memory grew from {before} to {after} kB over 2,000 steps"));
    }

    [Fact]
    public void Every_tensor_of_a_step_is_freed()
    {
        using var outer = NewDisposeScope();
        var weights = randn(64, 64, requires_grad: true);
        Step(weights);
        var owned = outer.DisposablesCount;
        for (var i = 0; i < 100; i++) Step(weights);
        Assert.Equal(owned, outer.DisposablesCount);
    }

    /// <summary>About twenty tensors of 16 kB, so that one forgotten in a hundred steps would add up to more than the limit.</summary>
    private static void Step(Tensor weights)
    {
        using var scope = NewDisposeScope();
        var input = randn(64, 64);
        var hidden = input.matmul(weights[.., ..]).relu();
        var (values, indices) = hidden.topk(3, dim: 1);
        var parts = cat(hidden.chunk(4), dim: 1);
        var loss = (parts.mean() + values.sum() * 1e-3 + indices.to_type(float32).mean() * 0).pow(2);
        loss.backward();
        using (no_grad()) weights.sub_(weights.grad! * 1e-3);
        weights.grad!.zero_();
        _ = loss.item<float>();
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
