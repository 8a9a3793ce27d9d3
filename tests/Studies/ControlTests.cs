namespace FaLW.Tests.Studies;

/// <summary>Audits on their controls: they find the Original, and nothing in Retrain. What the study of audits asks as well is in <see cref="AuditStudyTests"/>.</summary>
[Collection(nameof(AuditWorld))]
public sealed class ControlTests(AuditWorld world)
{
    /// <summary>An area of 160 forget samples against 200 non-members has a standard error of 0.031 at chance (Mann and Whitney): found means five of them, not found within three.</summary>
    [Fact]
    public void Relative_membership_finds_the_Original_and_not_Retrain()
    {
        var audit = EnsembleAudit.Of(world.Members).RelativeMembership;
        Assert.Equal((160, 200), (audit.Original.Curve.Members, audit.Original.Curve.NonMembers));
        Assert.True(audit.Original.Curve.Area > 0.655, $"{audit.Original.Curve}");
        Assert.InRange(audit.Retrain.Curve.Area, 0.407, 0.593);
        Assert.InRange(audit.Retrain.MeanScore, 0.407, 0.593);
        Assert.True(audit.Unlearned.Curve.Area > 0.655, $"{audit.Unlearned.Curve}");
    }

    [Fact]
    public void Margins_of_the_Original_rise_above_the_null_level_and_those_of_other_Retrains_do_not()
    {
        var match = EnsembleAudit.Of(world.Members).OriginalMatch;
        Assert.True(match.Unlearned.Scaled.Mean > 3 * match.Null.Scaled.Mean, $"{match}");
        Assert.True(match.Unlearned.Gaussian.Median > 3 * match.Null.Gaussian.Median, $"{match}");
        var forget = world.Members[0].Splits.Forget;
        IReadOnlyList<double>[] retrained = [.. world.Members.Select(member => EnsembleMember.Of(forget, member.Retrain))];
        var control = DistributionMatch.Of(retrained[8..], retrained[..8]);
        Assert.InRange(control.Unlearned.Scaled.Mean / control.Null.Scaled.Mean, 0.75, 1.35);
        Assert.InRange(control.Unlearned.Binned.Mean / control.Null.Binned.Mean, 0.75, 1.35);
    }

    /// <summary>Random labels bring forget accuracy near Retrain's; training on the retain set alone brings the forgotten labels back.</summary>
    [Fact]
    public void A_model_that_only_hides_gives_itself_away_when_trained_on_the_rest()
    {
        var method = new RandomLabel(3, 0.01, LabelOrder.Sequential) { BatchSize = 64, Augmentation = Augmentation.None };
        var audit = world.Lab.Relearn(
            AuditWorld.Spec with { Unlearner = method }, new RelearnSpec(ForgetEpochs: 1, RetainEpochs: 3, LearningRate: 0.02), TestContext.Current.CancellationToken);
        var (retrain, hidden) = (audit.OnRetain[1], audit.OnRetain[2]);
        Assert.InRange(hidden.Start - retrain.Start, -10, 10);
        Assert.True(hidden.End - hidden.Start > 10, $"{hidden}");
        Assert.InRange(retrain.End - retrain.Start, -5, 5);
    }

    [Fact]
    public void Retrain_is_nearer_to_an_untrained_network_than_the_Original_and_neither_is_one()
    {
        var found = world.Lab.ZeroRetrainForgetting(AuditWorld.Spec, cancellation: TestContext.Current.CancellationToken);
        Assert.True(found.Original < found.Retrain && found.Retrain < 0.9, $"{found}");
    }

    [Fact]
    public void Population_attacks_find_the_Original_and_little_in_Retrain()
    {
        var result = world.Lab.Run(AuditWorld.Spec)[0];
        var (original, retrain) = (result.Population![0], result.Population[1]);
        Assert.True(original.Margin.Area > 0.62 && original.ModifiedEntropy.Area > 0.62, $"{original}");
        Assert.InRange(retrain.Margin.Area, 0.42, 0.58);
        Assert.InRange(retrain.ModifiedEntropy.Area, 0.42, 0.58);
        Assert.True(original.Entropy.Member > retrain.Entropy.Member + 5, $"{original.Entropy} {retrain.Entropy}");
        Assert.True(result.Margins![0].ClassBalanced > 1);
        Assert.Equal(result, ResultJson.FromJson<RunResult>(result.ToJson()));
    }
}
