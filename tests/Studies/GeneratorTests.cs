namespace FaLW.Tests.Studies;

/// <summary>A generator that forgets at smoke scale, the record of one that did at class scale, and bad questions.</summary>
public sealed class GeneratorTests : InFolder
{
    private static readonly GeneratorStudy Smoke = GeneratorStudy.At(Scale.Smoke);

    private static readonly GeneratorStudy Tiny = Smoke with
    {
        Spec = Smoke.Spec with { Data = Smoke.Spec.Data with { TrainPerClass = 8 }, Training = Smoke.Spec.Training with { Epochs = 1 } },
        Noise = new(5, 0.1, 0.9),
        Training = Smoke.Training with { Epochs = 2 },
        Samples = 3,
        Methods = [Smoke.Methods[0] with { Unlearner = (RandomLabel)Smoke.Methods[0].Unlearner with { Epochs = 1 } }],
    };

    public static TheoryData<string, GeneratorStudy> Wrong => new()
    {
        { "A generator forgets one class; name it with `ForgetRule.OfClasses(3)`.", With(data => data with { Forget = ForgetRule.OfClasses(1, 2) }) },
        { "A generator forgets one class", With(data => data with { Forget = new ForgetRule(0.2, 1) }) },
        { "Class 7 is to be forgotten, but the classes in use are 0 to 3.", With(data => data with { Forget = ForgetRule.OfClasses(7) }) },
        { "The generator can be asked for 3 classes, but the images have 4", Smoke with { Network = Smoke.Network with { Labels = 3 } } },
        { "the temperature must be positive, but is 0", WithWeight(new LossBasedWeighting(0)) },
        { "the temperature must be positive, but is -0.5", WithWeight(new LossBasedWeighting(-0.5)) },
        { "the temperature must be positive, but is NaN", WithWeight(new LossBasedWeighting(double.NaN)) },
        { "Forgetting-aware asks probabilities of classes, which a generator has not", WithWeight(new ForgettingAwareWeighting()) },
        { "GA has no form for a generator here", Smoke with { Methods = [new Method(new GradientAscent(), new UniformWeighting())] } },
        { "the first variance of the diffusion must be positive, but is NaN", Smoke with { Noise = Smoke.Noise with { First = double.NaN } } },
        { "The training of the generators: the learning rate must be positive, but is 0.", Smoke with { Training = Smoke.Training with { LearningRate = 0 } } },
        { "the samples of a class must be at least 2, but are 1. the repeats of a method must be at least 1, but are 0.", Smoke with { Samples = 1, Repeats = 0 } },
        { "the methods must be at least one", Smoke with { Methods = [] } },
        { "Several methods are called RL, and no table could tell them apart", Smoke with { Methods = [Smoke.Methods[0], Smoke.Methods[0] with { Unlearner = new RandomLabel(3) }] } },
    };

    /// <summary>Who was trained on the class makes it; who never saw it does not; who forgot it hardly does, and still makes the others.</summary>
    [Fact]
    public void A_class_is_forgotten_by_a_wide_margin_and_the_others_stay()
    {
        using var lab = Open("cache");
        var trial = lab.Generators(cancellation: TestContext.Current.CancellationToken);
        double Share(string title) => trial.Rows.Single(row => row.Title == title).Share(trial.Study.Forgotten);
        Assert.InRange(trial.Original.Share(3), 85, 100);
        Assert.InRange(trial.Retrain.Share(3), 0, 35);
        Assert.InRange(Share("RL"), 0, trial.Original.Share(3) - 40);
        Assert.InRange(Share("SalUn"), 0, trial.Original.Share(3) - 40);
        Assert.InRange(Share("RL + LoReUn, T 0.1"), Share("RL") + 10, 100);
        Assert.All(trial.Rows, row => Assert.InRange(row.Agreement(but: 3), 85, 100));
        Assert.Equal(0, trial.Retrain.ToRetrain);
        Assert.InRange(trial.JudgeAccuracy, 90, 100);
        Assert.InRange(trial.ShareOfStep, 0.5, 1);
    }

    [Fact]
    public void Equal_studies_give_equal_trials_and_a_record_answers_before_anything_is_computed()
    {
        using (var lab = Open("cache"))
        using (var other = Open("other", records: null))
        {
            var first = lab.Generators(Tiny, TestContext.Current.CancellationToken);
            var again = other.Generators(Tiny, TestContext.Current.CancellationToken);
            Assert.Equal(first, again with { Provenance = first.Provenance });
            Assert.NotEqual(first.Rows, other.Generators(Tiny with { Spec = Tiny.Spec.WithSeed(1) }, TestContext.Current.CancellationToken).Rows);
            Assert.EndsWith(".json.gz", lab.Keep(first), StringComparison.Ordinal);
            using var empty = Open("empty");
            Assert.Equal(first, empty.Generators(Tiny, TestContext.Current.CancellationToken));
        }

        Assert.False(Directory.Exists(home["empty"]));
    }

