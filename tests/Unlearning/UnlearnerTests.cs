using FaLW.Tests.Weighting;

namespace FaLW.Tests.Unlearning;

/// <summary>A method as a value: its text, its defaults, and what it refuses before anything is trained.</summary>
[Collection(nameof(World))]
public sealed class UnlearnerTests(World world)
{
    public static TheoryData<Unlearner> All =>
    [
        new FineTune(3, 0.02) { BatchSize = 32 },
        new RandomLabel(4, 0.1, LabelOrder.Sequential, LabelDraw.Run, ExcludeTrue: true) { Schedule = Schedule.Cosine },
        new GradientAscent(1, 1e-5, EvaluationMode: true) { Precision = Precision.BFloat16, ChannelsLast = true },
        new SaliencyMask(new RandomLabel(2, 0.3) { Momentum = 0 }, 0.2, MaskMode.GradientOnly, AugmentMask: true),
        new L1Sparse(1e-5, 3, 0.1, EpochsWithout: 1) { BatchSize = 7 },
        new BoundaryShrink(2, 1e-3, Bound: 0.2, ExcludeTrue: true),
        new BoundaryExpand(2, 1e-3) { Momentum = 0.5 },
        new Scrub(4, 1e-3, 1, 0.5, 0.5, 2) { BatchSize = 32, ForgetBatchSize = 16 },
        new NegGradPlus(2, 0.1, 0.6) { BatchSize = 32 },
        new BadTeacher(2, 0.1, 0.5, 2),
        new InfluenceUnlearning(3, InfluenceInverse.PublishedRecursion, 20, 0.5) { Augmentation = Augmentation.CropFlip },
        new SFRon(20, 0.1, 3, 2, 0.1, 5, 2) { BatchSize = 32, Schedule = Schedule.Constant },
        new SelectiveSynapticDampening(2, 0.5, 1),
        new ClosedFormBridge(0.5, 3, 0.2),
        new BiasShift(),
        new Reweighted(new SaliencyMask(new RandomLabel(2, 0.3) { Momentum = 0 }, 0.2)),
        new GradientRatio(0.1, 0.2, 0.3, 4) { Augmentation = Augmentation.CropFlip },
        new InfluenceAscent(2, 0.1, 0.5, 1, 0.9) { BatchSize = 32 },
    ];

