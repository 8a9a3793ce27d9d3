using System.Runtime.InteropServices;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Models;

public class PrecisionTests
{
    [Theory]
    [InlineData("ResNet-8", 16)]
    [InlineData("VGG-16-BN-LTH", 8)]
    public void Channels_last_gives_the_same_logits_and_gradients(string name, int width)
    {
        using var scope = NewDisposeScope();
        using var model = new Network(name, width).Create(3, 16, 16, classes: 5, seed: 0, CPU);
        using var other = model.Copy();
        other.ChannelsLast = true;

        var (logits, gradients) = Pass(model);
        var (otherLogits, otherGradients) = Pass(other);

        Assert.InRange(Bits.LargestDifference(logits, otherLogits), 0, 1e-5);
        Assert.All(gradients.Zip(otherGradients), pair => Assert.InRange(Bits.LargestDifference(pair.First, pair.Second), 0, 1e-4));
    }

    [Fact]
    public void Rearranging_keeps_the_parameter_objects_and_their_values()
    {
        using var model = Network.ResNet8.Create(3, 16, 16, classes: 5, seed: 0, CPU);
        var parameters = model.Parameters.ToList();
        var before = Bits.Of(model);

        model.ChannelsLast = true;
        Assert.True(parameters.SequenceEqual(model.Parameters, ReferenceEqualityComparer.Instance));
        Assert.False(parameters[0].is_contiguous());
        Assert.Equal(before, Bits.Of(model));

        model.ChannelsLast = false;
        Assert.True(parameters[0].is_contiguous());
        Assert.Equal(before, Bits.Of(model));
    }

    /// <summary>
    /// Each convolution rounds three times (weights, input, output), by at most 2^-8 of a number. What one such rounding does to these logits is
    /// found in 32 bits, with the weights moved at random by as much; together they may do three times that.
    /// </summary>
    [Theory]
    [InlineData("ResNet-8", 32)]
    [InlineData("ResNet-18", 8)]
    [InlineData("VGG-16-BN", 16)]
    public void BFloat16_is_as_near_to_Float32_as_its_rounding_allows(string name, int width)
    {
        Assert.SkipUnless(BFloat16Support.WhyNot(CPU) is null, "This processor has no units for bfloat16, and is told so below.");
        using var scope = NewDisposeScope();
        using var model = new Network(name, width).Create(3, 16, 16, classes: 5, seed: 0, CPU);
        var (exact, _) = Pass(model);
        var oneRounding = Enumerable.Range(0, 5).Max(draw => Bits.LargestDifference(exact, Moved(model, draw)));
        model.Precision = Precision.BFloat16;
        Assert.InRange(Bits.LargestDifference(exact, Pass(model).Logits), 1e-6, 3 * oneRounding);
    }

    [Fact]
    public void BFloat16_leaves_weights_statistics_and_gradients_in_32_bits()
    {
        Assert.SkipUnless(BFloat16Support.WhyNot(CPU) is null, "This processor has no units for bfloat16, and is told so below.");
        using var scope = NewDisposeScope();
        using var model = Network.ResNet8.Create(3, 16, 16, classes: 5, seed: 0, CPU);
        model.Precision = Precision.BFloat16;
        var (logits, gradients) = Pass(model);
        Assert.Equal(float32, logits.dtype);
        Assert.All(gradients, gradient => Assert.Equal(float32, gradient.dtype));
        Assert.All(model.Parameters, parameter => Assert.Equal(float32, parameter.dtype));
        Assert.All(model.State, entry => Assert.NotEqual(bfloat16, entry.Value.dtype));
    }

    [Fact]
    public void A_processor_without_bfloat16_is_told_so_before_any_step()
    {
        using var model = Network.ResNet8.Create(3, 16, 16, classes: 5, seed: 0, CPU);
        var refusal = Record.Exception(() => model.Precision = Precision.BFloat16);

        if (BFloat16Support.WhyNot(CPU) is { } reason) Assert.Contains(reason, Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal);
        else Assert.Null(refusal);
    }

    [Theory]
    [InlineData("avx avx2", "", "no units for it")]
    [InlineData("", "", "no units for it")]
    [InlineData("avx512f", "DEFAULT", "no units for it")]
    [InlineData("avx2 avx512_bf16", "SSE41", "ONEDNN_MAX_CPU_ISA is SSE41")]
    [InlineData("avx512_bf16", "avx512_core", "ONEDNN_MAX_CPU_ISA is avx512_core")]
    public void The_refusal_says_why_and_what_to_use(string flags, string cap, string reason)
    {
        var message = BFloat16Support.Refusal(BFloat16Support.WhyNot(CPU, flags.Split(' '), cap)!);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("Use Precision.Float32, or a GPU.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avx2 avx512_bf16", "")]
    [InlineData("amx_bf16", "DEFAULT")]
    [InlineData("avx512_bf16", "AVX512_CORE_BF16")]
    public void Units_that_may_be_used_are_not_refused(string flags, string cap) => Assert.Null(BFloat16Support.WhyNot(CPU, flags.Split(' '), cap));

    [Fact]
    public void Glibc_takes_both_values_unless_somebody_set_his_own()
    {
        var isGlibc = NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);
        var isAsked = new[] { "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES" }.Any(name => Environment.GetEnvironmentVariable(name) is not null);
        Assert.Equal(isGlibc && !isAsked, HostMemory.Keep());
    }

    private static Tensor Moved(Classifier model, int draw)
    {
        using var random = new Generator((ulong)draw);
        using var moved = model.Copy();
        using (no_grad())
        {
            foreach (var weight in moved.Parameters.Where(parameter => parameter.dim() == 4))
                weight.mul_(1 + ((rand(weight.shape, generator: random) * 2) - 1) * Math.Pow(2, -8));
        }

        return Pass(moved).Logits;
    }

    private static (Tensor Logits, List<Tensor> Gradients) Pass(Classifier model)
    {
        var logits = model.Logits(Bits.Images(8, 3, 16, 16));
        functional.cross_entropy(logits, tensor(new long[] { 0, 1, 2, 3, 4, 0, 1, 2 })).backward();
        return (logits, [.. model.Parameters.Select(parameter => parameter.grad!)]);
    }
}
