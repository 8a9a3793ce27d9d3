using FaLW.Data;
using FaLW.Tests.Weighting;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Unlearning;

/// <summary>Which pairs make sense is known before any data is looked at.</summary>
[Collection(nameof(World))]
public sealed class PairingTests(World world)
{
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
    public void An_impossible_pair_is_refused_in_the_same_words()
    {
        var weighting = new LossBasedWeighting(1);
        var fault = Assert.Throws<Fault>(() => new FineTune(1, 0.1).Unlearn(world.Task(weighting)));
        Assert.EndsWith(Pairing.Objection(new FineTune(), weighting)!, fault.Message, StringComparison.Ordinal);
    }

    private sealed record Turning : LossWeighting
    {
        public override bool IsSigned => true;

        public override Tensor Weights(ForgetState state) => ones_like(state.Loss).neg();
    }
}
