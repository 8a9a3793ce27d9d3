namespace FaLW.Tests.Studies;

/// <summary>From made-up records to rows: which results answer, and what is said where they do not.</summary>
public sealed class ReproductionTests
{
    private static readonly double[] Draw = [0.1, -0.2, 0.15, -0.1, 0.05];

    [Fact]
    public void Without_records_every_claim_is_one_row_with_the_command_that_runs_it()
    {
        var found = Reproduction.Of(_ => null);
        Assert.Equal(Claims.All, found.Rows.Select(row => row.Claim));
        Assert.All(found.Rows, row => Assert.Equal((Verdict.NotRun, Verdict.NotRun, "paper"), (row.Judgement.Verdict, row.OtherJudgement.Verdict, row.Scale.Name)));
        Assert.Equal("environment/falw run main-tiny --scale paper --seeds 3 --keep", Row(found, "Tiny-ImageNet, γ 1/2", "FaLW − RL").Command);
        Assert.Empty(found.Runs);
    }

    [Fact]
    public void A_difference_is_paired_over_seeds_and_named_by_its_scale()
    {
        var found = Of(Scale.Class, 5, spec => spec.Title switch { "FaLW" => 1 + Seed(spec), "SalUn" => 4 + Seed(spec) + Noise(spec), _ => null });
        var row = Row(found, "CIFAR-10, γ 1", "FaLW − SalUn");
        Assert.Equal(("class", "Turned-Digits", (5, 5), "main-cifar10"), (row.Scale.Name, row.Spec.Data.Benchmark.Name, row.Seeds, row.Study));
        Assert.Equal(-3, row.Readings[0].Ours.Mean, 9);
        Assert.Equal(Verdict.SameDirection, row.Judgement.Verdict);
        Assert.Equal(7, row.Readings[0].Family);
        Assert.Equal(2 * 5 * 2, found.Runs.Count);    // two methods, five seeds, the requests of CIFAR-10 and of the sweep
    }

    [Fact]
    public void Only_the_scale_of_the_paper_reproduces()
    {
        RunResult? Find(ExperimentSpec spec) => Asked(spec, 5, one => one.Title switch { "FaLW" => 0.93 + Seed(one), "SalUn" => 2.04 + Seed(one) + Noise(one) / 2, _ => null });
        RunResult? At(Scale scale, ExperimentSpec spec) => Protocol.ScaleOf(spec)?.ToString() == scale.ToString() ? Find(spec) : null;
        Assert.Equal(Verdict.Reproduced, Row(Reproduction.Of(spec => At(Scale.Paper, spec)), "CIFAR-100, γ 1", "FaLW − SalUn").Judgement.Verdict);
        Assert.Equal(Verdict.SameDirection, Row(Reproduction.Of(spec => At(Scale.Small, spec)), "CIFAR-100, γ 1", "FaLW − SalUn").Judgement.Verdict);
        var both = Reproduction.Of(Find).Rows.Where(row => (row.Claim.Where, row.Claim.Text) == ("CIFAR-100, γ 1", "FaLW − SalUn")).ToArray();
        Assert.Equal(["paper", "paper-bfloat16", "small", "small-bfloat16", "class", "class-bfloat16"], both.Select(row => row.Scale.ToString()));
        Assert.Equal([Verdict.Reproduced, .. Enumerable.Repeat(Verdict.SameDirection, 5)], both.Select(row => row.Judgement.Verdict));
    }

    [Fact]
    public void One_seed_is_told_from_none()
    {
        var row = Row(Of(Scale.Class, 1, spec => spec.Title is "FaLW" or "RL" ? 2 : null), "CIFAR-10, γ 1", "FaLW − RL");
        Assert.Equal((Verdict.NoDifferenceDetectable, (1, 1)), (row.Judgement.Verdict, row.Seeds));
        Assert.Equal("one seed has no interval", row.Judgement.Reason);
    }