    /// <summary>The record that notebook 15 shows. What the notebook says of it must be so.</summary>
    [Fact]
    public void In_the_record_at_class_scale_the_weight_of_the_step_keeps_the_class_and_that_of_the_image_does_nothing()
    {
        var trial = GeneratorTrial.Shelf(Path.Combine(Repository.Root, "data", "results")).Find(GeneratorStudy.At(Scale.Class).Stage());
        Assert.NotNull(trial);
        double[] Shares(string title) => [.. trial.Rows.Where(row => row.Title == title).Select(row => row.Share(3))];
        Assert.Equal(3, Shares("RL").Length);
        Assert.True(Shares("RL").Max() < 12 && trial.Original.Share(3) > 90 && trial.Retrain.Share(3) < 5);
        string[] rising = ["RL", "RL + LoReUn, T 0.3", "RL + LoReUn, T 0.1", "RL + LoReUn, T 0.03"];
        Assert.All(rising.Zip(rising.Skip(1)), pair => Assert.True(Shares(pair.First).Max() < Shares(pair.Second).Min()));
        Assert.True(Shares("SalUn").Max() < Shares("SalUn + LoReUn, T 0.1").Min());
        Assert.InRange(Math.Abs(Shares("RL").Average() - Shares("RL + LoReUn (static), T 0.03").Average()), 0, 3);
        Assert.All(trial.Rows.Skip(3), row => Assert.True(row.ToRetrain < 1.5 * trial.Other.ToRetrain));
    }

    /// <summary>What notebook 15 says of Fashion-MNIST.</summary>
    [Fact]
    public void In_the_record_at_small_scale_it_is_the_same_with_dresses()
    {
        var trial = GeneratorTrial.Shelf(Path.Combine(Repository.Root, "data", "results")).Find(GeneratorStudy.At(Scale.Small).Stage());
        Assert.NotNull(trial);
        double[] Shares(string title) => [.. trial.Rows.Where(row => row.Title == title).Select(row => row.Share(3))];
        Assert.Equal((82.0, 6.0, 5.0), (trial.Original.Share(3), trial.Retrain.Share(3), trial.Other.Share(3)));
        (string Title, double Mean)[] told = [("RL", 27), ("SalUn", 29), ("RL + LoReUn, T 0.3", 31), ("RL + LoReUn, T 0.1", 37), ("RL + LoReUn, T 0.03", 43), ("RL + LoReUn (static), T 0.03", 27)];
        Assert.All(told, each => Assert.Equal(each.Mean, Math.Round(Shares(each.Title).Average())));
        Assert.Equal((25.0, 29.0), (Shares("RL").Min(), Shares("RL").Max()));
        Assert.All(told[2..5], each => Assert.True(Shares("RL").Max() < Shares(each.Title).Min()));
        Assert.Equal((0.026, 0.038, 0.036), (Math.Round(trial.Rows.Skip(3).Min(row => row.ToRetrain), 3), Math.Round(trial.Rows.Skip(3).Max(row => row.ToRetrain), 3), Math.Round(trial.Other.ToRetrain, 3)));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_study_is_refused_in_a_sentence_and_nothing_is_computed(string sentence, GeneratorStudy study)
    {
        using var lab = Open("cache");
        Assert.Contains(sentence, Assert.Throws<Fault>(() => lab.Generators(study, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home["cache"]));
    }

    [Fact]
    public void A_class_that_was_never_asked_for_is_named()
    {
        var row = new GeneratorRow("RL", 0, [[3, 1], [0, 4]], 1, 1, double.NaN, "");
        Assert.Equal((75.0, 100.0, 100.0), (row.Share(0), row.Share(1), row.Agreement(but: 0)));
        Assert.Equal(75, row.AnswersApart(row with { Judged = [[0, 2], [0, 4]] }, 0));
        Assert.Equal("RL was never asked for class 2: its classes are 0 to 1.", Assert.Throws<Fault>(() => row.Share(2)).Message);
        Assert.Throws<Fault>(() => row.Share(-1));
    }

    private static GeneratorStudy With(Func<DataSpec, DataSpec> change) => Smoke with { Spec = Smoke.Spec with { Data = change(Smoke.Spec.Data) } };

    private static GeneratorStudy WithWeight(LossWeighting weighting) => Smoke with { Methods = [Smoke.Methods[0] with { Weighting = weighting }] };

    private Lab Open(string cache, string? records = "records") => Lab.Open(
        Scale.Smoke, new LabSettings { Cache = home[cache], Device = "cpu", Threads = 1, Records = records is null ? null : home[records] });
}
