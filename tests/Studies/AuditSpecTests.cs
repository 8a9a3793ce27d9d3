namespace FaLW.Tests.Studies;

/// <summary>The job of the study at every scale, and what is refused.</summary>
public sealed class AuditSpecTests
{
    [Theory]
    [InlineData("smoke")]
    [InlineData("small")]
    [InlineData("paper")]
    public void At_every_scale_it_can_be_made_and_has_a_key_of_its_own(string scale)
    {
        var spec = AuditStudy.Audits.OfScale(Scale.Named(scale));
        spec.Check();
        Assert.Equal(["FT", "RL", "SalUn", "FaLW"], spec.Experiments.Select(each => each.Title));
        Assert.Single(Scale.All, other => AuditStudy.Audits.OfScale(other).Stage().Key == spec.Stage().Key);
        Assert.Equal(spec, JsonSerializer.Deserialize<AuditSpec>(CanonicalJson.Text(CanonicalJson.Node(spec)), CanonicalJson.Options));
    }

    [Fact]
    public void The_labels_of_head_and_tail_are_exchanged()
    {
        var spec = AuditStudy.Audits.OfScale(Scale.Smoke);
        var raw = new Synthetic(spec.Experiments[0].Data.Difficulty).Read("");
        var groups = Splits.Of(spec.Experiments[0].Data, raw.Labels, raw.TrainCount, 10).Groups;
        Assert.Equal((groups.Head[0], groups.Tail[^1]), (spec.Confusion.First, spec.Confusion.Second));
    }

    [Fact]
    public void Where_images_are_missing_a_record_keeps_the_study_on_them_and_otherwise_the_digits_stand_in()
    {
        AuditSpec Small(bool recorded) => AuditStudy.Audits.At(Scale.Small, _ => false, _ => recorded);
        Assert.Equal((Benchmark.Cifar100, Benchmark.Digits), (Small(recorded: true).Benchmark, Small(recorded: false).Benchmark));
        Assert.Equal(Benchmark.FashionMnist, AuditStudy.Audits.At(Scale.Small with { Data = Benchmark.FashionMnist }, _ => true, _ => false).Benchmark);
        Assert.Equal(Benchmark.Cifar100, AuditStudy.Audits.At(Scale.Paper, _ => false, _ => false).Benchmark);
    }

    [Fact]
    public void On_images_of_more_or_fewer_classes_the_labels_of_their_head_and_tail_are_exchanged()
    {
        var (forty, eight) = (AuditStudy.Audits.OfScale(Scale.Class), AuditStudy.Audits.OfScale(Scale.Small));
        var order = forty.Experiments[0].Data.Forget.ClassesByRank(0, Benchmark.Digits.Classes);
        Assert.Equal(new InterclassConfusion(order[0], order[^1], forty.Confusion.PerClass), forty.On(Benchmark.Digits).Confusion);
        Assert.Equal(eight.Confusion, eight.On(Benchmark.Digits).Confusion);
    }

    [Fact]
    public void Too_few_models_and_methods_that_cannot_be_compared_are_told_at_once()
    {
        var spec = AuditStudy.Audits.OfScale(Scale.Smoke);
        var odd = spec.Experiments[0] with { Training = spec.Experiments[0].Training with { Epochs = 1 } };
        var fault = Assert.Throws<Fault>((spec with { Models = 3, Shadows = 1, Draws = 0, Repeats = 0, Experiments = [.. spec.Experiments, odd] }).Check);
        Assert.All(["4 seeds or more", "4 shadows or more", "at least once", "different Retrains", "FT is there twice", "repeats must be"], part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Exchanged_labels_make_other_models_and_leave_the_rest_of_the_keys_alone()
    {
        var spec = AuditStudy.Audits.OfScale(Scale.Smoke);
        var (plain, confused) = (spec.Experiments[1], spec.Experiments[1] with { Confusion = spec.Confusion });
        Assert.DoesNotContain("Confusion", CanonicalJson.Text(CanonicalJson.Node(plain)), StringComparison.Ordinal);
        Func<ExperimentSpec, Stage>[] stages = [Stage.Original, Stage.Retrain, Stage.Unlearned];
        Assert.All(stages, stage => Assert.NotEqual(stage(plain).Key, stage(confused).Key));
    }

    [Fact]
    public void Splits_around_given_rows_keep_every_promise()
    {
        int[] labels = [.. Enumerable.Range(0, 130).Select(i => i % 4)];
        int[] forget = [3, 7, 0, 11];
        var splits = Splits.Around(forget, new DataSpec(Benchmark.Digits, new ForgetRule(0.2, 1), UnseenShare: 0.25), labels, 100, 4);
        Assert.Equal(forget, splits.Forget);
        Assert.Equal([6, 6, 6, 6], Enumerable.Range(0, 4).Select(k => splits.Unseen.Count(row => labels[row] == k)));
        Assert.Equal(100 - 4 - 24, splits.Retain.Count);
    }

    [Theory]
    [InlineData("run audit", "did you mean audits?")]
    [InlineData("tune audit", "did you mean audits?")]
    public Task Names_are_known_to_the_command(string typed, string sentence) => Typed.Refused(typed, 2, sentence);

    [Fact]
    public async Task Seeds_are_its_own_and_it_is_listed_and_shown()
    {
        using var home = new TemporaryFolder();
        await Typed.Refused($"run audits --scale smoke --seeds 2 --out {home.Path}", 1, "leave --seeds out");
        Assert.Contains("\naudits\n", (await Typed.Run("study list")).Output, StringComparison.Ordinal);
        var shown = JsonNode.Parse((await Typed.Run("study show audits --scale smoke")).Output)!;
        Assert.Equal(AuditStudy.Audits.At(Scale.Smoke, _ => true, _ => false).Stage().Key, (string?)shown["Key"]);
    }

    /// <summary>The audited methods are searched as all others are: the same values for each, on pilot seeds, and what was chosen is what runs.</summary>
    [Theory]
    [InlineData("smoke")]
    [InlineData("small")]
    public void What_the_search_chose_is_what_is_audited(string scale)
    {
        var frozen = Assert.IsType<Tuning>(Tuning.Frozen("audits", scale));
        Assert.All(frozen.Seeds, seed => Assert.True(seed >= Study.PilotSeed));
        foreach (var method in AuditStudy.Audits.At(Scale.Named(scale), _ => true, _ => false).Experiments)
        {
            var tried = frozen.Rows.Where(row => row.Title == method.Title).Select(row => row.LearningRate).ToList();
            Assert.Equal(tried.Distinct().Order(), tried);
            Assert.Contains(method.Unlearner.Searched, tried);
            Assert.Equal(frozen.Chosen(method.Title), method.Unlearner.Searched);
        }
    }
}
