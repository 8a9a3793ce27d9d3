namespace FaLW.Tests.Unlearning;

/// <summary>FaLW's step (Algorithm 1), recomputed from its parts.</summary>
[Collection(nameof(World))]
public sealed class WeightedObjectiveTests(World world)
{
    /// <summary>Every weight from scratch: host arithmetic in double precision on probabilities of the same forward pass.</summary>
    [Theory]
    [InlineData(Spread.Gaussian)]
    [InlineData(Spread.GaussianOfLogit)]
    [InlineData(Spread.Quantile)]
    public void Weights_are_equation_7_with_the_profile_of_the_model_before_the_step(Spread spread)
    {
        var weighting = new ForgettingAwareWeighting(Tau: 0.2) { Spread = spread };
        using var model = world.Original.Copy();
        OneStep(model, weighting, (batch, loss, logits) =>
        {
            var plain = nn.functional.cross_entropy(logits, batch.Targets, reduction: nn.Reduction.None);
            var weights = Bits.Numbers(loss / plain);
            var probability = Bits.Numbers(logits.softmax(1).gather(1, batch.Labels.unsqueeze(1)).squeeze(1));
            var (isForget, labels) = (batch.IsForget.data<bool>().ToArray(), batch.Labels.data<long>().ToArray());
            var unseen = Unseen(world.Original);
            for (var i = 0; i < weights.Length; i++)
                Assert.Equal(isForget[i] ? Weight(ZScore(spread, probability[i], unseen[(int)labels[i]]), (int)labels[i]) : 1, weights[i], 2e-3);
            Assert.Contains(weights, weight => Math.Abs(weight - 1) > 0.2);
        });
    }

    /// <summary>Forget rows of the loss are multiplied by c, retain rows are left alone, and the gradient follows.</summary>
    [Fact]
    public void A_constant_weight_scales_the_forget_loss_and_nothing_else()
    {
        const float Weight = 1.4f;
        using var model = Network.Linear.Create(1, 8, 8, 10, seed: 3, CPU);
        OneStep(model, new ConstantWeighting(Weight), (batch, loss, logits) =>
        {
            var plain = nn.functional.cross_entropy(logits, batch.Targets, reduction: nn.Reduction.None);
            var scaled = where(batch.IsForget, plain * Weight, plain);
            Assert.Contains(batch.IsForget.data<bool>().ToArray(), mark => mark);
            Assert.Equal(Bits.Numbers(scaled), Bits.Numbers(loss));
            var parameters = model.Parameters.Cast<Tensor>().ToList();
            Assert.InRange(Bits.LargestDifference(autograd.grad([loss.mean()], parameters, retain_graph: true)[0], autograd.grad([scaled.mean()], parameters, retain_graph: true)[0]), 0, 1e-7);
        });
    }

    [Fact]
    public void A_weighting_is_told_the_epoch_and_the_log_holds_the_mean_of_each() => Assert.Equal(
        [1.5, 0.5], world.Log(World.RandomLabels, new ConstantTwin(new ForgettingAwareWeighting()).With([1.5, 0.5])).Weights.Select(epoch => epoch.Mean));

    [Fact]
    public void No_gradient_flows_through_a_weight()
    {
        using var model = Network.Linear.Create(1, 8, 8, 10, seed: 3, CPU);
        OneStep(model, new ForgettingAwareWeighting(), (batch, loss, logits) =>
        {
            var plain = nn.functional.cross_entropy(logits, batch.Targets, reduction: nn.Reduction.None);
            var constant = (loss / plain).detach();
            var parameters = model.Parameters.Cast<Tensor>().ToList();
            var withWeight = autograd.grad([loss.mean()], parameters, retain_graph: true);
            var withConstant = autograd.grad([(constant * plain).mean()], parameters, retain_graph: true);
            Assert.InRange(Bits.LargestDifference(withWeight[0], withConstant[0]), 0, 1e-6);
        });
    }

    [Fact]
    public void A_weighting_sees_the_forget_samples_alone_and_only_what_it_asked_for()
    {
        using var model = world.Original.Copy();
        var seen = 0;
        OneStep(model, new Watching(state =>
        {
            seen = (int)state.Labels.shape[0];
            Assert.All(Bits.Numbers(state.ZScore).Concat(Bits.Numbers(state.OriginalProbability)), value => Assert.True(float.IsNaN(value)));
            Assert.Equal(Bits.Numbers(state.Probability), Bits.Numbers(state.Loss.neg().exp()));
            return ones_like(state.Probability);
        }), (batch, _, _) => Assert.Equal(batch.IsForget.data<bool>().ToArray().Count(mark => mark), seen));
        Assert.True(seen > 0);
    }

    private void OneStep(Classifier model, LossWeighting weighting, Action<Batch, Tensor, Tensor> check)
    {
        using var scope = NewDisposeScope();
        var task = world.Task(weighting);
        using var objective = new WeightedObjective(task, SampleLosses.ToTargets);
        model.Train();
        foreach (var batch in Batches.Of(world.Images, World.RandomLabels.Plan(task, 0), Augmentation.None, 0, 0))
        {
            check(batch, objective.Loss(model, batch), model.Logits(batch.Images));
            return;
        }
    }

