using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Tests.Models;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

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
    public void A_weighting_is_told_the_epoch_and_the_log_holds_the_mean_of_each()
    {
        var log = World.RandomLabels.Unlearn(world.Task(new ConstantTwin(new ForgettingAwareWeighting()).With([1.5, 0.5])));
        using (log.Model) Assert.Equal([1.5, 0.5], log.Log.Weights.Select(epoch => epoch.Mean));
    }

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

    [Fact]
    public void The_original_probability_is_the_one_of_evaluation_mode()
    {
        using var model = world.Original.Copy();
        float[] seen = [];
        OneStep(model, new Watching(state =>
        {
            seen = Bits.Numbers(state.OriginalProbability);
            return ones_like(state.Probability);
        }, Original: true), (batch, _, _) =>
        {
            int[] rows = [.. batch.Rows.index_select(0, batch.ForgetPositions).data<long>().ToArray().Select(row => (int)row)];
            var expected = Predictions.Of(world.Original, world.Images, rows).TrueClassProbability;
            Assert.All(expected.Zip(seen), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        });
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
