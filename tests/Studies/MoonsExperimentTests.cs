namespace FaLW.Tests.Studies;

/// <summary>The experiment one can see: it shows what the notebook says of it.</summary>
public sealed class MoonsExperimentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void With_weights_the_boundary_stays_nearer_to_the_target(int seed)
    {
        using var moons = new MoonsExperiment(seed);
        using var original = moons.Original();
        using var retrain = moons.Retrain();
        using var plain = moons.Unlearned(original, new UniformWeighting());
        using var weighted = moons.Unlearned(original, new ForgettingAwareWeighting());
        double Distance(Classifier model) => Math.Abs(Test(moons, model) - Test(moons, retrain));
        Assert.True(Predictions.Of(original, moons.Images, moons.Splits.Forget).Accuracy > 95);
        Assert.True(Distance(weighted) < Distance(plain) - 3, $"{Distance(weighted)} and {Distance(plain)}");
    }

    [Fact]
    public void The_view_holds_the_model_the_points_and_the_weights()
    {
        using var moons = new MoonsExperiment();
        using var original = moons.Original();
        var (falw, view) = (new ForgettingAwareWeighting(), moons.View("Original", original, new ForgettingAwareWeighting()));
        var weights = falw.Weights(moons.State(original)).data<float>().ToArray();
        Assert.Equal(weights.Select(w => (double)w), view.Points.Where(p => p.IsForget).Select(p => p.Weight));
        Assert.Equal(view.X.Count * view.Y.Count, view.Probability.Count);
        Assert.Equal(Test(moons, original), view.TestAccuracy);
        Assert.Equal([view.ForgetAccuracy, view.UnseenProbability], DecisionTable.Of(view).Rows[0].Cells.Where((_, i) => i is 1 or 4).Select(cell => cell.Value));
        // Deep inside a moon the model is sure of it.
        Assert.True(At(view, 0, 1.05) < 0.2, "class 0");
        Assert.True(At(view, 1, -0.55) > 0.8, "class 1");
    }

    private static double Test(MoonsExperiment moons, Classifier model) => Predictions.Of(model, moons.Images, moons.Splits.Test).Accuracy;

    private static double At(PlaneView view, double x, double y)
    {
        var column = Enumerable.Range(0, view.X.Count).MinBy(i => Math.Abs(view.X[i] - x));
        var row = Enumerable.Range(0, view.Y.Count).MinBy(i => Math.Abs(view.Y[i] - y));
        return view.Probability[row * view.X.Count + column];
    }
}
