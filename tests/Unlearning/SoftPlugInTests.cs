using MathNet.Numerics.LinearAlgebra;

namespace FaLW.Tests.Unlearning;

/// <summary>How soft weights reach each method, worked out on the host: one whole-batch step from Original.</summary>
public sealed class SoftPlugInTests : IDisposable
{
    private const double Rate = 0.1;
    private static readonly float[] Epsilon = [-1, -0.5f, 0.25f, 0, 0.5f, -0.25f, 1, 0, 0];
    private static readonly int[] Trained = [0, 1, 2, 3, 4, 5, 6, 7];
    private readonly TinyWorld world = new();

    public void Dispose() => world.Dispose();

    /// <summary>Step -rate * mean of epsilon g: below 0 ascends, above 0 descends.</summary>
    [Fact]
    public void Gradient_ascent_turns_the_loss_round_by_epsilon() =>
        TinyWorld.Near(-Rate * Mean(row => Epsilon[row]), Moved(Whole(new GradientAscent(1, Rate)), new SoftWeighting(Signed: true)));

    [Fact]
    public void Fine_tuning_keeps_every_row_by_one_plus_epsilon() =>
        TinyWorld.Near(-Rate * Mean(row => 1 + Epsilon[row]), Moved(Whole(new FineTune(1, Rate)), new UniformWeighting()));

    /// <summary>At Original teacher and student agree, so the pass over the forget rows moves nothing and what follows is gamma times fine-tuning.</summary>
    [Fact]
    public void Scrub_disobeys_by_minus_epsilon_where_that_is_positive()
    {
        var method = (Scrub)Whole(new Scrub(1, Rate, AscentEpochs: 1, Gamma: 0.5) { ForgetBatchSize = 8 });
        TinyWorld.Near(-Rate * 0.5 * Mean(row => 1 + Epsilon[row]), Moved(method, new SoftWeighting()));
        var (model, log) = method.Unlearn(Task(new SoftWeighting()));
        model.Dispose();
        Assert.Equal(Trained.Select(row => Math.Max(-(double)Epsilon[row], 0)), log.LastWeights);
    }

    /// <summary>F_f is the mean of squared gradients weighted by max(-epsilon, 0), F_D that of all rows.</summary>
    [Fact]
    public void Dampening_weighs_the_squared_gradients_of_the_forget_set()
    {
        var weights = Trained.Select(row => Math.Max(-(double)Epsilon[row], 0)).ToArray();
        var forget = Trained.Select(row => world.Gradient(row).PointwisePower(2) * (weights[row] / weights.Sum())).Aggregate((a, b) => a + b);
        var all = world.MeanOfSquares(Trained);
        var expected = world.Weights.Select((w, k) => forget[k] > 1.2 * all[k] ? w * Math.Min(all[k] / forget[k], 1) : w);
        using var model = new SelectiveSynapticDampening(1.2).Unlearn(Task(new UniformWeighting())).Model;
        TinyWorld.Near(expected, TinyWorld.WeightsOf(model));
        Assert.NotEqual(world.Weights, TinyWorld.WeightsOf(model));
    }

    /// <summary>A hidden layer too, whose output the network changes in place: one pass over all rows is a pass row by row.</summary>
    [Fact]
    public void One_pass_gives_the_squared_gradients_of_every_row()
    {
        using var scope = NewDisposeScope();
        using var model = Network.Perceptron.Create(1, 1, 1, 3, seed: 2, CPU);
        var pass = new GradientPass(model, world.Task, Augmentation.None);
        var (all, rows) = (pass.WeightedFisher(Trained, [.. Trained.Select(_ => 1f)]), pass.Fisher(Trained, 1));
        Assert.Equal(model.Parameters.Count(), all.Count);
        Assert.All(rows.Zip(all), pair => Assert.InRange(Bits.LargestDifference(pair.First, pair.Second), 0, 1e-6));
        Assert.All(all, sum => Assert.True(sum.max().item<float>() > 1e-5));
        Assert.All(pass.WeightedFisher(Trained, new float[Trained.Length]), sum => Assert.Equal(0, sum.abs().max().item<float>()));
    }

    [Fact]
    public void A_network_with_other_layers_than_linear_ones_is_refused()
    {
        using var model = (Network.ResNet8 with { Width = 4 }).Create(1, 8, 8, 3, seed: 2, CPU);
        var fault = Assert.Throws<Fault>(() => new GradientPass(model, world.Task, Augmentation.None).WeightedFisher(Trained, new float[Trained.Length]));
        Assert.Contains("ResNet-8 has others. Use a perceptron", fault.Message, StringComparison.Ordinal);
    }

    private static GradientUnlearner Whole(GradientUnlearner method) => method with { BatchSize = 8, Momentum = 0, WeightDecay = 0, Augmentation = Augmentation.None };

    private UnlearningTask Task(LossWeighting weighting) => world.Task with { Weighting = weighting, Soft = Epsilon };

    private Vector<double> Mean(Func<int, double> weight) => Trained.Select(row => world.Gradient(row) * weight(row)).Aggregate((a, b) => a + b) / Trained.Length;

    private Vector<double> Moved(Unlearner method, LossWeighting weighting)
    {
        using var model = method.Unlearn(Task(weighting)).Model;
        return Vector<double>.Build.Dense(TinyWorld.WeightsOf(model)) - Vector<double>.Build.Dense(world.Weights);
    }
}
