using FaLW.Tests.Experiments;

namespace FaLW.Tests.Cli;

/// <summary>Records made, listed, used and verified by the command, at smoke scale.</summary>
[Collection(nameof(UncutRun))]
public sealed class ResultsTests(UncutRun uncut) : InFolder
{
    [Fact]
    public void Records_are_kept_listed_and_used_in_place_of_computing()
    {
        Keep();
        Assert.Equal(6, Directory.GetFiles(home["records"], "*.json.gz").Length);
        var (code, table, _) = Results("list");
        Assert.Equal(0, code);
        Assert.All(["FT", "RL", "GA", "SalUn", "FaLW", "Digits", "smoke", "kit 0."], word => Assert.Contains(word, table, StringComparison.Ordinal));

        var lines = Smoke.Finish(home);
        Assert.Contains(lines, line => line.StartsWith("From records, 6 results: computed ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith('['));
        Assert.Equal(uncut.Numbers, Smoke.Numbers(home["state"]));
        Assert.Contains("0 records written", Said(Smoke.Finish(home, "--keep"), "written"), StringComparison.Ordinal);
        Assert.Equal(uncut.Stages, Smoke.Stages(Uncut("--no-records"), "kept"));
    }

    [Fact]
    public void A_record_that_holds_is_verified_and_one_that_does_not_is_named()
    {
        Keep();
        var (code, output, error) = Results("verify", "--sample", "1", "--seed", "1");
        Assert.True(code == 0, string.Join('\n', error));
        Assert.Contains("6 records are as a run wrote them.", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), line => line.Contains(" holds: equal up to rounding", StringComparison.Ordinal));

        foreach (var file in Directory.GetFiles(home["records"]).Skip(1)) File.Delete(file);
        ResultRecordTests.Edit(Directory.GetFiles(home["records"]).Single(), seal: true, record => record["Result"]!["Retrain"]!["TestAccuracy"] = 12.5);
        (code, _, error) = Results("verify");
        Assert.Equal(1, code);
        Assert.Contains("test accuracy of Retrain is 12.50 in the record", Said(error, "test accuracy"), StringComparison.Ordinal);
        Assert.Contains("raise Stage.ProtocolVersion", error[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_takes_the_place_of_another_is_told()
    {
        var spec = Protocol.Cifar100;
        var result = SampleResult.Of(spec.Method) with { Spec = spec, Key = Stage.Unlearned(spec).Key };
        string Kept(RunResult kept)
        {
            using var said = new StringWriter();
            FaLW.Cli.RecordKeeping.Keep([kept], home["shelf"], new FaLW.Cli.Terminal(TextWriter.Null, said, IsLive: false));
            return said.ToString();
        }
        Assert.StartsWith("1 record written", Kept(result), StringComparison.Ordinal);
        Assert.StartsWith("0 records written", Kept(result), StringComparison.Ordinal);
        Assert.StartsWith("1 of the records replaces an earlier one", Kept(result with { ValidationGap = 9 }), StringComparison.Ordinal);
    }

    /// <summary>Hours of a search must not hang on one machine's cache.</summary>
    [Fact]
    public void A_search_goes_on_from_the_records_of_its_runs_and_freezes_nothing_before_its_end()
    {
        var (code, _, said) = Tune("--part", "1/45", "--keep");
        Assert.True(code == 0, string.Join('\n', said));
        Assert.Single(Directory.GetFiles(home["records/pilots"], "*.json.gz"));
        Assert.DoesNotContain(said, line => line.StartsWith("Frozen", StringComparison.Ordinal));
        Assert.Contains("as a run wrote it: 1 of a search.", Results("verify", "--sample", "0").Output, StringComparison.Ordinal);

        Directory.Delete(home["cache"], recursive: true);
        (code, var table, said) = Tune("--known-only", "--keep");
        Assert.Equal(0, code);
        Assert.Contains(said, line => line.StartsWith("From records, 1 result: computed ", StringComparison.Ordinal));
        Assert.Contains("0 records written", Said(said, "written"), StringComparison.Ordinal);
        Assert.DoesNotContain("Frozen", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("verify --sample 0")]
    public void An_edited_record_is_named_and_the_others_are_shown(string command)
    {
        Keep();
        var file = Directory.GetFiles(home["records"])[2];
        ResultRecordTests.Edit(file, seal: false, record => record["Result"]!["ValidationGap"] = 0);
        var (code, output, error) = Results(command.Split(' '));
        Assert.Equal(1, code);
        Assert.Contains(Path.GetFileName(file), Assert.Single(error), StringComparison.Ordinal);
        Assert.Contains(command == "list" ? "smoke" : "5 records are as a run wrote them.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audits", "of audits")]
    [InlineData("profiles", "of a profile study")]
    [InlineData("generators", "of generators")]
    public void A_record_of_another_kind_is_read_too_and_named_where_it_was_edited(string kind, string counted)
    {
        var recorded = Directory.GetFiles(Path.Combine(Repository.Root, "data", "results", kind), "*.json.gz").Order(StringComparer.Ordinal).First();
        Directory.CreateDirectory(home[$"records/{kind}"]);
        var file = home[$"records/{kind}/{Path.GetFileName(recorded)}"];
        File.Copy(recorded, file);
        var (code, output, error) = Results("verify", "--sample", "0");
        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.Contains($"as a run wrote it: 1 {counted}.", output, StringComparison.Ordinal);
        ResultRecordTests.Edit(file, seal: false, record => record["Result"]!["Key"] = "another");
        (code, _, error) = Results("verify", "--sample", "0");
        Assert.Equal(1, code);
        Assert.Contains(file, Assert.Single(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("verify")]
    public void No_record_is_a_sentence(string command)
    {
        var (code, _, error) = Results(command);
        Assert.Equal(1, code);
        Assert.Contains("falw run STUDY --keep", Assert.Single(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_whose_images_are_missing_cannot_be_computed_again()
    {
        Assert.SkipWhen(FaLW.Data.DataShelf.Default().Find(FaLW.Data.Benchmark.TinyImageNet) is not null, "Tiny-ImageNet is here.");
        var spec = Protocol.TinyImageNet;
        RecordShelf.Of(home["records"]).Keep(SampleResult.Of(spec.Method) with { Spec = spec, Key = Stage.Unlearned(spec).Key });
        var (code, _, error) = Results("verify");
        Assert.Equal(1, code);
        Assert.Contains("Tiny-ImageNet was not found", Assert.Single(error), StringComparison.Ordinal);
        Assert.Equal(0, Results("verify", "--sample", "0").Code);
    }

    [Theory]
    [InlineData("results verify --sample some", "--sample is some")]
    [InlineData("results verify --seed -1", "--seed is -1")]
    [InlineData("results verify --device tpu", "auto, cpu and cuda")]
    [InlineData("results", "Required command")]
    public Task Wrong_usage_is_a_sentence(string typed, string sentence) => Typed.Refused(typed, 2, sentence);

    // From the cache of the uncut run: nothing is computed for the fifth time.
    private void Keep() => Assert.Contains("6 records written", Said(Uncut("--no-records", "--keep"), "written"), StringComparison.Ordinal);

    private IReadOnlyList<string> Uncut(params string[] more)
    {
        var (code, _, said) = Falw.Run(home, ["env", $"FALW_CACHE={uncut.Home["cache"]}"], ["run", "main", "--scale", "smoke", "--device", "cpu", .. more]);
        Assert.Equal(0, code);
        return said;
    }

    private (int Code, string Output, IReadOnlyList<string> Error) Results(params string[] arguments) => Falw.Run(home, [], ["results", .. arguments]);

    private (int Code, string Output, IReadOnlyList<string> Error) Tune(params string[] arguments) =>
        Falw.Run(home, [], ["tune", "main", "--scale", "smoke", "--seeds", "1", "--device", "cpu", .. arguments]);

    private static string Said(IEnumerable<string> lines, string word) => lines.First(line => line.Contains(word, StringComparison.Ordinal));
}
