namespace FaLW.Tests.Studies;

/// <summary>Every method gets the rate with its smallest validation gap; test scores have no say.</summary>
public sealed class PilotTests
{
    [Fact]
    public void The_smallest_mean_validation_gap_of_a_method_is_chosen()
    {
        RunResult[] results =
        [
            Result(0.1, seed: 1000, gap: 2), Result(0.1, seed: 1001, gap: 6),
            Result(0.01, seed: 1000, gap: 3), Result(0.01, seed: 1001, gap: 3.5),
        ];
        Assert.Equal([Row(0.01, 3.25, true), Row(0.1, 4, false)], Pilot.Of(results));
    }

    [Fact]
    public void The_smaller_rate_wins_a_tie() => Assert.Equal(
        [true, false], Pilot.Of([Result(0.1, 1000, 2), Result(0.01, 1000, 2)]).Select(row => row.Chosen));

    /// <summary>A mean over the seeds that survived would favour values at the edge.</summary>
    [Fact]
    public void A_value_that_diverged_on_one_seed_is_not_chosen_for_how_it_did_on_the_others()
    {
        var rows = Pilot.Of([Result(0.1, 1000, 1), Result(0.01, 1000, 3), Result(0.01, 1001, 5)]);
        Assert.Equal([Row(0.01, 4, true), Row(0.1, double.NaN, false) with { AtLeast = 0.5 }], rows);
        Assert.DoesNotContain(Pilot.Of([Result(0.1, 1000, 1), Result(0.01, 1001, 3)]), row => row.Chosen);
    }

    /// <summary>The nearest value only lowered confidence; the next one is taken, and where there is no other the mark stays.</summary>
    [Fact]
    public void A_value_that_suppressed_on_one_seed_is_marked_and_passed_over()
    {
        static RunResult Suppressed(RunResult result) => result with { Standings = [new(0.8, 0), new(0.48, 0.05), new(0.1, 0.7)] };
        var rows = Pilot.Of([Suppressed(Result(0.1, 1000, 1)), Result(0.1, 1001, 1), Result(0.01, 1000, 3), Result(0.01, 1001, 3)]);
        Assert.Equal([(0.01, true, 0), (0.1, false, 1)], rows.Select(row => (row.LearningRate, row.Chosen, row.Suppressed)));
        Assert.Equal((true, 1), Pilot.Of([Suppressed(Result(0.1, 1000, 1))]).Select(row => (row.Chosen, row.Suppressed)).Single());
        Assert.Contains("0.1 → 1.0 s", FaLW.Plots.SearchTable.Of(rows).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_a_search_tells_steps_rule_and_budget()
    {
        var text = FaLW.Plots.SearchTable.Of(Pilot.Of([Result(0.1, 1000, 1)])).ToText();
        Assert.All(["steps", "20", Tuning.SmallestValidationGap[..40], Tuning.EqualBudget[..40]], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Equal(Tuning.EqualBudget, Tuning.Of(Study.Main, Scale.Small, [Result(0.1, 1000, 1)]).Budget);
    }

    [Fact]
    public void Every_method_chooses_for_itself()
    {
        RunResult[] results = [.. Study.Main.Tuning.Specs(Scale.Small, 1).Select((spec, i) => SampleResult.Of(spec.Method, Study.PilotSeed, validationGap: i))];
        var chosen = Pilot.Of(results).Where(row => row.Chosen).ToList();
        Assert.Equal(["FT", "RL", "GA", "SalUn", "FaLW"], chosen.Select(row => row.Title));
        Assert.All(chosen, row => Assert.Equal(Tuning.Grid[0], row.LearningRate));
    }

    [Fact]
    public void What_diverged_stands_in_the_record_without_a_gap_and_is_never_chosen()
    {
        RunResult[] results = [.. Study.Main.Tuning.Specs(Scale.Small, 1).Where(spec => spec.Unlearner.Searched < 1).Select((spec, i) => SampleResult.Of(spec.Method, Study.PilotSeed, validationGap: i))];
        Assert.Equal(Tuning.Of(Study.Main, Scale.Small, results).Rows, Tuning.Of(Study.Main.Tuning, Scale.Small, results).Rows);
        var rows = Tuning.Of(Study.Main, Scale.Small, results).Rows.Where(row => row.Title == "GA").ToList();
        Assert.Equal(Tuning.Grid, rows.Select(row => row.LearningRate));
        Assert.Equal((double.NaN, false), (rows[^1].ValidationGap, rows[^1].Chosen));
        Assert.Single(rows, row => row.Chosen);
    }

    /// <summary>A method without a searched setting has the value NaN, which no comparison finds again.</summary>
    [Fact]
    public void A_method_without_a_setting_to_search_stands_in_the_record_once()
    {
        var bridge = Study.Grid.Tuning.Specs(Scale.Small, 1).Single(spec => spec.Unlearner is ClosedFormBridge);
        var rows = Tuning.Of(Study.Grid, Scale.Small, [SampleResult.Of(bridge.Method, Study.PilotSeed, validationGap: 3)]).Rows;
        Assert.Equal(3, Assert.Single(rows, row => row.Title == bridge.Title).ValidationGap);
    }

    private static Pilot Row(double rate, double gap, bool chosen) => new("FT", rate, gap, chosen) { Steps = 20 };

    private static RunResult Result(double rate, int seed, double gap) =>
        SampleResult.Of(new Method(new FineTune(5, rate), new UniformWeighting()), seed, gap);
}
