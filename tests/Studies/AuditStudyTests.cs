namespace FaLW.Tests.Studies;

/// <summary>The study at smoke scale: its controls come out as they must, it is resumed and not begun again, and its record is what was computed.</summary>
public sealed class AuditStudyTests(AuditStudyRun run) : IClassFixture<AuditStudyRun>
{
    private AuditRow Original => run.Result.Original;

    private AuditRow Retrain => run.Result.Retrain;

    [Fact]
    public void Attacks_find_Original_and_no_more_than_chance_in_Retrain()
    {
        // 160 forget samples against 200 non-members: five standard errors of 0.031 above chance, and within three of it.
        Assert.True(Original.RelativeMembership.Average(curve => curve.Area) > 0.655, $"{Original.RelativeMembership}");
        Assert.InRange(Retrain.RelativeMembership.Average(curve => curve.Area), 0.407, 0.593);
        Assert.True(Original.LikelihoodRatio.Curve.Area > 0.75, $"{Original.LikelihoodRatio.Curve}");
        Assert.InRange(Retrain.LikelihoodRatio.Curve.Area, 0.44, 0.56);
    }

    [Fact]
    public void Margins_of_Original_are_far_above_the_null_level_and_the_level_falls_with_the_number_of_models()
    {
        Assert.True(Original.Margins.Average(gap => gap.Scaled) > 2 * Retrain.Margins.Average(gap => gap.Scaled));
        Assert.True(Original.Margins.Average(gap => gap.Gaussian) > 3 * Retrain.Margins.Average(gap => gap.Gaussian));
        var (fewest, most) = (run.Result.Levels[0], run.Result.Levels[^1]);
        Assert.Equal((2, run.Result.Spec.Models / 2), (fewest.Models, most.Models));
        Assert.True(most.Nothing.Scaled < fewest.Nothing.Scaled && most.Nothing.Binned < fewest.Nothing.Binned);
    }

    [Fact]
    public void Original_knows_at_once_what_Retrain_must_relearn_and_Retrain_recovers_little_without_it()
    {
        Assert.All(Original.StepsTo(run.Result.Bars), steps => Assert.Equal(0, steps));
        Assert.All(Retrain.StepsTo(run.Result.Bars), steps => Assert.InRange(steps, 3, 100));
        Assert.All(run.Result.AnamnesisIndex(Retrain), index => Assert.Equal(1, index));
        Assert.All(Retrain.OnRetain, curve => Assert.InRange(curve.End - curve.Start, -10, 10));
        Assert.True(Original.Recovered.Average() > Retrain.Recovered.Average() + 10);
    }

    [Fact]
    public void Exchanged_labels_confuse_Original_and_not_Retrain_and_Retrain_is_nearer_to_an_untrained_network()
    {
        Assert.True(Original.Confusion.Average() > Retrain.Confusion.Average() + 10, $"{Original.Confusion} {Retrain.Confusion}");
        Assert.All(Original.ZeroRetrain.Zip(Retrain.ZeroRetrain), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void The_table_has_the_controls_first_and_marks_no_reading_of_Original()
    {
        var table = AuditTable.Of(run.Result);
        Assert.Equal(["Original (to be found)", "Retrain (nothing to find)", "null level", "FT", "RL", "SalUn", "FaLW"], table.Rows.Select(row => row.Cells[0].Text));
        Assert.DoesNotContain(table.Rows[0].Cells, cell => cell.Best);
        Assert.StartsWith(table.ToText(), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_job_goes_on_where_it_stopped_and_makes_nothing_twice()
    {
        Assert.Equal((130, 0), (run.Interrupted, run.Finished));
        string[] after = [.. AuditStudyRun.Done(run.Lines)];
        var all = int.Parse(after[0].Split('/')[1][..^1], CultureInfo.InvariantCulture);
        Assert.Empty(run.Before.Intersect(after, StringComparer.Ordinal));
        Assert.Equal(all, run.Before.Count + after.Length);
    }

    [Fact]
    public void What_was_cut_out_of_the_cache_is_made_again_alone_and_gives_the_same_numbers()
    {
        string[] cut = [.. new[] { "unlearned", "relearned", "confusion" }.Select(stage => Directory.GetDirectories(run.Home[$"cache/{stage}"]).Order(StringComparer.Ordinal).First())];
        foreach (var folder in cut) Directory.Delete(folder, recursive: true);
        using var falw = run.Start("--no-records");
        Assert.Equal(0, falw.End().ExitCode);
        Assert.Equal(3, AuditStudyRun.Done(falw.Lines).Count());
        Assert.All(cut, folder => Assert.True(Directory.Exists(folder)));
        Assert.Equal(Numbers(run.Result), Numbers(ResultJson.FromJson<AuditResult>(File.ReadAllText(run.Home["out/audits.json"]))));
    }

    [Fact]
    public void A_record_answers_before_anything_is_computed()
    {
        using var lab = Lab.Open(Scale.Smoke, new LabSettings { Cache = run.Home["empty"], Records = run.Home["records"], Device = "cpu" });
        Assert.Equal(run.Result, lab.Audit(AuditStudy.Audits, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(run.Home["empty"]));
    }

    [Fact]
    public void The_report_is_written_in_every_form()
    {
        string[] names = ["report.html", "report.md", "audits.csv", "audits.tex", "figures/audits.png", "figures/relearning.pdf", "figures/null-levels.png"];
        Assert.All(names, name => Assert.True(File.Exists(run.Home[$"out/{name}"]), name));
        var page = File.ReadAllText(run.Home["out/report.html"]);
        Assert.All(["Original is found by", "<dt>U-LiRA</dt>", "null level", "An audit that finds nothing proves nothing"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    // Time alone may differ.
    private static AuditResult Numbers(AuditResult result) =>
        result with { Rows = result.Rows.Select(row => row with { Seconds = 0 }).ToValueList(), Origins = [] };
}
