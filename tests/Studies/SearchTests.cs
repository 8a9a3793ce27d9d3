namespace FaLW.Tests.Studies;

/// <summary>A search that leaves runs out chooses what it would have chosen from all of them.</summary>
public sealed class SearchTests : InLab
{
    private static readonly IReadOnlyList<ExperimentSpec> Specs = [.. Study.Main.Tuning.Specs(Scale.Small, 3).Where(spec => spec.Title is "RL" or "FaLW")];

    /// <summary>Gaps, divergences and suppressions by chance; ties are frequent, since gaps are whole numbers.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.1)]
    [InlineData(0.3, 0.4)]
    [InlineData(0.7, 0.2)]
    [InlineData(0.2, 1)]
    [InlineData(1, 0)]
    public void The_choice_is_that_of_all_runs_whatever_they_give(double diverges, double suppresses)
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var draw = new Random(seed);
            var oracle = Specs.ToDictionary(spec => spec, spec => draw.NextDouble() < diverges ? null : Result(spec, draw.Next(12), draw.NextDouble() < suppresses));
            var (ran, _) = Race(oracle);
            Assert.Equal(Choices([.. oracle.Values.OfType<RunResult>()]), Choices(ran));
        }
    }

    /// <summary>Nobody to tell: then the first ends the job, as in every job.</summary>
    [Fact]
    public void What_diverges_is_told_or_ends_the_search()
    {
        var study = Study.Main.Tuning with { OfSeed = scale => [.. Study.Main.Tuning.OfSeed(scale).Where(spec => spec is { Title: "RL", Searched: 1 }).Select(spec => spec.WithSearched(1e9))] };
        using var lab = Open(Scale.Smoke);
        var told = new List<ExperimentSpec>();
        Assert.Empty(lab.Run(study, seeds: 2, (spec, _) => told.Add(spec), TestContext.Current.CancellationToken));
        Assert.Single(told);
        Assert.Throws<DivergedException>(() => lab.Run(study, seeds: 2, cancellation: TestContext.Current.CancellationToken));
    }

    /// <summary>So that records of a finished search answer where there are no images; what was left out is drawn as what it is, a bound.</summary>
    [Fact]
    public void A_decided_search_asks_for_nothing()
    {
        var (ran, asked) = Race(Specs.ToDictionary(spec => spec, RunResult? (spec) => Result(spec, spec.Searched == 0.01 ? 2 : 20, false)));
        Assert.Empty(Search.Next(Specs, ran, new HashSet<ExperimentSpec>()));
        Assert.Equal(asked, ran.Count);
        var text = AgainstPlot.Of(Pilot.Of(ran)).Summary;
        Assert.Contains("RL: line, 9 points, 2 to 6.667", text, StringComparison.Ordinal);
        Assert.Contains("A value left out on some pilot seeds stands at the least its gap can be.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_far_behind_runs_on_the_first_seed_alone()
    {
        var (ran, asked) = Race(Specs.ToDictionary(spec => spec, RunResult? (spec) => Result(spec, spec.Searched == 0.01 ? 2 : 20, false)));
        Assert.Equal(Specs.Count / 3 + 2 * 2, asked);
        Assert.All(Pilot.Of(ran), row => Assert.Equal((row.LearningRate == 0.01, row.LearningRate == 0.01 ? 2.0 : double.NaN, row.LearningRate == 0.01 ? 0 : 20.0 / 3), (row.Chosen, row.ValidationGap, row.AtLeast)));
        Assert.Contains("0.003 → ≥ 6.7, 0.01 → 2.0, 0.03 → ≥ 6.7", FaLW.Plots.SearchTable.Of(Pilot.Of(ran)).ToText(), StringComparison.Ordinal);
    }

    /// <summary>A mean over fewer seeds would have hidden it: the value that leads after two seeds may lose on the third.</summary>
    [Fact]
    public void A_leader_that_falls_back_gives_the_next_its_turn()
    {
        var (ran, _) = Race(Specs.ToDictionary(spec => spec, RunResult? (spec) => Result(spec, spec.Searched switch
        {
            0.01 => spec.Seeds.Unlearning == Study.PilotSeed + 2 ? 30 : 1,
            0.1 => 5,
            _ => 40,
        }, false)));
        Assert.All(Pilot.Of(ran).Where(row => row.Chosen), row => Assert.Equal((0.1, 5.0), (row.LearningRate, row.ValidationGap)));
    }

    /// <summary>Where the gap of the best is no number, nothing is smaller than it either.</summary>
    [Fact]
    public void A_gap_that_is_no_number_counts_as_diverged()
    {
        var (ran, _) = Race(Specs.ToDictionary(spec => spec, RunResult? (spec) => Result(spec, spec.Searched == 0.01 ? double.NaN : 7, false)));
        Assert.All(Pilot.Of(ran).Where(row => row.Chosen), row => Assert.Equal((Tuning.Grid[0], 7.0), (row.LearningRate, row.ValidationGap)));
    }

    [Fact]
    public void The_lab_runs_what_decides_and_tells_what_it_left_out()
    {
        var study = Study.Main.Tuning with { OfSeed = scale => [.. Study.Main.Tuning.OfSeed(scale).Where(spec => spec is { Title: "GA", Searched: 1e-4 or 0.3 })] };
        using var lab = Open(Scale.Smoke);
        var raced = lab.Run(study, seeds: 2, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(raced.Select(result => result.Key), lab.Run(study, seeds: 2, cancellation: TestContext.Current.CancellationToken).Select(result => result.Key));
        var all = lab.RunAsIs(lab.Specs(study, 2), (_, _) => { }, TestContext.Current.CancellationToken);
        Assert.Equal((3, 4), (raced.Count, all.Count));
        Assert.Equal(Pilot.Of(all).Single(row => row.Chosen), Pilot.Of(raced).Single(row => row.Chosen));
        Assert.Contains(news, piece => piece.Text.EndsWith("runs are left out: whatever they gave, no other value would be chosen.", StringComparison.Ordinal));
    }

    private static (IReadOnlyList<RunResult> Ran, int Asked) Race(IReadOnlyDictionary<ExperimentSpec, RunResult?> oracle)
    {
        var (ran, lost, asked) = (new List<RunResult>(), new HashSet<ExperimentSpec>(), new HashSet<ExperimentSpec>());
        while (Search.Next(Specs, ran, lost) is { Count: > 0 } next)
        {
            Assert.All(next, spec => Assert.True(asked.Add(spec), "a run is asked for twice"));
            ran.AddRange(next.Select(spec => oracle[spec]).OfType<RunResult>());
            lost.UnionWith(next.Where(spec => oracle[spec] is null));
        }
        return (ran, asked.Count);
    }

    private static IEnumerable<(string, double, double)> Choices(IReadOnlyCollection<RunResult> results) =>
        Pilot.Of(results, 3).Where(row => row.Chosen).OrderBy(row => row.Title, StringComparer.Ordinal).Select(row => (row.Title, row.LearningRate, row.ValidationGap));

    private static RunResult Result(ExperimentSpec spec, double gap, bool suppressed) => SampleResult.Of(spec.Method, spec.Seeds.Unlearning, gap) is var result && suppressed
        ? result with { Standings = [new(0.8, 0), new(0.48, 0.05), new(0.1, 0.7)] }
        : result;
}