    private double[][] Unseen(Classifier model)
    {
        var unseen = Predictions.Of(model, world.Images, world.Splits.Unseen);
        return [.. Enumerable.Range(0, 10).Select(k => unseen.TrueClassProbability.Where((_, i) => unseen.Labels[i] == k).Select(p => (double)p).ToArray())];
    }

    private static double ZScore(Spread spread, double probability, double[] unseen)
    {
        if (spread == Spread.Quantile)
            return MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (unseen.Count(p => p < probability) + 0.5 * unseen.Count(p => p == probability) + 0.5) / (unseen.Length + 1));
        double Value(double p) => spread == Spread.Gaussian ? p : Math.Log(Math.Clamp(p, 1e-6, 1 - 1e-6) / (1 - Math.Clamp(p, 1e-6, 1 - 1e-6)));
        double[] values = [.. unseen.Select(Value)];
        return (Value(probability) - values.Average()) / Math.Sqrt(values.Average(v => v * v) - values.Average() * values.Average());
    }

    private double Weight(double z, int label)
    {
        var balance = Math.Pow(world.Splits.Forget.Count / (10.0 * world.Splits.ForgetCounts[label]), 0.2);
        return 1 + Math.Sign(z) * Math.Pow(Math.Tanh(Math.Abs(z)), 1 / balance);
    }
}

[Collection(nameof(World))]
public sealed class WeightDiaryTests(World world)
{
    [Fact]
    public void Means_and_effective_sample_size_worked_by_hand()
    {
        using var diary = new WeightDiary();
        using var scope = NewDisposeScope();
        Note(diary, [1, 2], [0, 2], [0, 1]);
        Note(diary, [0], [2], [3]);
        Note(diary, [1, 1.00006f, 1], [0, 2, 2], [3, 0, 1]);
        var epochs = diary.Summaries(epochs: 2, classes: 3);
        Assert.Equal((1, 3, 1.0, 9 / 5.0), (epochs[0].Epoch, epochs[0].Count, epochs[0].Mean, epochs[0].EffectiveSampleSize));
        Assert.Equal([1, double.NaN, 1], epochs[0].ClassMeans);
        Assert.Equal((2, 3), (epochs[1].Epoch, epochs[1].Count));
        Assert.Equal((1.00002, 3.0), (epochs[1].Mean, epochs[1].EffectiveSampleSize), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6);
    }

    [Fact]
    public void The_last_weight_of_each_sample_stays_to_four_decimals()
    {
        using var diary = new WeightDiary();
        Assert.Empty(diary.Last(4));
        using var scope = NewDisposeScope();
        Note(diary, [1, 2], [0, 2], [0, 1]);
        Note(diary, [0.12344f, 1.00006f], [2, 0], [3, 0]);
        Assert.Equal([1.0001, 2, double.NaN, 0.1234], diary.Last(4));
    }

    [Fact]
    public void A_weighted_log_tells_what_the_weights_were_and_a_uniform_one_is_silent()
    {
        var (log, silent) = (world.Log(World.RandomLabels, new ForgettingAwareWeighting()), world.Log(World.RandomLabels));
        Assert.Equal(World.RandomLabels.Epochs, log.Weights.Count);
        Assert.All(log.Weights, epoch => Assert.Equal(world.Splits.Forget.Count, epoch.Count));
        Assert.All(log.Weights, epoch => Assert.InRange(epoch.EffectiveSampleSize, 1, epoch.Count));
        Assert.All(log.Weights.SelectMany(epoch => epoch.ClassMeans), mean => Assert.InRange(mean, 0, 2));
        Assert.Equal((0, 0), (silent.Weights.Count, silent.LastWeights.Count));
        // Last weights and last summary are of the same epoch.
        Assert.Equal(world.Splits.Forget.Count, log.LastWeights.Count);
        Assert.Equal(log.Weights[^1].Mean, log.LastWeights.Average(), 1e-4);
        var first = world.Images.HostLabels[world.Splits.Forget[0]];
        Assert.Equal(log.Weights[^1].ClassMeans[first], log.LastWeights.Where((_, i) => world.Images.HostLabels[world.Splits.Forget[i]] == first).Average(), 1e-4);
    }

    private static void Note(WeightDiary diary, float[] weights, long[] labels, long[] places) =>
        diary.Note(tensor(weights), tensor(labels, dtype: int64), tensor(places, dtype: int64));
}

/// <summary>What a weighting is told of the forget set as a whole.</summary>
[Collection(nameof(World))]
public sealed class ForgetLedgerTests(World world)
{
    private static readonly int[] Places = [3, 0, 17];

