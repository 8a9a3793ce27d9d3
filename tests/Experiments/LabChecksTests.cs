namespace FaLW.Tests.Experiments;

/// <summary>Every spec of a job is checked before anything is computed.</summary>
public sealed class LabChecksTests : InLab
{
    private static readonly ExperimentSpec Sound = FourClasses with { Weighting = new ForgettingAwareWeighting(), Seeds = new Seeds(0, 0) };

    public static TheoryData<string, Func<ExperimentSpec, ExperimentSpec>> Broken => new()
    {
        { "tau must not be negative, but is -1", spec => spec with { Weighting = new ForgettingAwareWeighting(Tau: -1) } },
        { "FT has no loss on forget samples", spec => spec with { Unlearner = new FineTune() } },
        { "RL: epochs must not be negative, but are -2", spec => spec with { Unlearner = new RandomLabel(-2) } },
        { "SalUn: the learning rate must be positive, but is 0", spec => spec with { Unlearner = new SaliencyMask(new RandomLabel(1, 0)) } },
        { "SCRUB: the batch size must be at least 1, but is 0", spec => spec with { Unlearner = new Scrub { BatchSize = 0 }, Weighting = new UniformWeighting() } },
        { "Original and Retrain: the batch size must be at least 1, but is 0", spec => spec with { Training = spec.Training with { BatchSize = 0 } } },
        { "The share to forget must lie between 0 and 1", spec => spec with { Data = spec.Data with { Forget = new ForgetRule(1, 1) } } },
        { "the cap leaves at most 0.1 of each class", spec => spec with { Data = spec.Data with { Forget = new ForgetRule(0.2, 1, Cap: 0.1) } } },
        { "Gamma must lie between 0 (balanced) and 20, but is -1", spec => spec with { Data = spec.Data with { Forget = new ForgetRule(0.2, -1) } } },
        { "each of the 4 classes gives at least one", spec => spec with { Data = spec.Data with { Forget = new ForgetRule(0.02, 1) } } },
        { "class 0, 1, 2, 3 has no unseen sample", spec => spec with { Data = spec.Data with { UnseenShare = 0.01 } } },
        { "Closed-form bridge (ours) compares forget samples with unseen ones", spec => spec with { Data = spec.Data with { UnseenShare = 0 }, Unlearner = new ClosedFormBridge(), Weighting = new UniformWeighting() } },
        { "There is no network \"ResNet-9\"", spec => spec with { Network = new Network("ResNet-9") } },
        { "A network cannot be -1 wide", spec => spec with { Network = Network.ResNet8 with { Width = -1 } } },
    };

