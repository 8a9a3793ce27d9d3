namespace FaLW.Tests.Experiments;

/// <summary>Retrain of another seed: its distance to Retrain is noise, and it can be the reference itself.</summary>
public sealed class RetrainControlTests : InLab
{
    private static readonly RunResult Result = SampleResult.WithControl(Protocol.FaLW);

    private static readonly ExperimentSpec Spec = FourClasses with { Weighting = new ForgettingAwareWeighting() };

    [Fact]
    public void Its_distance_to_Retrain_is_read_as_that_of_a_method()
    {
        var noise = Result.NoiseFloor()!;
        Assert.Equal(RetrainControl.Title, noise.Label);
        Assert.Equal((RetrainControl.Title, 2.5, 2.25), (noise.Title, noise.AverageGap, noise.ValidationGap));
        Assert.Equal([-0.25, 0.25, -0.125], noise.Samples.Select(row => row.Deviation));
        var deviation = noise.Deviation();
        Assert.Equal((0.625 / 3, 0.0, -0.125), (deviation.MeanAbsolute, deviation.Groups[0].Mean, deviation.Groups[^1].Mean));
        Assert.Equal((3.0, 3.0), (noise.ForgetGap().Pooled, noise.ForgetGap().ClassBalancedAbsolute));
        Assert.Equal(66, noise.Times.Single(time => time.Stage == "unlearned").Seconds);
        Assert.NotEqual(Result.Key, noise.Key);
    }

    [Fact]
    public void Against_the_other_Retrain_methods_are_measured_anew_and_the_noise_stays()
    {
        var strict = Assert.Single(new[] { Result }.AgainstOtherRetrain());
        Assert.Equal((1 + 0 + 4 + 8) / 4.0, strict.AverageGap);
        Assert.Equal(Result.Samples.Select(row => row.Unlearned - row.OtherRetrain!.Value), strict.Samples.Select(row => row.Deviation));
        Assert.Equal(Result.NoiseFloor()!.AverageGap, strict.NoiseFloor()!.AverageGap);
        Assert.Equal(Result.NoiseFloor()!.Deviation().MeanAbsolute, strict.NoiseFloor()!.Deviation().MeanAbsolute, 15);
        Assert.Equal((Result.Original, Result.Unlearned, "FaLW"), (strict.Original, strict.Unlearned, strict.Title));
        Assert.True(double.IsNaN(strict.ValidationGap));
        var back = strict.AgainstOtherRetrain()!;
        Assert.Equal((Result.Retrain, Result.RetrainClasses, Result.Samples), (back.Retrain, back.RetrainClasses, back.Samples));
    }

    [Fact]
    public void A_result_without_one_has_no_noise_floor_and_cannot_be_measured_against_it()
    {
        var plain = SampleResult.Of(Protocol.FaLW);
        Assert.Null(plain.NoiseFloor());
        Assert.Contains("Control", Assert.Throws<Fault>(() => new[] { Result, plain }.AgainstOtherRetrain()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_survives_JSON_and_a_record_and_leaves_the_text_of_others_alone()
    {
        Assert.Equal(Result, ResultJson.FromJson<RunResult>(Result.ToJson()));
        var recorded = Result with { Key = Stage.Unlearned(Result.Spec).Key };
        RecordShelf.Of(home.Path).Write(recorded, home[recorded.Key + RecordShelf.Ending]);
        Assert.Equal(recorded, RecordShelf.Of(home.Path).Read(home[recorded.Key + RecordShelf.Ending], out _));
        Assert.DoesNotMatch("Control|OtherRetrain|IsNoise|Standing", SampleResult.Of(Protocol.FaLW).ToJson());
    }

    [Fact]
    public void A_record_whose_other_Retrain_was_changed_does_not_hold()
    {
        var other = Result with { Control = Result.Control! with { Scores = Result.Control.Scores with { TestAccuracy = 70 } } };
        Assert.Contains(RetrainControl.Title, Assert.Single(Tolerance.SameGround.Differences(Result, other)), StringComparison.Ordinal);
        Assert.Empty(Tolerance.SameGround.Differences(Result, Result));
    }

    [Fact]
    public void One_is_trained_for_every_Retrain_and_shared_by_the_methods()
    {
        var results = Run(control: true, Spec, Spec with { Weighting = new UniformWeighting() });
        Assert.Equal(["Retrain, seed 1", "Retrain, seed 10001"], Made("Retrain"));
        Assert.Equal(results[0].Control, results[1].Control! with { Margins = results[0].Control!.Margins });
        Assert.Equal(0, Math.Round(news[^1].WorkLeft, 9));
        Assert.True(results[0].NoiseFloor()!.Deviation().MeanAbsolute > 0);
        Assert.Equal(10_001, results[0].Control!.Seed);
        Assert.Equal(3, results[0].Standings!.Count);
        var apart = Run(control: false, Spec with { Seeds = Spec.Seeds.OfControl() })[0];
        Assert.Equal((apart.Retrain, apart.RetrainClasses), (results[0].Control!.Scores, results[0].Control!.Classes));
        Assert.Equal(apart.Samples.Select(row => (double?)row.Retrain), results[0].Samples.Select(row => row.OtherRetrain));
    }

    [Fact]
    public void A_lab_that_is_told_to_save_it_trains_none()
    {
        Assert.Null(Run(control: false, Spec)[0].Control);
        Assert.Equal(["Retrain, seed 1"], Made("Retrain"));
        Assert.Equal((6, 0.0), (news[^1].Stages, Math.Round(news[^1].WorkLeft, 9)));
    }

    /// <summary>The twin runs after its pattern and in every epoch weighs what the pattern weighed on average; the host trains once.</summary>
    [Fact]
    public void A_constant_twin_has_the_mean_weights_of_its_pattern()
    {
        var results = Run(control: false, Spec.ConstantTwin(), Spec);
        var (twin, pattern) = (results[0], results[1]);
        Assert.Equal("RL, constant as FaLW", twin.Title);
        Assert.Equal(pattern.Log.Weights.Select(epoch => (double)(float)epoch.Mean), twin.Log.Weights.Select(epoch => epoch.Mean), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.All(twin.Log.Weights, epoch => Assert.Equal(epoch.Count, epoch.EffectiveSampleSize, epoch.Count * 1e-6));
        Assert.NotEqual(pattern.Samples, twin.Samples);
        Assert.Equal(["FaLW, seed 2", "RL, constant as FaLW, seed 2"], news.Where(n => n.Event == LabEvent.Finished && n.Text.EndsWith("seed 2", StringComparison.Ordinal)).Select(n => n.Text));
        Assert.Equal(0, Math.Round(news[^1].WorkLeft, 9));
    }

    [Fact]
    public void A_twin_is_named_by_its_pattern() =>
        Assert.Equal("RL, constant as FaLW, τ 0.3", (Spec with { Weighting = new ForgettingAwareWeighting(0.3) }).ConstantTwin().Label);

    [Fact]
    public void A_method_without_weights_has_no_twin() =>
        Assert.Contains("Uniform", Assert.Throws<Fault>(() => (Spec with { Weighting = new UniformWeighting() }).ConstantTwin()).Message, StringComparison.Ordinal);

    private IEnumerable<string> Made(string name) => news.Where(n => n.Event == LabEvent.Finished && n.Text.StartsWith(name, StringComparison.Ordinal)).Select(n => n.Text);

    private IReadOnlyList<RunResult> Run(bool control, params ExperimentSpec[] specs)
    {
        using var lab = Lab.Open(Scale.Paper, Settings with { Control = control });
        return lab.Run(specs, TestContext.Current.CancellationToken);
    }
}