    [Theory]
    [InlineData(SetLoss.Original)]
    [InlineData(SetLoss.Latest)]
    public void The_losses_of_the_set_are_the_originals_until_a_sample_is_trained_on(SetLoss asked)
    {
        var expected = Predictions.Of(world.Original, world.Images, world.Splits.Forget).Loss.ToArray();
        var (seen, own) = State(asked, state => (Bits.Numbers(state.SetLoss), Bits.Numbers(state.Loss)));
        if (asked == SetLoss.Latest)
            foreach (var (place, loss) in Places.Zip(own)) expected[place] = loss;
        Assert.All(expected.Zip(seen), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        // The loss of logits that are all equal is log 10, far from what Original makes of what it was trained on.
        Assert.All(own, loss => Assert.Equal((float)Math.Log(10), loss, 1e-6f));
    }

    [Fact]
    public void The_original_probability_is_the_one_of_evaluation_mode()
    {
        int[] rows = [.. Places.Select(place => world.Splits.Forget[place])];
        var expected = Predictions.Of(world.Original, world.Images, rows).TrueClassProbability;
        Assert.All(expected.Zip(State(SetLoss.None, state => Bits.Numbers(state.OriginalProbability), original: true)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Losses_nobody_asked_for_are_not_numbers() =>
        Assert.All(State(SetLoss.None, state => Bits.Numbers(state.SetLoss)), loss => Assert.True(float.IsNaN(loss)));

    [Fact]
    public void Counts_and_rarity_are_those_of_the_splits()
    {
        var (counts, rarity) = State(SetLoss.None, state => (Bits.Numbers(state.Counts), Bits.Numbers(state.Rarity)));
        Assert.Equal(world.Splits.ForgetCounts.Select(count => (float)count), counts);
        Assert.Equal(Places.Select(Label).Select(k => (float)(world.Splits.Forget.Count / 10.0 / world.Splits.ForgetCounts[k])), rarity);
    }

    [Fact]
    public void Rows_are_found_in_the_forget_set_and_others_are_not()
    {
        using var scope = NewDisposeScope();
        using var ledger = new ForgetLedger(world.Task());
        long[] rows = [world.Splits.Forget[5], world.Splits.Retain[0], world.Splits.Forget[0]];
        Assert.Equal([5L, -1, 0], ledger.Places(tensor(rows, dtype: int64)).data<long>().ToArray());
    }

    private T State<T>(SetLoss asked, Func<ForgetState, T> read, bool original = false)
    {
        using var scope = NewDisposeScope();
        using var ledger = new ForgetLedger(world.Task(new Watching(state => state.Loss, Original: original, Set: asked)));
        long[] rows = [.. Places.Select(place => (long)world.Splits.Forget[place])], labels = [.. Places.Select(place => (long)Label(place))];
        return read(ledger.State(full(3, (float)Math.Log(10)), tensor(labels, dtype: int64), tensor(rows, dtype: int64), profile: null));
    }

    private int Label(int place) => world.Images.HostLabels[world.Splits.Forget[place]];
}

/// <summary>Soft weights on the memorised world: solved once, scaled, and of the sign that forgets.</summary>
[Collection(nameof(World))]
public sealed class SoftWeightingTests(World world)
{
    /// <summary>Left free, what is too well known is forgotten; to keep the retain loss, some samples must be learned instead.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Epsilons_have_a_mean_size_of_one_and_forget(bool keepUtility)
    {
        var epsilon = BridgeProblem.Epsilon(world.Task(new SoftWeighting(keepUtility)));
        Assert.Equal(world.Splits.Forget.Count, epsilon.Length);
        Assert.Equal(1, epsilon.Average(Math.Abs), 1e-5);
        Assert.Contains(epsilon, e => e < 0);
        if (keepUtility) Assert.Contains(epsilon, e => e > 0);
        else Assert.True(epsilon.Sum() < 0);
    }

    [Fact]
    public void Every_sample_keeps_its_weight_through_the_run()
    {
        var weighting = new SoftWeighting();
        var log = world.Log(World.RandomLabels, weighting);
        var epsilon = BridgeProblem.Epsilon(world.Task(weighting));
        Assert.All(epsilon.Zip(log.LastWeights), pair => Assert.Equal(Math.Max(-pair.First, 0), pair.Second, 1e-3));
        Assert.Equal(log.Weights[0].Mean, log.Weights[1].Mean, 1e-5);
    }

    [Fact]
    public void Signed_weights_go_to_gradient_ascent_alone()
    {
        var signed = new SoftWeighting(Signed: true);
        Assert.Null(Pairing.Objection(new GradientAscent(), signed));
        Assert.Contains("its unsigned form", Pairing.Objection(new RandomLabel(), signed), StringComparison.Ordinal);
        Assert.Null(Pairing.Objection(new RandomLabel(), new SoftWeighting()));
        Assert.NotEqual(
            world.Unlearned(new GradientAscent(1, 1e-4) { BatchSize = 64 }, Bits.Of, signed), world.Unlearned(new GradientAscent(1, 1e-4) { BatchSize = 64 }, Bits.Of, new SoftWeighting()));
    }
}
