using FaLW.Models;
using FaLW.Tests.Models;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Unlearning;

/// <summary>When the unseen profile is renewed, and what a rolling one knows at any step.</summary>
[Collection(nameof(World))]
public sealed class ProfileKeeperTests(World world)
{
    private int Unseen => world.Splits.Unseen.Count;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(20, 1)]
    public void The_profile_is_renewed_every_so_many_steps(int every, int profiles)
    {
        using var keeper = Keeper(new ForgettingAwareWeighting(RefreshEvery: every));
        Assert.Equal(profiles, Fading(model => Mean(keeper.At(model))[0], steps: 5).Distinct().Count());
        Assert.Equal(profiles * Unseen, keeper.Evaluated);
    }

    [Fact]
    public void A_rolling_profile_is_whole_at_first_and_then_costs_a_slice()
    {
        using var keeper = Keeper(new ForgettingAwareWeighting { Slice = 30 });
        var first = Mean(keeper.At(world.Original));
        Assert.All(Exact(world.Original).Zip(first), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(Unseen, keeper.Evaluated);
        keeper.At(world.Original);
        Assert.Equal(Unseen + 30, keeper.Evaluated);
    }

    /// <summary>
    /// A slice of one sample per class, then two models: of every class one sample has the features of the new model, the others those
    /// of the old, and all of them the last layer of the new.
    /// </summary>
    [Fact]
    public void Features_are_renewed_in_turns_and_the_last_layer_at_once()
    {
        using var scope = NewDisposeScope();
        using var keeper = Keeper(new ForgettingAwareWeighting { Slice = world.Splits.Classes });
        keeper.At(world.Original);
        var mean = Mean(keeper.At(world.Retrain));
        var rows = tensor([.. world.Splits.Unseen.Select(row => (long)row)], [Unseen], dtype: int64);
        var labels = world.Images.Labels.index_select(0, rows);
        var now = new LastLayer(world.Retrain);
        float[] With(Classifier features) => Bits.Numbers(now.TrueClassProbability(new LastLayer(features).Features(world.Images, rows), labels));
        var (stale, fresh) = (With(world.Original), With(world.Retrain));
        for (var k = 0; k < world.Splits.Classes; k++)
        {
            int[] own = [.. Enumerable.Range(0, Unseen).Where(i => world.Images.HostLabels[world.Splits.Unseen[i]] == k)];
            Assert.Equal((own.Skip(1).Sum(i => stale[i]) + fresh[own[0]]) / own.Length, mean[k], 1e-5f);
        }
    }

    [Theory]
    [InlineData(Spread.Gaussian)]
    [InlineData(Spread.GaussianOfLogit)]
    [InlineData(Spread.Quantile)]
    public void After_a_whole_round_nothing_of_the_old_model_is_left(Spread spread)
    {
        const int slice = 64;
        using var keeper = Keeper(new ForgettingAwareWeighting { Slice = slice, Spread = spread });
        using var exact = Keeper(new ForgettingAwareWeighting { Spread = spread });
        keeper.At(world.Original);
        Assert.NotEqual(Scores(exact.At(world.Retrain)), Scores(keeper.At(world.Retrain)));
        for (var done = 2 * slice; done < Unseen; done += slice) keeper.At(world.Retrain);
        Assert.All(Scores(exact.At(world.Retrain)).Zip(Scores(keeper.At(world.Retrain))), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private ProfileKeeper Keeper(LossWeighting weighting) => new(world.Task(weighting));

    private float[] Exact(Classifier model)
    {
        using var keeper = Keeper(new ForgettingAwareWeighting());
        return Mean(keeper.At(model));
    }

    private static float[] Mean(UnseenLaw law) => Bits.Numbers(((UnseenProfile)law).Mean);

    // Where three probabilities stand in every class.
    private float[] Scores(UnseenLaw law)
    {
        using var scope = NewDisposeScope();
        var labels = arange(world.Splits.Classes, dtype: int64).repeat(3);
        return Bits.Numbers(law.ZScore(tensor(new[] { 0.3f, 0.6f, 0.9f }).repeat_interleave(world.Splits.Classes), labels));
    }

    // A model whose weights shrink after every step.
    private List<float> Fading(Func<Classifier, float> read, int steps)
    {
        using var model = world.Original.Copy();
        List<float> seen = [];
        for (var step = 0; step < steps; step++)
        {
            seen.Add(read(model));
            using var noGradient = no_grad();
            foreach (var parameter in model.Parameters) parameter.mul_(0.9);
        }

        return seen;
    }
}