    [Fact]
    public void Seeds_that_one_of_two_methods_lacks_do_not_count()
    {
        var row = Row(Of(Scale.Class, 5, spec => spec.Title == "FaLW" ? 1 : spec.Title == "RL" && spec.Seeds.Unlearning >= 2 ? 3 + Noise(spec) : null), "CIFAR-10, γ 1", "FaLW − RL");
        Assert.Equal((3, 3), row.Seeds);
        Assert.Equal(-2 - (Draw[2] + Draw[3] + Draw[4]) / 3, row.Readings[0].Ours.Mean, 9);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_left_out_and_said()
    {
        var row = Row(Of(Scale.Class, 4, spec => spec.Title == "FaLW" ? 1 : spec.Title == "RL" ? spec.Seeds.Unlearning == 0 ? double.NaN : 3 + Noise(spec) : null), "CIFAR-10, γ 1", "FaLW − RL");
        Assert.Equal(((3, 3), "1 value not finite and left out"), (row.Seeds, row.Departures));
        Assert.True(double.IsFinite(row.Readings[0].Adjusted));
    }

    [Fact]
    public void Runs_without_any_finite_number_are_told_from_none()
    {
        var found = Of(Scale.Class, 2, spec => spec.Title is "FaLW" or "RL" ? double.NaN : null);
        var row = Row(found, "CIFAR-10, γ 1", "FaLW − RL");
        Assert.Equal((Verdict.NotRun, true, (0, 0), "2 values not finite and left out"), (row.Judgement.Verdict, row.HasResults, row.Seeds, row.Departures));
        Assert.Contains("| no finite number |", ReproductionTable.Differences(found).ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_study_answers_its_rows_and_names_what_is_missing_of_the_whole()
    {
        var found = Of(Scale.Class, 3, spec => spec.Title switch { "FaLW" => 1 + Seed(spec), "RL" => 9 + Seed(spec) + Noise(spec), _ => null });
        Assert.Equal(Verdict.SameDirection, Row(found, "CIFAR-10, γ 1", "FaLW − RL").Judgement.Verdict);
        Assert.Equal(Verdict.NotRun, Row(found, "CIFAR-10, γ 1", "FaLW − GA").Judgement.Verdict);
        var nearest = Row(found, "CIFAR-10, γ 1", "FaLW is the nearest to Retrain of all methods");
        Assert.Equal((Verdict.NotRun, "missing: FT, GA, IU, L1-sparse, SFRon, SalUn"), (nearest.Judgement.Verdict, nearest.Judgement.Reason));
        Assert.Equal("environment/falw run main-cifar10 --scale class --seeds 3 --keep", nearest.Command);
    }

    [Fact]
    public void Rows_that_are_not_run_count_in_the_correction()
    {
        var alone = Row(Of(Scale.Class, 5, spec => spec.Title switch { "FaLW" => 1, "RL" => 1.3 + Noise(spec), _ => null }), "CIFAR-10, γ 1", "FaLW − RL");
        Assert.Equal(Math.Min(1, 7 * PairedTest.Of([.. Draw.Select(d => -0.3 - d)], new double[5]).Student), alone.Readings[0].Adjusted, 12);
    }

    [Fact]
    public void The_second_reading_is_against_another_Retrain()
    {
        RunResult? Find(ExperimentSpec spec) => spec.Seeds.Unlearning < 5 && spec.Title is ("FaLW" or "RL")
            ? MadeUp.Result(spec, spec.Title == "FaLW" ? 1 : 4 + Noise(spec), controlGap: spec.Title == "FaLW" ? 4 : 1 - Noise(spec)) : null;
        var row = Row(Reproduction.Of(Find, Scale.Class), "CIFAR-10, γ 1", "FaLW − RL");
        Assert.Equal((Verdict.SameDirection, Verdict.Contradicted), (row.Judgement.Verdict, row.OtherJudgement.Verdict));
        var without = Row(Of(Scale.Class, 5, spec => spec.Title switch { "FaLW" => 1, "RL" => 4 + Noise(spec), _ => null }), "CIFAR-10, γ 1", "FaLW − RL");
        Assert.Equal((Verdict.SameDirection, Verdict.NotRun), (without.Judgement.Verdict, without.OtherJudgement.Verdict));
    }

    [Fact]
    public void A_pattern_over_groups_is_read_from_head_and_tail()
    {
        (double, double, double) Groups(ExperimentSpec spec) => spec.Title == "SalUn" ? (9 + Noise(spec), 0, -9 + Noise(spec)) : (9 + Noise(spec), 0, 9 + Noise(spec));
        var found = Reproduction.Of(spec => spec.Seeds.Unlearning < 5 && spec.Title is ("SalUn" or "RL") ? MadeUp.Result(spec, 3, Groups(spec)) : null, Scale.Class);
        Assert.Equal(Verdict.SameDirection, Row(found, null, "SalUn: head under-forgotten, tail over-forgotten").Judgement.Verdict);
        Assert.Equal(Verdict.Contradicted, Row(found, null, "RL: head under-forgotten, tail over-forgotten").Judgement.Verdict);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("paper")]
    public void Every_claim_is_asked_by_the_study_it_names(string scale)
    {
        var found = Reproduction.Of(spec => MadeUp.Result(spec, 1, controlGap: 1), Scale.Named(scale));
        Assert.All(found.Rows, row => Assert.Equal((true, row.Claim.Studies[0]), (row.Readings.All(reading => reading.Ours.Count == Reproduction.MostSeeds), row.Study)));
        Assert.Equal(Claims.All, found.Rows.Select(row => row.Claim));
    }

    [Fact]
    public void What_a_study_leaves_out_at_a_scale_is_not_waited_for()
    {
        var found = Reproduction.Of(spec => spec.Seeds.Unlearning >= 5 ? null : MadeUp.Result(spec, spec.Title == "SalUn" ? 4 + Noise(spec) : 1), Scale.Class);
        double[] gammas = [.. Study.Sweep.Specs(Scale.Class, 1).Select(spec => spec.Data.Forget.Gamma).Distinct()];
        var every = Row(found, null, "FaLW is nearer to Retrain than SalUn at every γ");
        Assert.Equal((Verdict.SameDirection, gammas.Length), (every.Judgement.Verdict, every.Claim.Parts.Count));
        Assert.Contains("not part of the study at this scale: γ 1/4", every.Departures, StringComparison.Ordinal);
        var row = Row(found, "CIFAR-100, γ 1/4", "FaLW − SalUn");
        Assert.Equal((false, false, Verdict.NotRun), (row.IsAsked, row.HasResults, row.Judgement.Verdict));
        Assert.Equal(gammas.Length, Row(found, "CIFAR-100, γ 1", "FaLW − SalUn").Readings[0].Family);
    }

    [Fact]
    public void A_crossing_and_a_mean_are_read_over_the_sweep()
    {
        // SalUn's forget accuracy is four times the gap above Retrain's, so the sign of the gap is its direction.
        double Gap(ExperimentSpec spec) => (spec.Title == "FaLW" ? 0.5 : spec.Data.Forget.Gamma - 0.9) + Noise(spec);
        var found = Reproduction.Of(spec => spec.Seeds.Unlearning < 5 ? MadeUp.Result(spec, Gap(spec)) : null, Scale.Small);
        Assert.Equal(Verdict.SameDirection, Row(found, null, "SalUn crosses from over- to under-forgetting as γ grows").Judgement.Verdict);
        var mean = found.Rows.Single(row => row.Claim.Text.StartsWith("FaLW is nearer to Retrain than SalUn, mean over γ", StringComparison.Ordinal));
        double[] gammas = [.. Protocol.Gammas];
        Assert.Equal(Enumerable.Range(0, 5).Average(seed => gammas.Average(gamma => Math.Abs(0.5 + Draw[seed]) - Math.Abs(gamma - 0.9 + Draw[seed]))), mean.Readings[0].Ours.Mean, 9);
        Assert.Equal((1, -0.70142857, 5), (mean.Readings[0].Family, Math.Round(mean.Claim.Parts[0].Published, 8), mean.Seeds.Most));
    }

    [Fact]
    public void The_factor_is_judged_group_by_group_with_and_without_it()
    {
        (double, double, double) Groups(ExperimentSpec spec) => spec.Title == "FaLW" ? (1, -3 + Noise(spec), -4) : (2 + Noise(spec), -6, -2 + Noise(spec));
        var found = Reproduction.Of(spec => spec.Seeds.Unlearning < 5 ? MadeUp.Result(spec, 1, Groups(spec)) : null, Scale.Class);
        Assert.Equal(Verdict.SameDirection, Row(found, "CIFAR-100, γ 2", "Δ Mid FA: factor on − off").Judgement.Verdict);
        Assert.Equal(Verdict.Contradicted, Row(found, "CIFAR-100, γ 2", "Δ Tail FA: factor on − off").Judgement.Verdict);
        Assert.Equal((Verdict.Contradicted, "by Δ Tail FA, γ 3/2, Δ Tail FA, γ 2"), (Row(found, null, "The factor brings middle and tail nearer").Judgement.Verdict, Row(found, null, "The factor brings middle and tail nearer").Judgement.Reason));
        Assert.Equal(Verdict.SameDirection, Row(found, null, "The factor costs the head a little forget accuracy").Judgement.Verdict);
    }

    [Fact]
    public void A_rolling_profile_answers_where_there_is_no_other_and_is_said()
    {
        Subject falw = Subject.FaLW;
        var whole = new Method(new RandomLabel(), new ForgettingAwareWeighting(0.15));
        var rolling = whole with { Weighting = new ForgettingAwareWeighting(0.15) { Slice = 64 } };
        Assert.Equal((0, 1), (falw.Distance(whole), falw.Distance(rolling)));
        Assert.Null(falw.Distance(whole with { Weighting = new ForgettingAwareWeighting(0.2) }));
        Assert.Null(falw.Distance(whole with { Weighting = new ForgettingAwareWeighting(0.15) { Spread = Spread.Quantile } }));
    }

    [Fact]
    public void Another_setting_of_FaLW_never_answers()
    {
        var found = Reproduction.Of(spec => spec.Title is "FaLW (rolling)" or "RL, constant as FaLW" ? MadeUp.Result(spec, 1) : null, Scale.Class);
        Assert.All(found.Rows, row => Assert.False(row.HasResults));
    }

    [Fact]
    public void A_Retrain_in_the_place_of_a_method_answers_nothing()
    {
        RunResult[] runs = [.. Study.MainCifar10.At(Scale.Class, 1, _ => true, _ => true).Select(spec => MadeUp.Result(spec, 1, controlGap: 1))];
        var found = Reproduction.Of([.. runs.Select(run => run.NoiseFloor()!), .. runs], Scale.Class);
        Assert.Equal(Reproduction.Of(runs, Scale.Class).Rows.Select(row => (row.Claim.Text, row.Judgement, row.Seeds)), found.Rows.Select(row => (row.Claim.Text, row.Judgement, row.Seeds)));
        Assert.Contains(found.Rows, row => row.HasResults);
    }

    [Fact]
    public void A_record_of_another_protocol_is_not_used_and_the_reader_is_told()
    {
        using var folder = new TemporaryFolder();
        var spec = Scale.Class.Rewrite(Study.Main.Specs(Scale.Class, 1).First(one => one.Title == "FaLW"), _ => true);
        var shelf = RecordShelf.Of(folder.Path);
        Assert.True(shelf.Keep(MadeUp.Result(spec, 1)));
        var file = Assert.Single(shelf.Files);
        Assert.Single(Reproduction.Of(one => RecordShelf.Of(folder.Path).Find(one), Scale.Class).Runs);
        Experiments.ResultRecordTests.Edit(file, seal: true, record => record["Protocol"] = 1);
        var told = new List<string>();
        var found = Reproduction.Of(RecordShelf.Of(folder.Path, new Listener<string>(told.Add)).Find, Scale.Class);
        Assert.Empty(found.Runs);
        Assert.Contains("protocol 1", Assert.Single(told), StringComparison.Ordinal);
    }

    private static ReproductionRow Row(Reproduction found, string? where, string text) =>
        found.Rows.Single(row => (where is null || row.Claim.Where == where) && row.Claim.Text == text && row.Claim.Kind != ClaimKind.Number);

    private static Reproduction Of(Scale scale, int seeds, Func<ExperimentSpec, double?> gap) => Reproduction.Of(spec => Asked(spec, seeds, gap), scale);

    private static RunResult? Asked(ExperimentSpec spec, int seeds, Func<ExperimentSpec, double?> gap) =>
        spec.Seeds.Unlearning < seeds && spec.Data.Forget.Gamma == 1 && gap(spec) is { } value ? MadeUp.Result(spec, value) : null;

    // What differs between seeds for both methods alike falls out of a paired difference.
    private static double Seed(ExperimentSpec spec) => spec.Seeds.Unlearning;

    private static double Noise(ExperimentSpec spec) => Draw[spec.Seeds.Unlearning % Draw.Length];
}
