namespace FaLW.Tests.Experiments;

/// <summary>A lab and records: what is recorded is not computed, and what is not trusted is.</summary>
public sealed class LabRecordTests : InLab
{
    private static readonly ExperimentSpec Spec = FourClasses with { Weighting = new ForgettingAwareWeighting() };

    private static readonly ExperimentSpec Other = Spec with { Unlearner = new FineTune(1, 0.01), Weighting = new UniformWeighting() };

    private RecordShelf<RunResult> Shelf => RecordShelf.Of(home["records"]);

    [Fact]
    public void A_recorded_result_is_taken_with_one_sentence_and_nothing_is_computed()
    {
        var first = Recorded();
        Assert.Equal(first, Run("empty", Spec));
        var said = Assert.Single(news);
        Assert.Equal(LabEvent.Notice, said.Event);
        var p = first.Provenance;
        Assert.All(["From records, 1 result: computed ", p.ShortKit, p.Device, p.Processor, p.Libtorch, p.When[..10], "--fresh"], part => Assert.Contains(part, said.Text, StringComparison.Ordinal));
        Assert.False(Directory.Exists(home["empty"]));
    }

    [Fact]
    public void Only_what_is_not_recorded_is_counted_as_work()
    {
        var first = Recorded();
        using var lab = Open("empty", fresh: false);
        var results = lab.Run(Spec, Other);
        Assert.Equal((first, Other), (results[0], results[1].Spec));
        Assert.Equal(8, news.Count(n => n.Event == LabEvent.Finished));
        Assert.Equal((8, 0.0), (news[^1].Stages, Math.Round(news[^1].WorkLeft, 9)));
    }

    [Fact]
    public void Fresh_looks_at_no_record()
    {
        Recorded();
        using var lab = Open("cache", fresh: true);
        lab.Run(Spec);
        Assert.Equal(8, news.Count(n => n.Event == LabEvent.Finished));
        Assert.DoesNotContain(news, n => n.Event == LabEvent.Notice);
    }

    [Fact]
    public void A_record_that_was_edited_is_told_once_and_computed()
    {
        var first = Recorded();
        ResultRecordTests.Edit(Assert.Single(Shelf.Files), seal: false, record => record["Result"]!["Unlearned"]!["ForgetAccuracy"] = 1);
        Assert.Equal(first, Run("cache", Spec));
        var said = Assert.Single(news, n => n.Event == LabEvent.Notice).Text;
        Assert.Contains("differs from its checksum", said, StringComparison.Ordinal);
        Assert.Equal(8, news.Count(n => n.Event == LabEvent.Reused));
    }

    [Fact]
    public void Keeping_what_is_kept_writes_nothing()
    {
        var first = Recorded();
        Assert.False(Shelf.Keep(first));
        Assert.True(Shelf.Keep(first with { Times = [] }));
        Assert.False(Shelf.Keep(first with { Times = [] }));
    }

    [Fact]
    public void Every_model_of_a_record_says_where_it_was_computed() =>
        Assert.All(Recorded().Times, time => Assert.Equal((Machine.KitVersion, true), (time.Provenance!.Kit, time.Provenance.Arithmetic is { Length: 12 })));

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_sentence()
    {
        var first = Recorded();
        File.WriteAllText(home["file"], "");
        Assert.Contains(RecordShelf.Variable, Assert.Throws<Fault>(() => RecordShelf.Of(home["file"]).Keep(first)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(0)]
    public void Where_images_are_missing_the_specs_stay_on_them_when_any_is_recorded(int recorded)
    {
        ExperimentSpec[] specs = [.. Study.Main.Specs(Scale.Small, 1).Take(2)];
        RecordAtSmall(specs.Take(recorded));
        using var lab = Open("cache", fresh: false, Scale.Small);
        Assert.All(lab.Rewrite(specs), spec => Assert.Equal(recorded > 0 ? Benchmark.Cifar100 : Benchmark.TurnedDigits, spec.Data.Benchmark));
        Assert.Equal(lab.Rewrite(Study.Main.Specs(Scale.Small, 1)), lab.Specs(Study.Main));
        if (recorded == 2) Assert.Equal(["FT", "RL"], lab.Run(specs).Select(result => result.Title));
    }

    [Fact]
    public void A_method_put_beside_recorded_ones_whose_images_are_missing_is_refused_and_never_exchanges_theirs()
    {
        ExperimentSpec[] specs = [.. Study.Main.Specs(Scale.Small, 1).Take(3)];
        RecordAtSmall(specs.Take(2));
        using var lab = Open("cache", fresh: false, Scale.Small);
        var message = Assert.Throws<Fault>(() => lab.Run(specs)).Message;
        Assert.All(["1 of 3 experiments cannot run", $"3. {specs[2].Label}, CIFAR-100", "falw data fetch CIFAR-100", "Records answer for the others"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Empty(news);
        Assert.False(Directory.Exists(home["cache"]));
    }

    [Fact]
    public void Images_that_take_the_place_of_others_are_told_once_with_the_reason_and_the_remedy()
    {
        using var lab = Open("cache", fresh: false, Scale.Small);
        lab.Specs(Study.Main);
        lab.Rewrite([Protocol.Cifar100]);
        var said = Assert.Single(news);
        Assert.True(said.IsSteady);
        Assert.All(["CIFAR-100 is not on this machine", "no record answers", $"{Benchmark.TurnedDigits.Name} takes its place", "falw data fetch CIFAR-100"], part => Assert.Contains(part, said.Text, StringComparison.Ordinal));
    }

    private void RecordAtSmall(IEnumerable<ExperimentSpec> specs)
    {
        foreach (var spec in specs)
        {
            var small = Scale.Small.Rewrite(spec, _ => true);
            Shelf.Keep(SampleResult.Of(spec.Method) with { Spec = small, Key = Stage.Unlearned(small).Key });
        }
    }

    private RunResult Recorded()
    {
        var result = Run("cache", Spec);
        Assert.True(Shelf.Keep(result));
        news.Clear();
        return result;
    }

    private RunResult Run(string cache, ExperimentSpec spec)
    {
        using var lab = Open(cache, fresh: false);
        return lab.Run(spec)[0];
    }

    private Lab Open(string cache, bool fresh, Scale? scale = null) => Lab.Open(
        scale ?? Scale.Paper, Settings with { Cache = home[cache], Records = home["records"], Fresh = fresh, Shelf = new DataShelf([home["nowhere"]], home["nowhere"]) });
}
