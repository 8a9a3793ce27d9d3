namespace FaLW.Tests.Plots;

/// <summary>The report is whole, needs nothing from outside, and says what must be said.</summary>
public sealed class ReportTests(ReportTests.Written written) : IClassFixture<ReportTests.Written>
{
    private readonly IReadOnlyList<string> files = written.Files;
    private readonly string page = File.ReadAllText(written.Files[0]);

    /// <summary>One report for all tests.</summary>
    public sealed class Written : InFolder
    {
        public Written() =>
            Files = Report.Write(home.Path, SomeResults.Study(3), "A study <small>", "Which method is nearest?", "Rates were chosen on pilot seed 1000.");

        public string Folder => home.Path;

        public IReadOnlyList<string> Files { get; }
    }

    [Fact]
    public void Every_form_is_written() => Assert.Equal(
        [
            "report.html", "report.md", "results.csv", "results.tex", "deviation.csv", "deviation.tex", "skew.csv", "skew.tex", "known.csv", "known.tex",
            .. from name in new[] { "forget-set", "deviation", "deviation-accuracy", "gaps", "probability", "loss" }
               from form in new[] { "png", "pdf" }
               select $"figures/{name}.{form}",
        ],
        files.Select(f => Path.GetRelativePath(written.Folder, f).Replace('\\', '/')));

    [Fact]
    public void The_page_loads_nothing()
    {
        var outside = Regex.Matches(page, @"(?:src|href|url|@import)\s*[=(]?\s*[""']?\s*(?:https?:)?//", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5));
        Assert.Empty(outside);
        Assert.Equal("https://cdn.plot.ly/plotly-2.35.2.min.js", Assert.Single(Regex.Matches(page, @"https?://[^""' <]*", RegexOptions.None, TimeSpan.FromSeconds(5))).Value);
        Assert.Contains("button.addEventListener('click'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_are_balanced()
    {
        var open = new Stack<string>();
        var body = Regex.Replace(page, @"<(script|style)[^>]*>.*?</\1>", "", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        foreach (Match tag in Regex.Matches(body, @"<(/?)([a-z][a-z0-9]*)((?:[^>""]|""[^""]*"")*?)(/?)>", RegexOptions.None, TimeSpan.FromSeconds(20)))
        {
            var name = tag.Groups[2].Value;
            if (name is "meta" or "img" || tag.Groups[4].Length > 0) continue;
            if (tag.Groups[1].Length == 0) open.Push(name);
            else Assert.Equal(open.Pop(), name);
        }
        Assert.Empty(open);
    }

    [Theory]
    [InlineData("A study &lt;small&gt;")]
    [InlineData("Which method is nearest?")]
    [InlineData("This is not the paper's scale")]
    [InlineData("3 seeds, each with its own split")]
    [InlineData("Rates were chosen on pilot seed 1000.")]
    [InlineData("No metric is better when higher or lower, only when nearer.")]
    [InlineData("% of the images to forget; Retrain, which never saw them, knows")]
    [InlineData("points are there to be forgotten.")]
    [InlineData("By Average Gap, SalUn is nearest to Retrain")]
    [InlineData("By mean |deviation| of the forget samples, FaLW is nearest to Retrain")]
    [InlineData("Where every number was computed")]
    [InlineData("Weighting.Tau")]
    public void The_page_says(string sentence) => Assert.Contains(sentence, page, StringComparison.Ordinal);

    [Fact]
    public void Where_Original_is_Retrain_the_first_sentences_say_that_nothing_is_to_be_learned()
    {
        var said = FindingSentences.Of(MethodRuns.Of([.. SomeResults.Study(2).Select(result => result with { Original = result.Retrain })]));
        Assert.Contains("there is hardly anything to forget", said[0], StringComparison.Ordinal);
        Assert.StartsWith("By Average Gap, no method is nearer to Retrain than Original, which forgets nothing and stands at 0.00", said[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_is_defined_under_the_table() => Assert.All(Metric.Meanings, m => Assert.Contains($"<dt>{m.Name}</dt>", page, StringComparison.Ordinal));

    [Fact]
    public void Retrain_is_the_first_row() => Assert.Matches(@"<tbody>\n<tr class=""reference""[^>]*><td[^>]*>Retrain", page);

    [Fact]
    public void Markdown_points_to_pictures_that_are_there()
    {
        var pictures = Regex.Matches(File.ReadAllText(files[1]), @"\]\(([^)]+)\)", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(files.Count(file => Path.GetExtension(file) == ".png"), pictures.Length);
        Assert.All(pictures, p => Assert.True(File.Exists(Path.Combine(written.Folder, p))));
    }

    [Fact]
    public void A_sweep_of_settings_is_answered_by_a_curve()
    {
        using var other = new TemporaryFolder();
        var one = SomeResults.Study(1).Where(r => r.Title == "RL").ToArray();
        double[] rates = [.. Enumerable.Range(1, 13).Select(i => 0.001 * i)];
        var sweep = rates.Select(rate => one[0] with { Spec = one[0].Spec with { Unlearner = new RandomLabel(5, rate) }, ValidationGap = rate }).ToArray();
        var sweepFiles = Report.Write(other.Path, sweep, "A pilot");
        Assert.Contains(sweepFiles, f => f.EndsWith("sensitivity.pdf", StringComparison.Ordinal));
        var swept = File.ReadAllText(sweepFiles[0]);
        Assert.Contains("0.013 → 0.0", swept, StringComparison.Ordinal);
        Assert.DoesNotContain("Test accuracy", swept, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_model_that_only_guesses_is_named_and_not_averaged_away()
    {
        using var other = new TemporaryFolder();
        var runs = SomeResults.Study(2).ToArray();
        var at = Array.FindIndex(runs, run => run.Title == "GA");
        runs[at] = runs[at] with { Unlearned = runs[at].Unlearned with { RetainAccuracy = 5 } };
        var text = File.ReadAllText(Report.Write(other.Path, runs, "A study")[0]);
        Assert.Contains("GA collapsed in 1 of 2 runs", text, StringComparison.Ordinal);
        Assert.DoesNotContain("collapsed", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Suppression_is_named()
    {
        var runs = SomeResults.Study(2).Select((run, i) => run with { Standings = [new(0.9, 0), new(0.5, 0.05), new(i == 1 ? 0.1 : 0.4, 0.5)] }).ToArray();
        var found = HonestNotes.Of(MethodRuns.Of(runs), "").Where(note => note.Contains("suppressed", StringComparison.Ordinal));
        Assert.StartsWith("RL suppressed in 1 of 2 runs", Assert.Single(found), StringComparison.Ordinal);
    }
}
