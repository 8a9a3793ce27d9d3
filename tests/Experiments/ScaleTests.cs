namespace FaLW.Tests.Experiments;

/// <summary>A scale rewrites the spec, so a small model has a small model's key.</summary>
public sealed class ScaleTests
{
    public static TheoryData<string> Names => [.. Scale.All.Select(scale => scale.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rewriting_twice_is_rewriting_once(string name)
    {
        var once = Scale.Named(name).Rewrite(Protocol.Cifar100, _ => true);
        Assert.Equal(once, Scale.Named(name).Rewrite(once, _ => true));
    }

    /// <summary>Whoever changes a spec of a scale wants that change run.</summary>
    [Theory]
    [InlineData("smoke")]
    [InlineData("class")]
    [InlineData("small")]
    [InlineData("medium")]
    public void What_was_changed_in_a_spec_of_a_scale_stays_and_so_does_a_network_of_one_s_own(string name)
    {
        var scale = Scale.Named(name);
        var spec = scale.Rewrite(Protocol.Cifar100, _ => true);
        foreach (var changed in new[] { spec with { Network = Network.Linear }, spec with { Training = spec.Training with { Epochs = 1 } }, spec with { Data = spec.Data with { UnseenShare = 0.3 } }, spec with { Data = spec.Data with { FirstClasses = 3, TrainPerClass = 20 } }, spec with { Data = spec.Data with { Forget = new ForgetRule(0.4, 2, Cap: 1) } } })
        {
            Assert.Equal(changed, scale.Rewrite(changed, _ => true));
            Assert.Null(Protocol.ScaleOf(spec with { Network = Network.Linear }));
        }

        var own = Cells.Run<Network>("record Mine() : Network(\"Mine\") { protected override Module<Tensor, Tensor> Layers(InputShape shape, int classes) => Sequential(Flatten(), Linear(shape.Pixels, classes)); }", "new Mine()");
        Assert.Equal(spec with { Network = own }, scale.Rewrite(Protocol.Cifar100 with { Network = own }, _ => true));
        Assert.Equal(scale, Protocol.ScaleOf(spec));
    }

    [Fact]
    public void Paper_changes_nothing_even_where_the_images_are_missing() =>
        Assert.Equal(Protocol.TinyImageNet, Scale.Paper.Rewrite(Protocol.TinyImageNet, _ => false));

    /// <summary>Image 4711 of 50,000 is not image 4711 of 10,000, so a scale does not exchange the images under a request that names some.</summary>
    [Fact]
    public void A_request_that_names_images_is_not_moved_to_other_images()
    {
        ExperimentSpec Of(ExperimentSpec spec) => spec with { Data = spec.Data with { Forget = ForgetRule.OfImages(4711) } };
        Assert.Contains("scale small has other images", Assert.Throws<Fault>(() => Scale.Small.Rewrite(Of(Protocol.Cifar100), _ => true)).Message, StringComparison.Ordinal);
        foreach (var scale in (Scale[])[Scale.Small, Scale.Medium, Scale.Paper])
        {
            var named = Of(scale.Rewrite(Protocol.Cifar100, _ => true));
            Assert.Equal(named, scale.Rewrite(named, _ => true));
        }
    }

    [Fact]
    public void Small_is_20_classes_of_500_images_and_leaves_every_class_alive()
    {
        var data = Scale.Small.Rewrite(Protocol.Cifar100, _ => true).Data;
        Assert.Equal((Benchmark.Cifar100, 20, 500), (data.Benchmark, data.FirstClasses, data.TrainPerClass));
        Assert.Equal(new ForgetRule(0.2, 1, ClassOrder.Seeded, 0.8), data.Forget);
        Assert.Equal(0.8, Scale.Small.Rewrite(Protocol.Cifar100 with { Data = Protocol.Cifar100.Data with { Forget = new ForgetRule(0.4, 2, Cap: 1) } }, _ => true).Data.Forget.Cap);
    }

    /// <summary>Nothing of the request is smaller than the paper's: images, classes, share, cap, unseen part and every gamma; and a request that names images means the same ones.</summary>
    [Fact]
    public void Medium_is_the_papers_request_on_shrunk_images_and_a_network_that_a_processor_can_train()
    {
        foreach (var (paper, medium) in new[] { Study.MainCifar10, Study.MainTiny, Study.Sweep }.SelectMany(study => study.Specs(Scale.Medium, 1).Select(spec => (spec, Scale.Medium.Rewrite(spec, _ => true)))))
        {
            Assert.Equal(paper.Data with { Side = 16 }, medium.Data);
            Assert.Equal(Network.ResNet8 with { Width = 48 }, medium.Network);
            Assert.Equal(paper.Method, medium.Method);
            Assert.Equal(Scale.Medium, Protocol.ScaleOf(medium));
        }

        var named = Protocol.Cifar100 with { Data = Protocol.Cifar100.Data with { Forget = ForgetRule.OfImages(4711) } };
        Assert.Equal(named.Data with { Side = 16 }, Scale.Medium.Rewrite(named, _ => true).Data);
        Assert.Equal(8, (Scale.Medium with { Data = Benchmark.Digits }).Rewrite(Protocol.Cifar100, _ => true).Data.Side);
        Assert.Equal(Scale.Class.Rewrite(Protocol.Cifar100, _ => true), Scale.Medium.Rewrite(Protocol.Cifar100, _ => false));
    }

    /// <summary>To ask 5,000 unseen images in every step would cost six times the step.</summary>
    [Fact]
    public void At_Medium_FaLW_and_its_control_have_a_rolling_profile_in_every_study_and_are_searched_with_it()
    {
        foreach (var study in new[] { Study.Main, Study.MainCifar10, Study.Sweep, Study.Balance, Study.Plug, Study.Grid })
        {
            var weights = study.Specs(Scale.Medium, 1).Select(spec => spec.Weighting is ConstantTwin twin ? twin.Of : spec.Weighting).OfType<ForgettingAwareWeighting>().ToArray();
            Assert.NotEmpty(weights);
            Assert.All(weights, weight => Assert.NotEqual(0, weight.Slice));
        }

        Assert.All(Study.Main.Tuning.Specs(Scale.Medium, 1).Select(spec => spec.Weighting).OfType<ForgettingAwareWeighting>(), weight => Assert.Equal(256, weight.Slice));
        var judged = Reproduction.Of(Study.Main.At(Scale.Medium, 2, _ => true, _ => false).Select(spec => MadeUp.Result(spec, 2 + spec.Seeds.Unlearning)), Scale.Medium).Rows.Where(row => row.HasResults && row.Claim.Text.StartsWith("FaLW", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(judged);
        Assert.All(judged, row => Assert.Contains("rolling profile", row.Departures, StringComparison.Ordinal));
    }

    [Fact]
    public void Class_is_40_classes_of_what_travels_with_the_kit_whatever_is_here()
    {
        var spec = Scale.Class.Rewrite(Protocol.Cifar100, _ => true);
        Assert.Equal((Benchmark.TurnedDigits, 40, 36, 0.25), (spec.Data.Benchmark, spec.Data.FirstClasses, spec.Data.TrainPerClass, spec.Data.UnseenShare));
        Assert.Equal(Scale.Class, Protocol.ScaleOf(spec));
        Assert.Equal(spec, Scale.Class.Rewrite(Protocol.Cifar100, _ => false));
    }

    /// <summary>The scale is worth teaching with where there is something to forget; the records of five seeds tell, and computing them again is theirs (falw results verify).</summary>
    [Fact]
    public void At_Class_Original_knows_by_heart_what_Retrain_does_not_know()
    {
        var shelf = RecordShelf.Of(Path.Combine(Repository.Root, "data", "results"));
        var runs = Study.Main.At(Scale.Class, 5, _ => true, _ => true).Select(spec => shelf.Find(spec)).OfType<RunResult>().ToArray();
        Assert.Equal(5, runs.Select(run => run.Spec.Data.Seed).Distinct().Count());
        Assert.All(runs, run =>
        {
            Assert.InRange(run.Original.ForgetAccuracy, 99, 100);
            Assert.InRange(run.Retrain.ForgetAccuracy, 0, run.Original.ForgetAccuracy - 10);
            Assert.InRange(run.Retrain.TestAccuracy, 70, 100);
        });
    }

    [Theory]
    [InlineData("main")]
    [InlineData("rolling")]
    public void Methods_set_for_missing_images_are_set_for_those_that_stand_in(string study)
    {
        var mine = Protocol.FaLW with { Unlearner = new RandomLabel(7, 0.123) };
        IEnumerable<ExperimentSpec> Specs(Scale scale) => Study.Named(study).Specs(scale, 2).Append(Protocol.Cifar100.With(mine));
        var standIn = Scale.Small.Rewrite(Specs(Scale.Small), set => set == Benchmark.TurnedDigits, _ => false);
        Assert.Equal(Scale.Class.Rewrite(Specs(Scale.Class), _ => true, _ => false), standIn);
        Assert.Equal(mine, standIn[^1].Method);
        Assert.Equal(standIn, Scale.Small.Rewrite(standIn, set => set == Benchmark.TurnedDigits, _ => false));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_named_image_set_is_taken_whether_it_is_here_or_not(string name)
    {
        var scale = Scale.Named(name) with { Data = Benchmark.FashionMnist };
        Assert.Equal(Benchmark.FashionMnist, scale.Rewrite(Protocol.Cifar100, _ => false).Data.Benchmark);
    }

    [Fact]
    public void The_imbalance_and_the_seeds_of_a_spec_survive()
    {
        var spec = (Protocol.Cifar100 with { Data = Protocol.Cifar100.Data with { Forget = new ForgetRule(0.3, 2) } }).WithSeed(7);
        var small = Scale.Small.Rewrite(spec, _ => true);
        Assert.Equal((2.0, 7, new Seeds(7, 7)), (small.Data.Forget.Gamma, small.Data.Seed, small.Seeds));
    }

    /// <summary>Original, Retrain and every method that takes steps, under a mask or on a reweighted retain set too; nothing else differs, and no result of one answers for the other.</summary>
    [Theory]
    [InlineData("paper", "paper-bfloat16")]
    [InlineData("small", "Small-BFloat16")]
    [InlineData("class", "class-bfloat16")]
    public void A_scale_in_bfloat16_is_the_scale_in_all_but_precision_and_layout(string full, string reduced)
    {
        IEnumerable<ExperimentSpec> Of(Study study, string scale) => study.At(Scale.Named(scale), 1, _ => true, _ => false);
        foreach (var (plain, fast) in Study.All.SelectMany(study => Of(study, full).Zip(Of(study, reduced))))
        {
            Assert.Equal((plain.Data, plain.Network, plain.Weighting, plain.Seeds), (fast.Data, fast.Network, fast.Weighting, fast.Seeds));
            Assert.Equal(plain.Training with { Precision = Precision.BFloat16, ChannelsLast = true }, fast.Training);
            var (own, other) = (Text(plain), Text(fast));
            Assert.Equal(own.Replace("\"ChannelsLast\":true", "\"ChannelsLast\":false", StringComparison.Ordinal), other.Replace("\"BFloat16\"", "\"Float32\"", StringComparison.Ordinal).Replace("\"ChannelsLast\":true", "\"ChannelsLast\":false", StringComparison.Ordinal));
            Assert.Equal(own.Contains("\"Precision\"", StringComparison.Ordinal), other.Contains("\"BFloat16\"", StringComparison.Ordinal));
            Assert.NotEqual(Stage.Unlearned(plain).Key, Stage.Unlearned(fast).Key);
        }

        string[] names = [full, reduced.ToLowerInvariant()];
        Assert.Equal(names, names.Select(scale => Protocol.ScaleOf(Scale.Named(scale).Rewrite(Protocol.Cifar100, _ => true))?.ToString()));
        string Text(ExperimentSpec spec) => CanonicalJson.Text(CanonicalJson.Node(spec.Unlearner));
    }

    [Fact]
    public void What_says_itself_how_it_trains_has_no_form_in_bfloat16_and_missing_images_change_no_format()
    {
        var scale = Scale.Named("small-bfloat16");
        Action[] refused = [() => AuditStudy.All[0].OfScale(scale), () => ProfileStudy.At(scale), () => GeneratorStudy.At(scale), () => Study.Main.Tuning.At(scale, 1, _ => true, _ => false)];
        Assert.All(refused, ask => Assert.EndsWith("scale small-bfloat16 was asked for; take scale small.", Assert.Throws<Fault>(ask).Message, StringComparison.Ordinal));
        Assert.All(Study.Main.At(scale, 1, _ => false, _ => false), spec => Assert.Equal((Benchmark.TurnedDigits, Precision.BFloat16), (spec.Data.Benchmark, spec.Training.Precision)));
        var paper = Scale.Named("paper-bfloat16");
        Assert.EndsWith("take scale paper.", Assert.Throws<Fault>(() => GeneratorStudy.At(paper)).Message, StringComparison.Ordinal);
        Assert.Equal((Precision.BFloat16, Precision.BFloat16), (ProfileStudy.At(paper).Spec.Training.Precision, AuditStudy.All[0].OfScale(paper).Experiments[0].Training.Precision));
        Assert.Equal(Protocol.TinyImageNet.Data, paper.Rewrite(Protocol.TinyImageNet, _ => false).Data);
    }

    [Fact]
    public void No_two_scales_share_a_key() => Assert.Equal(
        Scale.InBothFormats.Count, Scale.InBothFormats.Select(scale => Stage.Original(scale.Rewrite(Protocol.Cifar100, _ => true)).Key).Distinct(StringComparer.Ordinal).Count());
}
