namespace FaLW.Tests.Studies;

/// <summary>Studies are lists of specs; tuning and reporting never share a seed.</summary>
public sealed class StudyTests
{
    [Fact]
    public void Main_is_five_methods_and_the_control_of_a_weight_for_every_seed()
    {
        var specs = Study.Main.Specs(Scale.Small, seeds: 2);
        string[] methods = ["FT", "RL", "GA", "SalUn", "FaLW", "RL, constant as FaLW"];
        Assert.Equal([.. methods, .. methods], specs.Select(spec => spec.Title));
        Assert.Equal(specs[4].Unlearner, specs[5].Unlearner);
        Assert.DoesNotContain(Study.Main.Tuning.Specs(Scale.Small, 1), spec => spec.Weighting is ConstantTwin);
        Assert.Equal([0, 1], specs.Select(spec => spec.Data.Seed).Distinct());
        Assert.Single(specs.Take(6).Select(spec => Stage.Original(spec).Key).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void The_grid_holds_every_method_once_and_no_pair_that_makes_no_sense()
    {
        var specs = Study.Grid.Specs(Scale.Smoke, seeds: 1);
        Assert.Equal(specs.Count, specs.Select(spec => spec.Title).Distinct(StringComparer.Ordinal).Count());
        Assert.All(specs, spec => Assert.Null(Pairing.Objection(spec.Unlearner, spec.Weighting)));
        Assert.Superset(Study.Main.Specs(Scale.Smoke, 1).Where(spec => spec.Weighting is not ConstantTwin).Select(spec => spec.Title).ToHashSet(), specs.Select(spec => spec.Title).ToHashSet());
        Assert.Contains("SalUn + LoReUn", specs.Select(spec => spec.Title));
        Assert.Contains("FaLW (rolling)", specs.Select(spec => spec.Title));
        Assert.Superset(new HashSet<string>(["BiasShift", "FT, reweighted", "RL, reweighted", "GRIN+", "IMU"]), specs.Select(spec => spec.Title).ToHashSet());
    }

    [Fact]
    public void A_search_gives_every_method_of_the_grid_the_same_budget() => Assert.All(
        Study.Grid.Tuning.Specs(Scale.Smoke, 1).GroupBy(spec => spec.Title, StringComparer.Ordinal), method =>
            Assert.Equal(double.IsNaN(method.First().Unlearner.Searched) ? 1 : Tuning.Grid.Count, method.Select(spec => Stage.Unlearned(spec).Key).Distinct(StringComparer.Ordinal).Count()));

    [Fact]
    public void A_weighted_method_of_a_crossing_differs_from_its_carrier_in_nothing_but_the_weight()
    {
        Assert.Equal(15, Study.Plug.Specs(Scale.Small, 1).Count);
        Assert.All(Study.Plug.Specs(Scale.Small, 1).GroupBy(spec => spec.Unlearner.Title, StringComparer.Ordinal), carrier =>
        {
            Assert.Equal(5, carrier.Select(spec => spec.Title).Distinct(StringComparer.Ordinal).Count());
            Assert.Single(carrier.Select(spec => spec.Unlearner).Distinct());
            Assert.Equal(Tuning.Frozen("main", "small")!.Chosen(carrier.Key), carrier.First().Unlearner.Searched);
        });
        Assert.All(Study.Grid.Tuning.Specs(Scale.Small, 1), spec => Assert.IsType<UniformWeighting>(spec.Weighting));
    }

    /// <summary>Four methods with four forms of the weight, nine temperatures each; the methods have the rates that were found without a weight.</summary>
    [Fact]
    public void A_search_of_temperatures_leaves_rates_as_they_were_found()
    {
        Assert.Equal(20, Study.LoReUn.Specs(Scale.Class, 1).Select(spec => spec.Title).Distinct(StringComparer.Ordinal).Count());
        var specs = Study.LoReUn.Tuning.Specs(Scale.Class, 1);
        Assert.Equal(16 * Tuning.Grid.Count, specs.Select(spec => Stage.Unlearned(spec).Key).Distinct(StringComparer.Ordinal).Count());
        Assert.All(specs.GroupBy(spec => spec.Title, StringComparer.Ordinal), pair =>
        {
            Assert.Equal([1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1, 3, 10], pair.Select(spec => ((LossBasedWeighting)spec.Weighting).Temperature));
            var carrier = pair.First().Unlearner;
            Assert.Equal(Tuning.Frozen(carrier is SFRon ? "main-cifar10" : "main", "class")!.Chosen(carrier.Title), carrier.Searched);
            Assert.Equal(carrier, Study.LoReUn.Specs(Scale.Class, 1).Single(spec => spec.Title == carrier.Title).Unlearner);
            Assert.Equal(Study.PilotSeed, pair.First().Seeds.Unlearning);
        });
        RunResult[] results = [.. specs.Take(9).Select((spec, i) => SampleResult.Of(spec.Method, Study.PilotSeed, validationGap: Math.Abs(i - 3)))];
        Assert.Equal(0.03, Pilot.Of(results).Single(row => row.Chosen).LearningRate);
        Assert.Contains("falw tune loreun --scale small", Study.LoReUn.ChoicesAt(Scale.Small), StringComparison.Ordinal);
        Assert.DoesNotContain("falw tune loreun", Study.LoReUn.ChoicesAt(Scale.Class)[Study.LoReUn.Choices.Length..], StringComparison.Ordinal);
        Assert.Contains("Not searched at scale small: SFRon;", Study.LoReUn.ChoicesAt(Scale.Small), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reweighted_method_has_the_rate_of_the_plain_one_and_is_not_searched()
    {
        var specs = Study.Grid.Specs(Scale.Small, 1);
        Assert.All(specs.Where(spec => spec.Unlearner is Reweighted), spec =>
            Assert.Equal(specs.Single(plain => plain.Method == new Method(((Reweighted)spec.Unlearner).Host, new UniformWeighting())).Unlearner.Searched, spec.Unlearner.Searched));
        Assert.DoesNotContain(Study.Grid.Tuning.Specs(Scale.Small, 1), spec => spec.Unlearner is Reweighted);
    }

    [Fact]
    public void Tuning_tries_every_method_with_every_rate_once()
    {
        var specs = Study.Main.Tuning.Specs(Scale.Small, seeds: 1);
        Assert.Equal(5 * Tuning.Grid.Count, specs.Select(spec => Stage.Unlearned(spec).Key).Distinct(StringComparer.Ordinal).Count());
        Assert.All(specs.GroupBy(spec => spec.Title, StringComparer.Ordinal), method => Assert.Equal(Tuning.Grid.Count, method.Count()));
    }

    [Fact]
    public void No_reported_run_uses_a_pilot_seed()
    {
        var pilot = Study.Main.Tuning.Specs(Scale.Small, 10).SelectMany(Seeds);
        Assert.Empty(pilot.Intersect(Study.Main.Specs(Scale.Small, 100).SelectMany(Seeds)));
    }

    [Theory]
    [InlineData("smoke")]
    [InlineData("class")]
    [InlineData("small")]
    public void A_frozen_search_decides_every_method_of_its_study(string scale)
    {
        var frozen = Tuning.Frozen("main", scale)!;
        Assert.Equal(Enumerable.Range(Study.PilotSeed, frozen.Seeds.Count), frozen.Seeds);
        Assert.All(Study.Main.Specs(Scale.Named(scale), 1), spec =>
        {
            var tried = frozen.Rows.Where(row => row.Title == (spec.Weighting is ConstantTwin ? "FaLW" : spec.Title)).ToList();
            Assert.Equal(frozen.Rows.Count / 5, tried.Count);
            Assert.Equal(tried.Select(row => row.LearningRate).Distinct().Order(), tried.Select(row => row.LearningRate));
            Assert.Equal(tried.Single(row => row.Chosen).LearningRate, spec.Unlearner.Searched);
            var nearest = tried.Where(row => double.IsFinite(row.ValidationGap)).OrderBy(row => row.Suppressed > 0).ThenBy(row => row.ValidationGap).First();
            Assert.Equal(nearest.LearningRate, spec.Unlearner.Searched);
        });
    }

    [Fact]
    public void What_was_never_tuned_keeps_the_settings_of_the_published_code()
    {
        Assert.Null(Tuning.Frozen("main", "paper"));
        Assert.Equal(Protocol.FaLW.Unlearner.Searched, Study.Main.Specs(Scale.Paper, 1).Single(spec => spec.Title == "FaLW").Unlearner.Searched);
        Assert.Equal([0.01, 0.013, 1e-4, 0.013, 0.013, 0.013], Study.Main.Specs(Scale.Paper, 1).Select(spec => spec.Unlearner.Searched));
    }

    [Fact]
    public void No_seed_is_no_study() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Study.Main.Specs(Scale.Smoke, seeds: 0));

    private static IEnumerable<int> Seeds(ExperimentSpec spec) => [spec.Data.Seed, spec.Seeds.Training, spec.Seeds.Unlearning];
}
