namespace FaLW.Tests.Unlearning;

/// <summary>Where training again is exact, influence can be held to it.</summary>
public sealed class LinearHeadTests : IDisposable
{
    private const int Count = 240;
    private readonly Tensor features, labels, group;
    private readonly LinearHead head;
    private readonly Tensor optimum;

    /// <summary>Two groups; membership shifts the second feature, and with it the label.</summary>
    public LinearHeadTests()
    {
        var draw = new SeededStream(0, "two groups");
        double Normal() => Enumerable.Range(0, 12).Sum(_ => draw.Unit()) - 6;
        long[] groups = [.. Enumerable.Range(0, Count).Select(i => (long)(i % 2))];
        double[][] x = [.. groups.Select(g => new[] { Normal(), Normal() + (0.8 * g), 1 })];
        long[] y = [.. x.Select(row => row[0] + row[1] + (1.5 * Normal()) > 0.4 ? 1L : 0)];
        features = tensor([.. x.SelectMany(row => row)], [Count, 3], dtype: float64);
        (labels, group) = (tensor(y, dtype: int64), tensor(groups, dtype: int64));
        head = new LinearHead(features, labels, 2, ridge: 0.1);
        optimum = head.Fit();
    }

    private HeadLoss Parity => HeadLosses.DemographicParity(features, group);

    private HeadLoss Utility => HeadLosses.CrossEntropy(features, labels);

    [Fact]
    public void Without_features_the_optimum_is_the_share_of_each_class()
    {
        using var scope = NewDisposeScope();
        using var bias = new LinearHead(ones(40, 1, dtype: float64), tensor([.. Enumerable.Range(0, 40).Select(i => i < 30 ? 0L : 1L)], dtype: int64), 2, 1e-9);
        var weights = bias.Fit();
        Assert.Equal(Math.Log(3), (weights[0, 0] - weights[1, 0]).item<double>(), 6);
    }

    [Fact]
    public void At_the_optimum_the_objective_is_flat()
    {
        using var scope = NewDisposeScope();
        var theta = optimum.clone().requires_grad_();
        (head.Losses(theta).sum() + (theta.square().sum() * 0.05)).backward();
        Assert.InRange(theta.grad!.abs().max().item<double>(), 0, 1e-9);
    }

    /// <summary>Central differences of models trained again with one sample a little heavier and lighter.</summary>
    [Fact]
    public void Influence_is_minus_the_derivative_of_training_again()
    {
        const double h = 1e-4;
        using var scope = NewDisposeScope();
        using var here = head.At(optimum);
        var influences = here.Influences(Parity, Utility);
        foreach (var j in (int[])[0, 17, 101, 239])
            foreach (var (loss, column) in ((HeadLoss, int)[])[(Parity, 0), (Utility, 1)])
            {
                var slope = (loss(Again(j, h)) - loss(Again(j, -h))).item<double>() / (2 * h);
                Assert.Equal(-slope, influences[column][j], 1e-6 * (1 + Math.Abs(slope)));
            }
    }

    [Fact]
    public void One_step_removes_a_sample_almost_as_training_again_does()
    {
        using var scope = NewDisposeScope();
        using var here = head.At(optimum);
        double[] epsilon = [.. Enumerable.Range(0, Count).Select(j => j == 5 ? -1.0 : 0)];
        var (stepped, again) = (here.Updated(epsilon) - optimum, head.Fit(1 + tensor(epsilon, dtype: float64)) - optimum);
        Assert.True(again.norm().item<double>() > 1e-4);
        Assert.InRange(((stepped - again).norm() / again.norm()).item<double>(), 0, 0.05);
    }

    /// <summary>The measured limit: a small share of the task is met by training again, the whole of it is not, and says so.</summary>
    [Fact]
    public void A_small_share_of_the_task_is_met_and_the_whole_asks_for_weights_above_one()
    {
        using var scope = NewDisposeScope();
        using var here = head.At(optimum);
        var (problem, before) = (here.Problem(Parity, Utility), Parity(optimum).item<double>());
        var (small, whole) = (problem.Cancel(0.05, keepUtility: true), problem.Cancel(1, keepUtility: true));
        double After(SoftWeights soft) => Parity(head.Fit(1 + tensor([.. soft.Epsilon], dtype: float64))).item<double>();
        Assert.True(before > 0.1);
        Assert.InRange(small.Largest, 0, 1);
        Assert.Equal(0.95 * before, After(small), 0.005 * before);
        Assert.Equal(0.95 * before, Parity(here.Updated(small.Epsilon)).item<double>(), 0.01 * before);
        Assert.True(whole.Largest > 1);
        Assert.True(Math.Abs(Parity(here.Updated(whole.Epsilon)).item<double>()) > 0.01 * before);
    }

