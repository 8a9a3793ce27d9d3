namespace FaLW.Tests.Experiments;

/// <summary>Weightings, methods and networks of cells in the lab: they run, are kept, and are never answered by what another body gave.</summary>
public sealed class OpenTypesTests : InLab
{
    private const string Mine = "record Mine(double Beta = 1) : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss.pow(Beta) + 0.5; }";

    private static readonly ExperimentSpec Spec = FourClasses with { Network = Network.Perceptron with { Width = 32 } };

    [Fact]
    public void An_unchanged_cell_is_answered_from_the_cache_and_a_changed_line_never_is()
    {
        var first = Run(Weighted(Mine));
        news.Clear();
        Assert.Equal(first.Unlearned, Run(Weighted(Mine)).Unlearned);
        Assert.All(news, n => Assert.Equal(LabEvent.Reused, n.Event));

        news.Clear();
        var changed = Run(Weighted(Mine.Replace("s.Loss.pow", "s.Probability.pow", StringComparison.Ordinal)));
        Assert.NotEqual(first.Key, changed.Key);
        Assert.NotEqual(first.Samples, changed.Samples);
        Assert.Equal(["RL + Mine, seed 2", "Scores of RL + Mine"], news.Where(n => n.Event == LabEvent.Finished).Select(n => n.Text));
        Assert.NotEqual(first.Key, Run(Spec with { Weighting = Cells.Run<LossWeighting>(Mine, "new Mine(2)") }).Key);
    }

    [Fact]
    public void What_no_hash_can_tell_is_computed_anew_in_every_job_and_the_lab_says_so()
    {
        const string Counting = "static double k = 1; record Mine : LossWeighting { public override Tensor Weights(ForgetState s) => ones_like(s.Loss) * k; }";
        var weighting = Cells.Run<LossWeighting>(Counting + "\nnew Mine()", "k = 1; new Mine()");
        var first = Run(Spec with { Weighting = weighting });
        Assert.StartsWith("Mine is computed anew every time and nothing of it is kept: it reads the static k", Assert.Single(news, n => n.Event == LabEvent.Notice).Text, StringComparison.Ordinal);

        news.Clear();
        Assert.Equal(first.Unlearned, Run(Spec with { Weighting = weighting }).Unlearned);
        Assert.Equal(["RL + Mine, seed 2", "Scores of RL + Mine"], news.Where(n => n.Event == LabEvent.Finished).Select(n => n.Text));
        Assert.False(RecordShelf.Of(home["records"]).Keep(first));
    }

    [Fact]
    public void What_a_type_remembers_of_an_earlier_run_does_not_reach_the_next()
    {
        const string Counting = "record Mine : LossWeighting { int calls; public override Tensor Weights(ForgetState s) => ones_like(s.Loss) * ++calls; }";
        var weighting = Cells.Run<LossWeighting>(Counting, "new Mine()");
        var first = Run(Spec with { Weighting = weighting });
        Assert.Equal(first.Samples, Run(Spec with { Weighting = weighting }, "another cache").Samples);
    }

    [Fact]
    public void A_result_with_foreign_types_survives_its_own_text_and_two_labs_at_once_agree()
    {
        var spec = Weighted(Mine);
        var results = new RunResult[2];
        Parallel.For(0, 2, i => results[i] = Run(spec));
        Assert.Equal(results[0] with { Times = [], Log = results[1].Log }, results[1] with { Times = [] });
        Assert.Equal(results[0], ResultJson.FromJson<RunResult>(results[0].ToJson()));
    }

    [Fact]
    public void A_record_that_names_a_type_nobody_has_defined_is_passed_over_with_a_sentence()
    {
        var result = Run(Weighted(Mine));
        var path = home[result.Key + RecordShelf.Ending];
        RecordShelf.Of(home.Path).Write(result, path);
        Assert.Equal(result, RecordShelf.Of(home.Path).Read(path, out _));

        var content = CanonicalJson.Node(result)!.AsObject();
        content["Spec"]!["Weighting"]!["$type"] = "Gone#0123456789abcdef";
        content[nameof(RunResult.Samples)] = RecordColumns.Of(content[nameof(RunResult.Samples)]!.AsArray());
        RecordShelf<RunResult>.Write(content, path);
        Assert.Null(RecordShelf.Of(home.Path).Read(path, out var damage));
        Assert.Equal($"The record {path} is passed over: It names the weighting Gone, which is not of this kit and not defined here; run the cell or load the assembly that defines it first.", damage);

        content["Spec"]!["Weighting"]!["$type"] = "Mine#0123456789abcdef";
        Assert.Contains("with another body", Assert.ThrowsAny<Fault>(() => ResultJson.FromJson<RunResult>(Rows(content).ToJsonString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_without_a_text_is_a_sentence()
    {
        var spec = Spec with { Weighting = Cells.Run<LossWeighting>("record Mine(Func<double> F) : LossWeighting { public override Tensor Weights(ForgetState s) => s.Loss * F(); }", "new Mine(() => 1)") };
        Assert.StartsWith("Mine has a setting that cannot be written as JSON", Assert.Throws<Fault>(() => Run(spec)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_another_number_of_outputs_is_a_sentence()
    {
        var network = Cells.Run<Network>("record Odd() : Network(\"Odd\") { protected override Module<Tensor, Tensor> Layers(InputShape shape, int classes) => Sequential(Flatten(), Linear(shape.Pixels, 7)); }", "new Odd()");
        Assert.Contains("The network Odd (Odd) made Float32 [2, 7] of two images, but there are 4 classes", Assert.Throws<Fault>(() => Run(Spec with { Network = network })).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Examples => new()
    {
        { "Weighting", "new ExperimentSpec(spec.Data, spec.Network, spec.Training, spec.Unlearner, new ByLoss(0.5), spec.Seeds)" },
        { "Unlearning", "spec with { Unlearner = new Flatten(2) { BatchSize = 32, Augmentation = Augmentation.None } }" },
        { "Models", "spec with { Network = new TwoLayers(16) }" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_example_of_each_room_s_page_runs_in_the_lab(string room, string use)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "lib/FaLW", room, "README.md"));
        var example = page.Split("```csharp\n")[1].Split("```")[0];
        Assert.InRange(example.Split('\n').Count(line => line.Trim().Length > 0), 3, 14);
        var rewritten = Cells.Run<Func<ExperimentSpec, ExperimentSpec>>(example, $"(Func<ExperimentSpec, ExperimentSpec>)(spec => {use})");
        var first = Run(rewritten(Spec));
        Assert.NotEqual(Run(Spec).Samples, first.Samples);
        Assert.Equal(first, ResultJson.FromJson<RunResult>(first.ToJson()));
    }

    private static JsonObject Rows(JsonObject content)
    {
        content[nameof(RunResult.Samples)] = RecordColumns.Rows(content[nameof(RunResult.Samples)]!.AsObject());
        return content;
    }

    private static ExperimentSpec Weighted(string cell) => Spec with { Weighting = Cells.Run<LossWeighting>(cell, "new Mine()") };

    private RunResult Run(ExperimentSpec spec, string cache = "cache")
    {
        using var lab = Lab.Open(Scale.Paper, Settings with { Cache = home[cache] });
        return lab.Run([spec], TestContext.Current.CancellationToken)[0];
    }
}