    [Fact]
    public void A_sound_spec_has_no_fault_and_neither_has_any_study_at_any_scale()
    {
        Assert.Empty(Sound.Faults());
        Assert.All(from study in Study.All from scale in Scale.InBothFormats from spec in scale.Rewrite(study.Specs(scale, 1), _ => true, _ => false) select spec, spec => Assert.Empty(spec.Faults()));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Each_fault_is_named_in_a_sentence(string sentence, Func<ExperimentSpec, ExperimentSpec> breaking) =>
        Assert.Contains(sentence, Assert.Single(breaking(Sound).Faults()), StringComparison.Ordinal);

    [Fact]
    public void bfloat16_where_it_takes_seconds_a_step_is_refused_before_anything_is_computed()
    {
        using var lab = Open(Scale.Paper);
        Assert.SkipWhen(BFloat16Support.WhyNot(lab.Device) is null, "This machine has units for bfloat16.");
        foreach (var spec in (ExperimentSpec[])[Sound with { Training = Sound.Training with { Precision = Precision.BFloat16 } }, Sound with { Unlearner = new RandomLabel(1, 0.05) { Precision = Precision.BFloat16 } }])
        {
            Assert.Contains("Use Precision.Float32", Assert.Throws<Fault>(() => lab.Run(spec)).Message, StringComparison.Ordinal);
            lab.Check([spec], isElsewhere: true);
        }

        AssertNothingMade();
    }

    [Fact]
    public void The_last_of_seven_wrong_and_nothing_is_computed()
    {
        using var lab = Open(Scale.Small with { Data = Benchmark.Digits });
        var specs = lab.Specs(Study.Main).Append(Protocol.Cifar100 with { Weighting = new ForgettingAwareWeighting(Tau: -1) });
        Assert.Equal(7, specs.Count());
        var message = Assert.Throws<Fault>(() => lab.Run(specs, TestContext.Current.CancellationToken)).Message;
        Assert.StartsWith("1 of 7 experiments cannot run, so nothing was computed.\n  7. FaLW", message, StringComparison.Ordinal);
        Assert.Contains("Digits, gamma 1, seed 0: Forgetting-aware: tau must not be negative, but is -1.", message, StringComparison.Ordinal);
        AssertNothingMade();
    }

    [Fact]
    public void All_faults_are_told_at_once_and_one_that_several_specs_share_once()
    {
        using var lab = Open(Scale.Paper);
        var broken = Sound with { Training = Sound.Training with { Epochs = -1 } };
        var message = Assert.Throws<Fault>(() => lab.Run(broken, Sound, broken.WithSeed(3) with { Unlearner = new FineTune() })).Message;
        string[] lines = message.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("2 of 3 experiments cannot run", lines[0], StringComparison.Ordinal);
        Assert.Contains($"1. {broken.Label}, Digits, gamma 1, seed 0; 3. {(broken with { Unlearner = new FineTune() }).Label}, Digits, gamma 1, seed 3: The training of Original and Retrain: epochs", lines[1], StringComparison.Ordinal);
        Assert.Contains($"3. {(broken with { Unlearner = new FineTune() }).Label}, Digits, gamma 1, seed 3: FT has no loss", lines[2], StringComparison.Ordinal);
        AssertNothingMade();
    }

    /// <summary>Only the images tell which class an image is of, and how many a class of the digits has.</summary>
    [Fact]
    public void What_only_the_images_tell_is_told_before_anything_is_computed()
    {
        using var lab = Open(Scale.Paper);
        using var images = ImageSet.Load(Sound.Data, CPU, new DataShelf([], ""));
        var whole = ForgetRule.OfImages(Enumerable.Range(0, images.TrainCount).Where(row => images.HostLabels[row] == 3));
        string Refused(Func<DataSpec, DataSpec> changed) => Assert.Throws<Fault>(() => lab.Run(Sound with { Data = changed(Sound.Data) })).Message;
        Assert.Contains("class 3 has no unseen sample; leave some of its images out of the request", Refused(data => data with { Forget = whole }), StringComparison.Ordinal);
        Assert.Contains("has no unseen sample; raise the unseen share", Refused(data => data with { TrainPerClass = 0, UnseenShare = 0.001 }), StringComparison.Ordinal);
        Assert.Contains("All 4 classes are to be forgotten", Refused(data => data with { Forget = ForgetRule.OfClasses(0, 1, 2, 3) }), StringComparison.Ordinal);
        Assert.Contains("raise the cap, lower the unseen share", Refused(data => data with { UnseenShare = 0.99 }), StringComparison.Ordinal);
        AssertNothingMade();
        Assert.Contains("name one of 0 to 3 to stay", Assert.Throws<Fault>(() => ForgetRule.AllBut(4, of: 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_that_is_brought_to_a_scale_says_so()
    {
        using var lab = Open(Scale.Smoke);
        lab.Rewrite([Protocol.Cifar100, Protocol.Cifar100 with { Data = Protocol.Cifar100.Data with { Benchmark = Benchmark.Digits, TrainPerClass = 90 } }]);
        Assert.Contains("Experiment 2: Digits, 0 classes, 90 images of each (0 is all) are not of scale smoke", Assert.Single(news).Text, StringComparison.Ordinal);
        Assert.True(news[0].IsSteady);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_before_a_scale_exchanges_it()
    {
        using var lab = Open(Scale.Smoke);
        string Refused(ExperimentSpec spec) => Assert.Throws<Fault>(() => lab.Run(spec)).Message;
        Assert.Contains("`FirstClasses` must be 0 (all) or 2 to 10 of Digits, but is -5", Refused(Sound with { Data = Sound.Data with { FirstClasses = -5 } }), StringComparison.Ordinal);
        Assert.Contains("`TrainPerClass` must be 0 (all) or positive, but is -20", Refused(Sound with { Data = Sound.Data with { TrainPerClass = -20 } }), StringComparison.Ordinal);
        Assert.Contains("has neither cap nor order nor seeds of its own", Refused(Sound with { Data = Sound.Data with { Forget = ForgetRule.OfClasses(3) with { DrawSeed = 4 } } }), StringComparison.Ordinal);
        foreach (var (part, spec) in new (string, ExperimentSpec)[]
        {
            ("Network", Sound with { Network = null! }), ("Training", Sound with { Training = null! }), ("Unlearner", Sound with { Unlearner = null! }), ("Weighting", Sound with { Weighting = null! }), ("Seeds", Sound with { Seeds = null! }),
            ("Data", Sound with { Data = null! }), ("Data.Benchmark", Sound with { Data = Sound.Data with { Benchmark = null! } }), ("Data.Forget", Sound with { Data = Sound.Data with { Forget = null! } }), ("spec at all", null!),
        })
            Assert.Contains($"Experiment 1 has no {part} (null), so nothing was computed", Refused(spec), StringComparison.Ordinal);
        AssertNothingMade();
    }

    [Fact]
    public void Every_kind_of_job_is_checked()
    {
        using var lab = Open(Scale.Paper);
        var broken = Sound with { Weighting = new ForgettingAwareWeighting(Tau: -1) };
        var audits = new AuditSpec([Sound, broken with { Unlearner = new GradientAscent() }], 4, 4, 1, new RelearnSpec(), new InterclassConfusion(0, 1, 4), 1);
        Action[] jobs =
        [
            () => lab.Run([broken], TestContext.Current.CancellationToken), () => lab.Ensemble([Sound, broken], TestContext.Current.CancellationToken),
            () => lab.ZeroRetrainForgetting(broken, cancellation: TestContext.Current.CancellationToken),
            () => lab.Relearn(broken, cancellation: TestContext.Current.CancellationToken), () => lab.Audit(audits, TestContext.Current.CancellationToken),
            () => Portion.Of(lab, [Sound, broken], _ => false),
        ];
        Assert.All(jobs, job => Assert.Contains("tau must not be negative", Assert.Throws<Fault>(job).Message, StringComparison.Ordinal));
        Assert.Contains("every so many steps, at least 1, but 0", Assert.Throws<Fault>(() => lab.Relearn(Sound, new RelearnSpec(Every: 0), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        AssertNothingMade();
    }

    private void AssertNothingMade()
    {
        Assert.Empty(news);
        Assert.False(Directory.Exists(home["cache"]));
    }
}