    [Fact]
    public void Tasks_worked_by_hand()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[] { 0, 1, 2, 3 }, [4, 1], dtype: float64);
        var weights = tensor(new[] { 0, Math.Log(2) }, [2, 1], dtype: float64);
        // Probabilities of class 1: 1/2, 2/3, 4/5, 8/9.
        var groups = tensor(new long[] { 0, 1, 0, 1 }, dtype: int64);
        Assert.Equal(((2 / 3.0) + (8 / 9.0) - 0.5 - 0.8) / 2, HeadLosses.DemographicParity(x, groups)(weights).item<double>(), 12);
        var y = tensor(new long[] { 1, 1, 0, 0 }, dtype: int64);
        Assert.Equal(-Math.Log(0.5) + Math.Log(2 / 3.0), HeadLosses.EqualOpportunity(x, y, groups)(weights).item<double>(), 12);
        Assert.Equal(-Math.Log(0.5 * 2 / 3 * 0.2 / 9), HeadLosses.CrossEntropy(x, y)(weights).item<double>(), 12);
    }

    [Fact]
    public void Past_the_boundary_every_score_is_turned_round()
    {
        using var scope = NewDisposeScope();
        Tensor Score(Tensor x) => x.matmul((optimum.select(0, 1) - optimum.select(0, 0)).unsqueeze(1));
        Assert.InRange((Score(HeadLosses.PastBoundary(features, optimum)) + (0.3 * Score(features))).abs().max().item<double>(), 0, 1e-12);
    }

    /// <summary>Without the matrix: products that are those of the matrix, and influences, steps and optima that are those of its factors.</summary>
    [Fact]
    public void Conjugate_gradients_give_what_the_whole_Hessian_gives()
    {
        using var scope = NewDisposeScope();
        using var large = new LinearHead(features, labels, 2, ridge: 0.1, mostParameters: 0);
        using HeadCurvature exact = head.At(optimum), without = large.At(optimum);
        double[] epsilon = [.. Enumerable.Range(0, Count).Select(j => Math.Sin(j))];
        foreach (var (expected, found) in exact.Influences(Parity, Utility).Zip(without.Influences(Parity, Utility)))
            Assert.InRange((expected - found).L2Norm() / expected.L2Norm(), 0, 1e-8);
        AssertNear(exact.Updated(epsilon) - optimum, without.Updated(epsilon) - optimum);
        var weights = 1 + (0.5 * tensor(epsilon, dtype: float64));
        AssertNear(head.Fit(weights), large.Fit(weights));
    }

    /// <summary>The last layer of ResNet-18 on 100 classes: 51,300 weights. H times the step is the gradient it was solved for, by differences of gradients.</summary>
    [Fact]
    public void A_head_of_the_paper_scale_is_solved()
    {
        using var scope = NewDisposeScope();
        var draw = new SeededStream(1, "a large head");
        const int samples = 120, width = 513, classes = 100;
        var x = tensor([.. Enumerable.Range(0, samples * width).Select(i => i % width == width - 1 ? 1 : draw.Unit())], [samples, width], dtype: float64);
        var y = tensor([.. Enumerable.Range(0, samples).Select(i => (long)(i % classes))], dtype: int64);
        using var large = new LinearHead(x, y, classes, ridge: 0.15);
        var theta = tensor([.. Enumerable.Range(0, classes * width).Select(_ => 0.1 * (draw.Unit() - 0.5))], [classes, width], dtype: float64);
        using var curvature = large.At(theta);
        var step = theta - curvature.Updated([.. Enumerable.Range(0, samples).Select(j => j < 30 ? 1.0 : 0)]);
        Tensor Gradient(Tensor at, int count)
        {
            var here = at.detach().clone().requires_grad_();
            (large.Losses(here).narrow(0, 0, count).sum() + (count == samples ? here.square().sum() * (0.15 / 2) : 0)).backward();
            return here.grad!;
        }

        var difference = (Gradient(theta + (1e-5 * step), samples) - Gradient(theta - (1e-5 * step), samples)) / 2e-5;
        var asked = Gradient(theta, 30);
        Assert.InRange(((difference - asked).norm() / asked.norm()).item<double>(), 0, 1e-6);
    }

    private static void AssertNear(Tensor expected, Tensor found) => Assert.InRange(((expected - found).norm() / expected.norm()).item<double>(), 0, 1e-8);

    public void Dispose()
    {
        head.Dispose();
        foreach (var part in (Tensor[])[features, labels, group, optimum]) part.Dispose();
    }

    private Tensor Again(int sample, double extra) =>
        head.Fit(tensor([.. Enumerable.Range(0, Count).Select(j => j == sample ? 1 + extra : 1)], dtype: float64));
}
