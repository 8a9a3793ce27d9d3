namespace FaLW.Tests.Experiments;

/// <summary>A key holds what its stage depends on, and nothing else.</summary>
public sealed class StageTests
{
    private static readonly ExperimentSpec Spec = Protocol.Cifar100;

    private static readonly Dictionary<string, ExperimentSpec> Changes = new(StringComparer.Ordinal)
    {
        ["benchmark"] = Spec with { Data = Spec.Data with { Benchmark = Benchmark.Cifar10 } },
        ["data seed"] = Spec with { Data = Spec.Data with { Seed = 1 } },
        ["unseen share"] = Spec with { Data = Spec.Data with { UnseenShare = 0.2 } },
        ["network"] = Spec with { Network = Network.ResNet8 },
        ["training"] = Spec with { Training = Spec.Training with { Epochs = 1 } },
        ["training seed"] = Spec with { Seeds = Spec.Seeds with { Training = 1 } },
        ["forget rule"] = Spec with { Data = Spec.Data with { Forget = Spec.Data.Forget with { Gamma = 0 } } },
        ["unlearner"] = Spec with { Unlearner = new FineTune(1, 0.1) },
        ["weighting"] = Spec with { Weighting = new UniformWeighting() },
        ["unlearning seed"] = Spec with { Seeds = Spec.Seeds with { Unlearning = 1 } },
    };

    public static TheoryData<string> Everything => [.. Changes.Keys];

    /// <summary>Original does not depend on the request and the method, Retrain not on the method, and what was unlearned on everything.</summary>
    [Theory]
    [MemberData(nameof(Everything))]
    public void A_stage_ignores_what_it_does_not_depend_on(string change)
    {
        var isOfMethod = change is "unlearner" or "weighting" or "unlearning seed";
        Assert.Equal(isOfMethod || change == "forget rule", Stage.Original(Changes[change]).Key == Stage.Original(Spec).Key);
        Assert.Equal(isOfMethod, Stage.Retrain(Changes[change]).Key == Stage.Retrain(Spec).Key);
        Assert.NotEqual(Stage.Unlearned(Spec).Key, Stage.Unlearned(Changes[change]).Key);
    }

    [Fact]
    public void Stages_of_one_spec_have_keys_of_their_own()
    {
        Stage[] models = [Stage.Original(Spec), Stage.Retrain(Spec), Stage.Unlearned(Spec)];
        string[] keys = [.. models.Concat(models.Select(model => Stage.Scores(model, Spec.Data))).Select(stage => stage.Key)];
        Assert.Equal(6, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{64}$", key));
    }

    [Fact]
    public void Scores_of_one_model_depend_on_the_sets()
    {
        var model = Stage.Original(Spec);
        Assert.NotEqual(Stage.Scores(model, Spec.Data).Key, Stage.Scores(model, Changes["forget rule"].Data).Key);
    }
}
