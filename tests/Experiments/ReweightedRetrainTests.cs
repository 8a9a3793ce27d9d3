namespace FaLW.Tests.Experiments;

/// <summary>The second reference: made only when it is asked for, from Retrain's seed, and measured like a method.</summary>
public sealed class ReweightedRetrainTests : InLab
{
    private static readonly ExperimentSpec Spec = FourClasses with
    {
        Data = FourClasses.Data with { Forget = new ForgetRule(0.3, 2, Cap: 0.9) },
        Unlearner = new FineTune(1) { BatchSize = 32, Augmentation = Augmentation.None },
    };

    [Fact]
    public void It_is_made_when_asked_for_and_shares_what_studies_made()
    {
        using var lab = Open(Scale.Paper);
        var plain = lab.Run(Spec)[0];
        Assert.DoesNotContain(ReweightedRetrain.Title, Made());
        news.Clear();
        var other = Assert.Single(lab.RetrainReweighted([Spec, Spec with { Unlearner = new RandomLabel(1) { BatchSize = 32 } }], TestContext.Current.CancellationToken));
        Assert.Equal([$"{ReweightedRetrain.Title}, seed 1", $"Scores of {ReweightedRetrain.Title}"], Made());
        Assert.Equal((ReweightedRetrain.Title, ReweightedRetrain.Title, false), (other.Title, other.Label, other.IsNoise));
        Assert.Equal((plain.Original, plain.Retrain, plain.Control), (other.Original, other.Retrain, other.Control! with { Margins = plain.Control!.Margins }));
        Assert.NotEqual(plain.Retrain, other.Unlearned);
        Assert.Equal((8, 0.0), (news[^1].Stages, Math.Round(news[^1].WorkLeft, 9)));
        Assert.NotEqual(plain.Key, other.Key);
        Assert.Equal(["original", "retrain", "unlearned"], other.Times.Select(time => time.Stage));
        Assert.Equal(RetrainControl.Title, other.NoiseFloor()!.Title);
    }

    /// <summary>The same network, seed and number of steps on the drawn rows, trained here.</summary>
    [Fact]
    public void It_is_Retrain_on_the_drawn_rows()
    {
        using var lab = Lab.Open(Scale.Paper, Settings with { Control = false });
        var found = lab.RetrainReweighted([Spec], TestContext.Current.CancellationToken)[0];
        using var images = ImageSet.Load(Spec.Data, CPU, DataShelf.Default());
        var splits = Splits.Of(Spec.Data, images.HostLabels, images.TrainCount, images.Classes);
        var rows = new ReweightedRows(splits, images.HostLabels);
        using var model = Spec.Network.Create(1, 8, 8, 4, seed: 1, CPU);
        Trainer.Fit(
            model, images, Spec.Training, epoch => Planners.Supervised(rows.OfEpoch(1, epoch), images.HostLabels, 32, 1)(epoch), Objectives.CrossEntropy, seed: 1, cancellation: TestContext.Current.CancellationToken);
        var expected = Predictions.Of(model, images, splits.Forget);
        Assert.Equal(expected.TrueClassProbability.Select(p => (double)p), found.Samples.Select(row => row.Unlearned), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    private IEnumerable<string> Made() => news.Where(n => n.Event == LabEvent.Finished).Select(n => n.Text);
}
