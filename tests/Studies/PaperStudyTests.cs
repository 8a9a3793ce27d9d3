namespace FaLW.Tests.Studies;

/// <summary>The studies of the paper's tables: what is in them, what they share, and who decides their settings.</summary>
public sealed class PaperStudyTests : InLab
{
    private static readonly Study[] Studies = [Study.MainCifar10, Study.MainTiny, Study.Sweep, Study.Balance, Study.Figure1, Study.Ablations, Study.OpenQuestions];

    public static TheoryData<string> Scales => [.. Scale.All.Select(scale => scale.Name)];

    [Theory]
    [MemberData(nameof(Scales))]
    public void Every_study_reads_as_accepted(string scale) =>
        Snapshot.Match(string.Join('\n', Studies.SelectMany(study => Specs(study, scale).Select(Line).Prepend($"{study.Name}: {study.ChoicesAt(Scale.Named(scale))}"))), scale);

    [Theory]
    [MemberData(nameof(Scales))]
    public void A_sweep_trains_one_Original_and_a_Retrain_for_every_gamma_and_shares_with_the_main_study_and_the_steep_one(string scale)
    {
        var sweep = Specs(Study.Sweep, scale);
        Assert.Single(sweep.Select(spec => Stage.Original(spec).Key).Distinct(StringComparer.Ordinal));
        double[] gammas = [.. sweep.Select(spec => spec.Data.Forget.Gamma).Distinct()];
        Assert.Equal(gammas.Length, sweep.Select(spec => Stage.Retrain(spec).Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(scale is "smoke" or "class" ? [0, 0.5, 1, 2] : Protocol.Gammas, gammas);
        Assert.Equal(4, Keys(sweep).Intersect(Keys(Specs(Study.Main, scale))).Count());
        Assert.Equal(gammas.Contains(1.5) ? 4 : 2, Keys(sweep).Intersect(Keys(Specs(Study.Balance, scale))).Count());
        Assert.Equal(2, Specs(Study.Balance, scale).Select(spec => Stage.Retrain(spec).Key).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void At_every_gamma_FaLW_has_its_constant_twin() => Assert.All(Specs(Study.Sweep, "small").GroupBy(spec => spec.Data.Forget.Gamma), request =>
    {
        Assert.Equal(["RL", "SalUn", "FaLW", "RL, constant as FaLW"], request.Select(spec => spec.Title));
        Assert.Equal(request.ElementAt(2).ConstantTwin(), request.ElementAt(3));
    });

    [Fact]
    public void The_tenth_of_CIFAR10_stays_a_tenth_at_Small_and_no_class_comes_near_its_cap()
    {
        var data = Specs(Study.MainCifar10, "small")[0].Data;
        Assert.Equal((Benchmark.Cifar10, 0.1, 1.0), (data.Benchmark, data.Forget.Share, data.Forget.Gamma));
        int[] counts = LongTail.Counts(450, 1, Enumerable.Repeat(450, 10).ToArray());
        Assert.True(counts.Max() < 0.5 * 450);
        Assert.Equal(["FT", "RL", "GA", "IU", "L1-sparse", "BS", "BE", "SFRon", "SalUn", "FaLW", "RL, constant as FaLW"], Specs(Study.MainCifar10, "paper").Select(spec => spec.Title));
        Assert.Equal(Protocol.Cifar10.Data, Specs(Study.MainCifar10, "paper")[0].Data);
        Assert.Equal(0.2, Specs(Study.MainTiny, "small")[0].Data.Forget.Share);
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void A_figure_and_an_ablation_stand_on_the_main_study_and_the_caps_on_the_sweep(string scale)
    {
        Assert.Subset(Keys(Specs(Study.Main, scale)).ToHashSet(), Keys(Specs(Study.Figure1, scale)).ToHashSet());
        Assert.Equal(Stage.Retrain(Specs(Study.Main, scale)[0]).Key, Assert.Single(Specs(Study.Ablations, scale).Select(spec => Stage.Retrain(spec).Key).Distinct(StringComparer.Ordinal)));
        Assert.Equal([0.8, 0.9, 1], Specs(Study.OpenQuestions, scale).Select(spec => spec.Data.Forget.Cap).Distinct());
        Assert.Equal(6, Keys(Specs(Study.OpenQuestions, scale)).Intersect(Keys(Specs(Study.Sweep, scale))).Count());
        Assert.Single(Specs(Study.OpenQuestions, scale).Concat(Specs(Study.Sweep, scale)).Select(spec => Stage.Original(spec).Key).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_cap_that_is_asked_about_survives_missing_images_and_being_run_as_it_was_shown()
    {
        using var lab = Lab.Open(Scale.Small, Settings with { Shelf = new DataShelf([], "") });
        var shown = lab.Specs(Study.OpenQuestions);
        Assert.Equal(Benchmark.TurnedDigits, shown[0].Data.Benchmark);
        Assert.Equal([0.8, 0.9, 1], shown.Select(spec => spec.Data.Forget.Cap).Distinct());
        Assert.Equal(shown, lab.Rewrite(shown));
    }

    [Fact]
    public void A_view_computes_nothing_and_a_half_kept_study_gives_its_half()
    {
        using var lab = Lab.Open(Scale.Smoke, Settings with { Threads = 1, Control = false });
        Assert.Empty(lab.Run(Study.Figure1, cancellation: TestContext.Current.CancellationToken));
        var half = lab.Run(Study.Main.Specs(Scale.Smoke, 1)[1]);
        Assert.Equal(half.Select(result => result.Key), lab.Known(lab.Specs(Study.Main)).Select(result => result.Key));
        Assert.Equal(["RL"], lab.Run(Study.Figure1, cancellation: TestContext.Current.CancellationToken).Select(result => result.Title));
        Assert.Equal(["Missing: SalUn, seed 0.", "Missing: FaLW, seed 0."], FaLW.Plots.Report.Missing(lab.Specs(Study.Figure1), half));
    }

    [Fact]
    public void Variants_of_FaLW_have_FaLWs_rate_so_that_nothing_but_what_is_varied_differs()
    {
        var rate = Tuning.Frozen("main", "small")!.Chosen("FaLW");
        Assert.All(Specs(Study.Balance, "small"), spec => Assert.Equal(rate, spec.Unlearner.Searched));
        Assert.Equal(Tuning.Frozen("main", "small")!.Chosen("RL"), Specs(Study.Sweep, "small").First(spec => spec.Title == "RL").Unlearner.Searched);
    }

    [Fact]
    public void The_search_of_the_main_study_says_nothing_about_other_images_and_the_report_says_so()
    {
        Assert.Null(Tuning.Frozen("main-tiny", "small"));
        Assert.Equal(new RandomLabel().LearningRate, Specs(Study.MainTiny, "small").First(spec => spec.Title == "RL").Unlearner.Searched);
        Assert.Contains("Not searched at scale small: FT, RL, GA, IU, L1-sparse, BS, BE, SFRon, SalUn, FaLW; they have their defaults", Study.MainTiny.ChoicesAt(Scale.Small), StringComparison.Ordinal);
        Assert.Equal(Tuning.Frozen("main", "smoke")!.Chosen("RL"), Specs(Study.MainTiny, "smoke").First(spec => spec.Title == "RL").Unlearner.Searched);
        Assert.Contains("the images are those of study main", Study.MainTiny.ChoicesAt(Scale.Smoke), StringComparison.Ordinal);
        Assert.Equal(Study.Main.Choices, Study.Main.ChoicesAt(Scale.Small));
    }

    [Fact]
    public void A_study_of_several_requests_is_searched_on_one()
    {
        var search = Study.Sweep.Tuning.Specs(Scale.Small, 1);
        Assert.Equal(3 * Tuning.Grid.Count, search.Count);
        Assert.All(search, spec => Assert.Equal(1, spec.Data.Forget.Gamma));
        Assert.Equal(Tuning.Grid.Count, Study.Balance.Tuning.Specs(Scale.Small, 1).Count);
    }

    private static IReadOnlyList<ExperimentSpec> Specs(Study study, string scale) =>
        study.At(Scale.Named(scale), 1, _ => true, _ => false);

    private static IEnumerable<string> Keys(IEnumerable<ExperimentSpec> specs) => specs.Select(spec => Stage.Unlearned(spec).Key);

    private static string Line(ExperimentSpec spec) => string.Create(CultureInfo.InvariantCulture,
        $"  {spec.Label} | {spec.Data.Benchmark.Name} {spec.Data.Forget.Share} γ {spec.Data.Forget.Gamma:0.##} cap {spec.Data.Forget.Cap} | rate {spec.Unlearner.Searched} | {Stage.Original(spec).Key[..8]} {Stage.Retrain(spec).Key[..8]} {Stage.Unlearned(spec).Key[..8]}");
}
