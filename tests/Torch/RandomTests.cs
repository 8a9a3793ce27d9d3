using static TorchSharp.torch;

namespace FaLW.Tests.Torch;

/// <summary>The same seed gives the same numbers, in PyTorch too; zero is a seed.</summary>
public sealed class RandomTests
{
    [Fact]
    public void A_seed_repeats_itself()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var first = rand(100);
        manual_seed(0);
        Assert.True(first.Equals(rand(100)));
        Assert.False(first.Equals(rand(100)));
    }

    [Fact]
    public void Numbers_are_those_of_Python()
    {
        // torch.manual_seed(7); torch.rand(3), torch.randn(2), torch.randperm(5), torch.randint(0, 100, (3,)) in Python torch 1.13.
        using var scope = NewDisposeScope();
        manual_seed(7);
        Assert.True(rand(3).allclose(tensor(new[] { 0.53492254f, 0.19880319f, 0.65921170f }), rtol: 0, atol: 1e-6));
        Assert.True(randn(2).allclose(tensor(new[] { -0.03255197f, 1.01105440f }), rtol: 0, atol: 1e-6));
        Assert.Equal([4L, 1L, 0L, 3L, 2L], randperm(5).data<long>().ToArray());
        Assert.Equal([31L, 8L, 17L], randint(low: 0, high: 100, size: [3], dtype: int64).data<long>().ToArray());
    }

    [Fact]
    public void An_own_generator_leaves_the_default_one_alone()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var expected = rand(4);
        manual_seed(3);
        using var own = new Generator(seed: 11);
        var first = rand(4, generator: own);
        Assert.True(expected.Equals(rand(4)));
        Assert.True(first.Equals(rand(4, generator: own.manual_seed(11))));
        Assert.Equal(11, own.initial_seed());
    }

    [Fact]
    public void The_state_can_be_put_back()
    {
        using var scope = NewDisposeScope();
        var state = get_rng_state();
        var first = randn(5);
        set_rng_state(state);
        Assert.True(first.Equals(randn(5)));
    }

    [Fact]
    public void Draws_keep_to_their_range()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var whole = randint(low: 3, high: 6, size: new long[] { 1000 }, dtype: int64);
        Assert.Equal((3L, 5L), (whole.min().item<long>(), whole.max().item<long>()));
        var order = randperm(50, dtype: int64).sort().Values;
        Assert.True(order.Equals(arange(50, dtype: int64)));
        var uniform = empty(1000).uniform_(2, 3);
        Assert.True(uniform.ge(2).all().item<bool>() && uniform.lt(3).all().item<bool>());
        Assert.Equal(1000f, ones(1000).bernoulli().sum().item<float>());
        Assert.Equal([2L], tensor(new[] { 0f, 0f, 1f }).multinomial(num_samples: 1).data<long>().ToArray());
    }

    [Fact]
    public void Moments_are_as_asked()
    {
        // Standard errors at 100,000 draws: mean 0.0063, deviation 0.0045; the bounds are more than four of them.
        using var scope = NewDisposeScope();
        manual_seed(5);
        var t = empty(100_000).normal_(mean: 3, std: 2);
        Assert.InRange(t.mean().item<float>(), 2.97f, 3.03f);
        Assert.InRange(t.std().item<float>(), 1.98f, 2.02f);
    }
}
