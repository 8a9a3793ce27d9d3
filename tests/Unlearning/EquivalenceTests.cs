namespace FaLW.Tests.Unlearning;

/// <summary>What must be the same to the last bit.</summary>
[Collection(nameof(World))]
public sealed class EquivalenceTests(World world)
{
    private static readonly RandomLabel Augmented = World.RandomLabels with { Augmentation = Augmentation.CropFlip };

    public static TheoryData<Unlearner, LossWeighting> Methods => new()
    {
        { new FineTune(1, 0.01) { BatchSize = 64 }, new UniformWeighting() },
        { Augmented, new UniformWeighting() },
        { Augmented with { Order = LabelOrder.Sequential }, new ForgettingAwareWeighting() },
        { new GradientAscent(2, 0.01) { BatchSize = 64 }, new ForgettingAwareWeighting(RefreshEvery: 2) },
        { Augmented, new ForgettingAwareWeighting { Slice = 30, Spread = Spread.Quantile } },
        { Augmented, new LossBasedWeighting(0.5, Scope: WeightScope.Set) },
        { new SaliencyMask(Augmented, AugmentMask: true), new ForgettingAwareWeighting() },
        { new L1Sparse(1e-3, 1) { BatchSize = 64 }, new UniformWeighting() },
        { new BoundaryShrink(1, 0.01) { BatchSize = 64 }, new ForgettingAwareWeighting() },
        { new BoundaryExpand(1, 0.01) { BatchSize = 64 }, new ForgettingAwareWeighting() },
        { new Scrub(2, 0.01, AscentEpochs: 1), new ForgettingAwareWeighting() },
        { new NegGradPlus(1), new ForgettingAwareWeighting() },
        { new BadTeacher(1, 0.03), new ForgettingAwareWeighting() },
        { new SFRon(6), new ForgettingAwareWeighting() },
        { new InfluenceUnlearning(1, Samples: 20) { Augmentation = Augmentation.CropFlip }, new UniformWeighting() },
        { new SelectiveSynapticDampening(FisherBatch: 64), new UniformWeighting() },
        { new ClosedFormBridge(Steps: 1), new UniformWeighting() },
        { new BiasShift(), new UniformWeighting() },
        { new Reweighted(Augmented), new ForgettingAwareWeighting() },
        { new GradientRatio { Augmentation = Augmentation.CropFlip }, new UniformWeighting() },
        { new InfluenceAscent(1) { BatchSize = 64 }, new UniformWeighting() },
    };

    [Theory]
    [InlineData(LabelOrder.Mixed)]
    [InlineData(LabelOrder.Sequential)]
    public void Forgetting_aware_unlearning_with_every_weight_1_is_random_label(LabelOrder order)
    {
        var method = Augmented with { Order = order };
        Assert.Equal(world.Unlearned(method, Bits.Of), world.Unlearned(method, Bits.Of, new ForcedToOne()));
    }

    /// <summary>Every weighting has a setting at which it does nothing.</summary>
    public static TheoryData<LossWeighting> Limits =>
    [
        new ClassBalancedWeighting(Beta: 0), new LossBasedWeighting(double.PositiveInfinity),
        new LossBasedWeighting(double.PositiveInfinity, LossSource.Static, WeightScope.Set), new WeightedAscentWeighting(0),
        new SaturationImportanceWeighting(0, 0), new ConstantWeighting(1), new ConstantTwin(new ForgettingAwareWeighting()).With([1]), new BalDroGroupWeighting(1), new BalDroDualWeighting(double.PositiveInfinity),
    ];

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_weighting_at_its_uniform_limit_is_random_label(LossWeighting weighting) =>
        Assert.Equal(world.Unlearned(World.RandomLabels, Bits.Of), world.Unlearned(World.RandomLabels, Bits.Of, weighting));

    [Theory]
    [InlineData(MaskMode.Hard)]
    [InlineData(MaskMode.GradientOnly)]
    public void A_mask_that_lets_everything_move_is_no_mask(MaskMode mode) => Assert.Equal(
        world.Unlearned(Augmented, Bits.Of), world.Unlearned(new SaliencyMask(Augmented, Density: 1, mode), Bits.Of));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Equal_seeds_give_equal_models_others_do_not_where_anything_is_drawn_and_Original_is_not_touched(Unlearner method, LossWeighting weighting)
    {
        var (original, mode) = (Bits.Of(world.Original), world.Original.Module.training);
        var first = world.Unlearned(method, Bits.Of, weighting, seed: 0);
        Assert.Equal(first, world.Unlearned(method, Bits.Of, weighting, seed: 0));
        if (method is not (ClosedFormBridge or BiasShift)) Assert.NotEqual(first, world.Unlearned(method, Bits.Of, weighting, seed: 1));
        Assert.Equal(original, Bits.Of(world.Original));
        Assert.Equal(mode, world.Original.Module.training);
        Assert.All(world.Original.Parameters, parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_slice_of_the_whole_unseen_set_is_Algorithm_1() => Assert.Equal(
        world.Unlearned(World.RandomLabels, Bits.Of, new ForgettingAwareWeighting()),
        world.Unlearned(World.RandomLabels, Bits.Of, new ForgettingAwareWeighting { Slice = world.Splits.Unseen.Count }));
}
