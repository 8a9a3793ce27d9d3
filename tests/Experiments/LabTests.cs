namespace FaLW.Tests.Experiments;

public sealed class LabTests : InLab
{
    private static readonly ExperimentSpec Spec = FourClasses with
    {
        Network = Network.Perceptron with { Width = 32 },
        Training = new TrainSpec(10, 32, 0.1),
        Weighting = new ForgettingAwareWeighting(),
    };

    [Fact]
    public void The_same_spec_gives_the_same_numbers_from_an_empty_cache()
    {
        var (one, other) = (Run("one", Spec)[0], Run("other", Spec)[0]);
        Assert.Equal((one.Original, one.Retrain, one.Unlearned, one.Samples), (other.Original, other.Retrain, other.Unlearned, other.Samples));
        Assert.Equal((one.Key, one.Spec), (other.Key, Spec));
        Assert.True(one.Original.RetainAccuracy > 95);
    }

    [Fact]
    public void A_method_that_diverges_is_told_and_the_others_go_on()
    {
        var wild = Spec with { Unlearner = new RandomLabel(2, 1e30) { BatchSize = 32, Augmentation = Augmentation.None } };
        var told = new List<string>();
        using var lab = Open(Scale.Paper);
        var results = lab.RunAsIs([wild, Spec], (spec, fault) => told.Add($"{spec.Unlearner.Searched}: {fault.Message}"), CancellationToken.None);
        Assert.Equal(Spec, Assert.Single(results).Spec);
        Assert.StartsWith("1E+30: Training diverged", Assert.Single(told), StringComparison.Ordinal);
        Assert.Throws<DivergedException>(() => lab.Run([wild, Spec], CancellationToken.None));
    }

    [Fact]
    public void Methods_share_Original_and_Retrain_and_every_stage_is_made_once()
    {
        Run("cache", Spec, Spec with { Weighting = new UniformWeighting() }, Spec with { Unlearner = new FineTune(1, 0.01), Weighting = new UniformWeighting() });
        var made = news.Where(n => n.Event == LabEvent.Finished).Select(n => n.Text).ToList();
        string[] models = ["Original, seed 1", "Retrain, seed 1", "FaLW, seed 2", "RL, seed 2", "FT, seed 2"];
        Assert.Equal([.. models.Order(StringComparer.Ordinal)], made.Where(text => !text.StartsWith("Scores", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(10, made.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((10, 0.0), (news[^1].Stages, Math.Round(news[^1].WorkLeft, 9)));
    }

    [Fact]
    public void A_second_lab_makes_nothing_and_gives_an_equal_result()
    {
        var first = Run("cache", Spec)[0];
        news.Clear();
        Assert.Equal(first, Run("cache", Spec)[0]);
        Assert.All(news, n => Assert.Equal(LabEvent.Reused, n.Event));
    }

    [Theory]
    [InlineData("Original, seed 1")]
    [InlineData("FaLW, seed 2")]
    public void Cancelled_it_stops_within_a_stage_and_goes_on_with_that_stage(string stage)
    {
        using var source = new CancellationTokenSource();
        void Cancel(LabProgress piece)
        {
            Hear(piece);
            if (piece.Text == stage && piece.Fraction > 0.2) source.Cancel();
        }

        using (var lab = Lab.Open(Scale.Paper, Settings with { Control = false, Progress = new Listener<LabProgress>(Cancel) }))
            Assert.ThrowsAny<OperationCanceledException>(() => lab.Run([Spec], source.Token));
        var before = news.Where(n => n.Event == LabEvent.Finished).Select(n => n.Text).ToList();
        Assert.DoesNotContain(stage, before);
        news.Clear();
        Run("cache", Spec);
        Assert.Equal(before, news.Where(n => n.Event == LabEvent.Reused).Select(n => n.Text));
        Assert.Equal(stage, news.First(n => n.Event == LabEvent.Started).Text);
    }

    [Fact]
    public void Without_unseen_samples_an_unweighted_method_runs_and_has_no_validation_gap()
    {
        var result = Run("cache", Spec with { Data = Spec.Data with { UnseenShare = 0 }, Weighting = new UniformWeighting() })[0];
        Assert.True(double.IsNaN(result.ValidationGap));
        Assert.True(double.IsFinite(result.AverageGap));
        Assert.Equal(result, ResultJson.FromJson<RunResult>(result.ToJson()));
    }

    [Fact]
    public void Images_that_are_missing_at_paper_scale_are_a_sentence()
    {
        using var lab = Lab.Open(Scale.Paper, Settings with { Shelf = new DataShelf([home["nowhere"]], home["nowhere"]) });
        Assert.Contains("falw data fetch Tiny-ImageNet", Assert.Throws<Fault>(() => lab.Run(Protocol.TinyImageNet)).Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<RunResult> Run(string cache, params ExperimentSpec[] specs)
    {
        using var lab = Lab.Open(Scale.Paper, Settings with { Cache = home[cache], Control = false });
        return lab.Run(specs, TestContext.Current.CancellationToken);
    }
}
