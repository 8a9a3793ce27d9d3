namespace FaLW.Tests.Unlearning;

/// <summary>Methods and weightings that somebody else wrote, and wrote badly: each is told in a sentence that names it and what it gave.</summary>
[Collection(nameof(World))]
public sealed class GuestTests(World world)
{
    private static readonly RandomLabel Method = World.RandomLabels with { Epochs = 1 };

    public static TheoryData<string, Func<ForgetState, Tensor?>> BadWeights => new()
    {
        { "Watching gave no weights (null)", _ => null },
        { "Watching gave weights of shape [1]", _ => ones(1) },
        { "Watching gave weights of shape [] for", state => state.Loss.mean() },
        { ", 1] for", state => state.Loss.unsqueeze(1) },
        { "Watching gave the weight -1 to a forget sample", state => -ones_like(state.Loss) },
        { "Watching gave the weight NaN to a forget sample; a weight must be a finite number. Keep logarithms and quotients away from zero; if it reads the distance from unseen images, which is NaN unless asked for, override ProfileEvery", state => state.ZScore },
        { "Watching gave the weight Infinity to a forget sample", state => ones_like(state.Loss) / 0 },
    };

    [Theory]
    [MemberData(nameof(BadWeights))]
    public void A_weight_that_is_none_is_told(string sentence, Func<ForgetState, Tensor?> weights) => Assert.Contains(
        sentence, Assert.ThrowsAny<Fault>(() => Unlearned(Method, new Watching(state => weights(state)!))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_weight_that_is_not_a_number_is_a_divergence_and_does_not_end_a_job() =>
        Assert.Throws<DivergedException>(() => Unlearned(Method, new Watching(state => state.ZScore)));

    [Fact]
    public void No_gradient_flows_through_a_weight_that_keeps_one() => Assert.Equal(
        Unlearned(Method, new Watching(state => state.Loss)),
        Unlearned(Method, new Watching(state =>
        {
            using var gradient = enable_grad();
            return state.Loss.detach().requires_grad_(true) * 1;
        })));

    [Fact]
    public void Whole_numbers_and_doubles_are_weights_too() => Assert.Equal(
        Unlearned(Method, new Watching(state => full_like(state.Loss, 2))), Unlearned(Method, new Watching(state => full_like(state.Labels, 2))));

    public static TheoryData<string, Func<UnlearningTask, (Classifier?, TrainLog?)>> BadMethods => new()
    {
        { "Given gave no model (null)", _ => (null, Log) },
        { "Given disposed the model it gave", task => (Disposed(task.Original.Copy()), Log) },
        { "Given gave no log (null)", task => (task.Original.Copy(), null) },
        { "Given gave back the Original itself", task => (task.Original, Log) },
        { "Given gave a Linear with 10 classes for a ResNet-8 with 10", task => (Network.Linear.Create(1, 8, 8, 10, 0, CPU), Log) },
        { "Given gave a ResNet-8 with 11 classes", task => (task.Original.WithClasses(11, 0), Log) },
        { "Given changed the Original", task => (Changed(task.Original, task.Original.Copy(), 0.5), Log) },
        { "Given diverged: after its step a weight is not a number", task => (Broken(task.Original.Copy()), Log) },
        { "Given diverged: after its step a weight is not a number", task => (Running(task.Original.Copy()), Log) },
    };

    private static Classifier Disposed(Classifier model)
    {
        model.Dispose();
        return model;
    }

    [Theory]
    [MemberData(nameof(BadMethods))]
    public void A_method_that_breaks_a_promise_is_told(string sentence, Func<UnlearningTask, (Classifier?, TrainLog?)> method)
    {
        using var original = world.Original.Copy();
        Assert.Contains(sentence, Assert.ThrowsAny<Fault>(() => new Given(method!).Unlearn(world.Task() with { Original = original })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_method_draws_from_torch_it_draws_from_its_seed()
    {
        var noisy = new Given(task =>
        {
            var model = task.Original.Copy();
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            foreach (var parameter in model.Parameters) parameter.add_(0.01 * randn_like(parameter));
            return (model, Log);
        });
        Assert.Equal(Unlearned(noisy), Unlearned(noisy));
        Assert.NotEqual(Unlearned(noisy), Unlearned(noisy, seed: 1));
    }

    private static TrainLog Log => new([], Steps: 1, TimeSpan.Zero);

    private static Classifier Changed(Classifier model, Classifier result, double by)
    {
        using var noGradient = no_grad();
        model.Parameters.Last().add_(by);
        return result;
    }

    private static Classifier Broken(Classifier model) => Changed(model, model, double.NaN);

    // What batch normalisation carries along decides as weights do.
    private static Classifier Running(Classifier model)
    {
        using var noGradient = no_grad();
        model.State.First(entry => entry.Name.EndsWith("running_var", StringComparison.Ordinal)).Value.fill_(float.NaN);
        return model;
    }

    private byte[] Unlearned(Unlearner method, LossWeighting? weighting = null, int seed = 0) =>
        world.Unlearned(method, model => Bits.Of(model).Values.SelectMany(bytes => bytes).ToArray(), weighting, seed);

    private sealed record Given(Func<UnlearningTask, (Classifier Model, TrainLog Log)> Do) : Unlearner
    {
        protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => Do(task);
    }
}