    public static TheoryData<Unlearner, string> OutOfRange { get; } = new()
    {
        { new L1Sparse(-1), "alpha must not be negative" },
        { new L1Sparse(1e-4, 2, EpochsWithout: 3), "must lie in 0 to 2, but are 3" },
        { new BoundaryShrink(Bound: 0), "bound" },
        { new Scrub(2, AscentEpochs: 3), "must lie in 0 to 2, but are 3" },
        { new Scrub { ForgetBatchSize = 0 }, "batch size of the forget set" },
        { new Scrub(Gamma: -1), "gamma" },
        { new Scrub(Alpha: double.NaN), "alpha" },
        { new Scrub(Temperature: 0), "temperature" },
        { new NegGradPlus(RetainShare: 1.1), "share of the retain loss" },
        { new BadTeacher(RetainShare: 0), "share of the retain set" },
        { new BadTeacher(Temperature: -1), "temperature" },
        { new InfluenceUnlearning(0), "alpha" },
        { new InfluenceUnlearning(1, Samples: 0), "at least 1 sample" },
        { new InfluenceUnlearning(1, RelativeDamping: 0), "damping" },
        { new SFRon { Epochs = 2 }, "set by its iterations" },
        { new SFRon(0), "iterations" },
        { new SFRon(Alpha: 0), "alpha" },
        { new SFRon(Period: 0), "period" },
        { new SFRon(Lambda: -1), "lambda" },
        { new SFRon(Clip: 0), "clipping" },
        { new SFRon(Threshold: -1), "threshold" },
        { new SelectiveSynapticDampening(0), "alpha" },
        { new SelectiveSynapticDampening(1, 0), "lambda" },
        { new SelectiveSynapticDampening(1, 1, 0), "batch size" },
        { new ClosedFormBridge(0), "the fraction of the deviation must lie above 0" },
        { new Reweighted(new GradientAscent()), "but not for GA" },
        { new Reweighted(new FineTune(1, 0)), "learning rate" },
        { new GradientRatio(0), "alpha" },
        { new GradientRatio(Share: 0), "share of the weights" },
        { new GradientRatio(Beta: -1), "beta" },
        { new GradientRatio(Percentile: 101), "percentile" },
        { new InfluenceAscent(Share: 1.5), "share of the samples" },
        { new InfluenceAscent(Damping: 0), "damping" },
        { new InfluenceAscent(ClipQuantile: -1), "quantile" },
        { Salun() with { Density = 0 }, "the density must lie above 0 and at most at 1, but is 0" },
        { Salun() with { Density = 1.5 }, "density" },
        { Salun() with { Density = double.NaN }, "density" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_method_survives_its_own_text(Unlearner method) =>
        Assert.Equal(method, JsonSerializer.Deserialize<Unlearner>(JsonSerializer.Serialize(method, CanonicalJson.Options), CanonicalJson.Options));

    [Fact]
    public void The_settings_of_a_step_keep_their_order() => Assert.Equal(
        """{"$type":"SelectiveSynapticDampening","Alpha":10,"Lambda":1,"FisherBatch":128,"Augmentation":"None"}""",
        JsonSerializer.Serialize<Unlearner>(new SelectiveSynapticDampening(), CanonicalJson.Options));

    [Fact]
    public void The_defaults_are_saluns()
    {
        Assert.Equal((10, 0.013), (new RandomLabel().Epochs, new RandomLabel().LearningRate));
        Assert.Equal((10, 0.01), (new FineTune().Epochs, new FineTune().LearningRate));
        Assert.Equal((5, 1e-4), (new GradientAscent().Epochs, new GradientAscent().LearningRate));
        Assert.Equal((LabelOrder.Mixed, LabelDraw.Epoch, false), (new RandomLabel().Order, new RandomLabel().Labels, new RandomLabel().ExcludeTrue));
        Assert.Equal(new TrainSpec(10, 256, 0.013, 0.9, 5e-4, Augmentation: Augmentation.CropFlip), new RandomLabel().Training);
        Assert.Equal((0.5, MaskMode.Hard, false), (Salun().Density, Salun().Mode, Salun().AugmentMask));
    }

    /// <summary>SCRUB's large notebook, SFRon's and SSD's code, BadTeacher's, GRIN+'s and IMU's.</summary>
    [Fact]
    public void The_other_defaults_are_those_of_the_published_code()
    {
        var (scrub, sfron) = (new Scrub(), new SFRon());
        Assert.Equal((3, 5e-4, 2, 0.99, 0.001, 4.0), (scrub.Epochs, scrub.LearningRate, scrub.AscentEpochs, scrub.Gamma, scrub.Alpha, scrub.Temperature));
        Assert.Equal((256, 512, Schedule.Constant), (scrub.BatchSize, scrub.ForgetBatchSize, scrub.Schedule));
        Assert.Equal((1500, 0.01, 25, 5, 0.5, 7, 1), (sfron.Iterations, sfron.LearningRate, sfron.Alpha, sfron.Period, sfron.Lambda, sfron.Clip, sfron.Threshold));
        Assert.Equal(new TrainSpec(1, 128, 0.01, 0.9, 5e-4, Schedule: Schedule.Cosine, Augmentation: Augmentation.CropFlip), sfron.Training);
        Assert.Equal((10, 1), (new SelectiveSynapticDampening().Alpha, new SelectiveSynapticDampening().Lambda));
        Assert.Equal((0.01, 0.5, 0.5, 4), (new GradientRatio().Alpha, new GradientRatio().Share, new GradientRatio().Beta, new GradientRatio().Percentile));
        Assert.Equal((10, 0.01, 0.01, 0.93, 256), (new InfluenceAscent().Epochs, new InfluenceAscent().LearningRate, new InfluenceAscent().Damping, new InfluenceAscent().ClipQuantile, new InfluenceAscent().BatchSize));
        Assert.Equal((1, 0.3, 1), (new BadTeacher().Epochs, new BadTeacher().RetainShare, new BadTeacher().Temperature));
        Assert.Equal((0.1, false), (new BoundaryShrink().Bound, new BoundaryShrink().ExcludeTrue));
        Assert.Equal((10, 0.01, 0), (new L1Sparse(1e-4).Epochs, new L1Sparse(1e-4).LearningRate, new L1Sparse(1e-4).EpochsWithout));
    }

    [Fact]
    public void Tables_use_the_names_of_the_literature() => Assert.Equal(
        ["FT", "RL", "GA", "SalUn", "L1-sparse", "BS", "BE", "SCRUB", "NegGrad+", "BadTeacher", "IU (published recursion)", "SFRon", "SSD", "Closed-form bridge (ours)", "BiasShift", "SalUn, reweighted", "GRIN+", "IMU"],
        All.Select(method => method.Data.Title));

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_setting_outside_its_range_is_named(Unlearner method, string reason) => Refused(method, world.Task(), reason);

    public static TheoryData<Unlearner, LossWeighting, string> Comparing => new()
    {
        { World.RandomLabels, new ForgettingAwareWeighting(), "class 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 has no unseen sample" },
        { new BiasShift(), new UniformWeighting(), "BiasShift compares forget samples with unseen ones" },
        { new ClosedFormBridge(), new UniformWeighting(), "no unseen sample" },
    };

    [Theory]
    [MemberData(nameof(Comparing))]
    public void A_class_without_unseen_samples_is_named_before_any_training(Unlearner method, LossWeighting weighting, string reason)
    {
        var splits = Splits.Of(World.Spec with { UnseenShare = 0 }, world.Images.HostLabels, world.Images.TrainCount, 10);
        Refused(method, world.Task(weighting) with { Splits = splits }, reason);
    }

    [Fact]
    public void Settings_of_weighting_and_training_out_of_range_are_named()
    {
        Refused(World.RandomLabels, world.Task(new ForgettingAwareWeighting(Tau: -1)), "tau must not be negative");
        Refused(World.RandomLabels with { LearningRate = 0 }, world.Task(), "learning rate");
        Refused(new SaliencyMask(World.RandomLabels with { BatchSize = 0 }), world.Task(), "batch size");
    }

    private static SaliencyMask Salun() => new(new RandomLabel());

    private static void Refused(Unlearner method, UnlearningTask task, string reason)
    {
        List<TrainProgress> steps = [];
        var fault = Assert.Throws<Fault>(() => method.Unlearn(task with { Progress = new Listener<TrainProgress>(steps.Add) }));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Empty(steps);
    }

    public static TheoryData<Unlearner, LossWeighting> Pairs => new(
        from Unlearner method in new Unlearner[] { new FineTune(), new RandomLabel(), new GradientAscent(), new SaliencyMask(new RandomLabel()), new Scrub(), new SelectiveSynapticDampening() }
        from weighting in IdentityTests.All
        select (method, weighting.Data));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Only_what_has_a_loss_on_forget_samples_can_be_weighed(Unlearner method, LossWeighting weighting)
    {
        var objection = Pairing.Objection(method, weighting);
        if (method.CanWeigh || weighting is UniformWeighting) Assert.Null(objection);
        else Assert.Equal($"{method.Title} has no loss on forget samples that {weighting.Title} could weigh; use UniformWeighting with it.", objection);
    }

    [Fact]
    public void A_negative_weight_needs_a_loss_that_can_be_turned_round()
    {
        Assert.Null(Pairing.Objection(new GradientAscent(), new Turning()));
        Assert.Contains("use it with GA", Pairing.Objection(new RandomLabel(), new Turning()), StringComparison.Ordinal);
        Assert.Contains("use UniformWeighting", Pairing.Objection(new FineTune(), new Turning()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_impossible_pair_is_refused_in_the_same_words() =>
        Refused(new FineTune(1, 0.1), world.Task(new LossBasedWeighting(1)), Pairing.Objection(new FineTune(), new LossBasedWeighting(1))!);

    private sealed record Turning : LossWeighting
    {
        public override bool IsSigned => true;

        public override Tensor Weights(ForgetState state) => ones_like(state.Loss).neg();
    }
}
