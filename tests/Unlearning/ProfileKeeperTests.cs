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
        using ProfileKeeper keeper = Keeper(new ForgettingAwareWeighting { Slice = 30 }), whole = Keeper(new ForgettingAwareWeighting());
        var first = Mean(keeper.At(world.Original));
        Assert.All(Mean(whole.At(world.Original)).Zip(first), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(Unseen, keeper.Evaluated);
        keeper.At(world.Original);
        Assert.Equal(Unseen + 30, keeper.Evaluated);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void A_profile_of_some_unseen_samples_is_the_one_of_the_first_of_every_class(int most)
    {
        using var keeper = Keeper(new ForgettingAwareWeighting { UnseenPerClass = most });
        int[] rows = [.. world.Splits.Unseen.GroupBy(row => world.Images.HostLabels[row]).OrderBy(own => own.Key).SelectMany(own => own.Order().Take(most))];
        var own = Predictions.Of(world.Original, world.Images, rows);
        var means = Enumerable.Range(0, world.Splits.Classes).Select(k => own.TrueClassProbability.Where((_, i) => own.Labels[i] == k).Average());
        Assert.All(means.Zip(Mean(keeper.At(world.Original))), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(rows.Length, keeper.Evaluated);
    }

    /// <summary>A slice of one sample per class is enough for every class to hear of a new model at once.</summary>
    [Fact]
    public void In_every_slice_the_classes_take_turns_and_the_others_are_carried_along()
    {
        using var keeper = Keeper(new ForgettingAwareWeighting { Slice = world.Splits.Classes });
        var before = Mean(keeper.At(world.Original));
        Assert.All(before.Zip(Mean(keeper.At(world.Retrain))), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    /// <summary>
    /// A movement that is the same linear map for all samples: with nothing but the first layer of a perceptron scaled, its hidden
    /// features are scaled. A slice of 32 then stands for all, up to the ridge, where stale features are far off.
    /// </summary>
    [Fact]
    public void Features_that_move_by_a_linear_map_are_carried_to_where_they_are()
    {
        using var scope = NewDisposeScope();
        using var model = Network.Perceptron.Create(1, 8, 8, 10, seed: 0, CPU);
        var rows = Predictions.RowsOn(CPU, world.Splits.Unseen);
        var task = world.Task(new ForgettingAwareWeighting());
        using var rolling = new RollingFeatures(task, rows, 32);
        var stale = Bits.Numbers(rolling.Probability(model));
        // Both parameters of the first layer, so that what it gives is scaled.
        using (no_grad())
        {
            foreach (var parameter in model.Parameters.Take(2)) parameter.mul_(3);
        }

        var exact = Bits.Numbers(new LastLayer(model).TrueClassProbability(new LastLayer(model).Features(world.Images, rows), world.Images.Labels.index_select(0, rows)));
        var carried = Bits.Numbers(rolling.Probability(model));
        Assert.Equal(32, rolling.Evaluated);
        Assert.True(Distance(exact, carried) < 0.5 * Distance(exact, stale));
    }

    /// <summary>Carried features err, but once the model stands still every round takes them nearer to where they are.</summary>
    [Theory]
    [InlineData(Spread.Gaussian)]
    [InlineData(Spread.GaussianOfLogit)]
    [InlineData(Spread.Quantile)]
    public void With_a_model_that_stands_still_it_becomes_the_whole_profile(Spread spread)
    {
        const int slice = 64;
        using var keeper = Keeper(new ForgettingAwareWeighting { Slice = slice, Spread = spread });
        using var exact = Keeper(new ForgettingAwareWeighting { Spread = spread });
        using var moved = World.RandomLabels.Unlearn(world.Task()).Model;
        var wanted = Scores(exact.At(moved));
        var before = Distance(wanted, Scores(keeper.At(world.Original)));
        var after = before;
        for (var done = 0; done < 5 * Unseen; done += slice) after = Distance(wanted, Scores(keeper.At(moved)));
        Assert.InRange(after, 0, 0.1 * before);
    }

    private static double Distance(float[] one, float[] other) => one.Zip(other, (a, b) => Math.Abs((double)a - b)).Average();

    private ProfileKeeper Keeper(LossWeighting weighting) => new(world.Task(weighting));

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
