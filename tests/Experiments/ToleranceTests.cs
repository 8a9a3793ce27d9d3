namespace FaLW.Tests.Experiments;

/// <summary>What may differ when a result is computed again, and what is told when more does.</summary>
public sealed class ToleranceTests
{
    private static readonly RunResult Result = SampleResult.Of(new Method(new RandomLabel(10, 0.013), new UniformWeighting()));

    private static readonly Tolerance Elsewhere = new("elsewhere", new Scores(6, 6, 6, 6), 0, 0.15);

    [Fact]
    public void A_result_agrees_with_itself() => Assert.Empty(Tolerance.SameGround.Differences(Result, Result));

    [Theory]
    [InlineData(0.04, true, true)]
    [InlineData(0.06, false, true)]
    [InlineData(-5.9, false, true)]
    [InlineData(6.1, false, false)]
    [InlineData(double.NaN, false, false)]
    public void An_accuracy_that_moved_is_told_with_both_numbers(double by, bool holdsHere, bool holdsElsewhere)
    {
        var moved = Result with { Retrain = Result.Retrain with { TestAccuracy = Result.Retrain.TestAccuracy + by } };
        Assert.Equal(holdsHere, Tolerance.SameGround.Differences(Result, moved).Count == 0);
        Assert.Equal(holdsElsewhere, Elsewhere.Differences(Result, moved).Count == 0);
        if (!holdsElsewhere) Assert.StartsWith("test accuracy of Retrain is 60.00 in the record and ", Assert.Single(Elsewhere.Differences(Result, moved)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_score_of_every_model_counts()
    {
        var (low, high) = (new Scores(10, 10, 10, 10), new Scores(90, 90, 90, 90));
        var one = Result with { Original = low, Retrain = low, Unlearned = low };
        var other = Result with { Original = high, Retrain = high, Unlearned = high };
        Assert.Equal(12, Tolerance.SameGround.Differences(one, other).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>80 of 200, with one hit and one miss more 81 of 202: three standard errors of a difference are 300 sqrt(2 * 0.401 * 0.599 / 200) = 14.70 points.</summary>
    [Theory]
    [InlineData(14.6, true)]
    [InlineData(14.8, false)]
    public void A_share_of_few_samples_may_differ_by_standard_errors_more(double points, bool holds)
    {
        var many = Result with { Samples = [.. Enumerable.Range(0, 200).Select(i => new SampleRow(i, 0, 0.5, 0.5, 0.5))] };
        var moved = many with { Retrain = many.Retrain with { MembershipInference = many.Retrain.MembershipInference + points } };
        Assert.Equal(holds, (Elsewhere with { Points = new Scores(0, 0, 0, 0), Errors = 3 }).Differences(many, moved).Count == 0);
    }

    /// <summary>Eight pairs two points apart: the 99.95 % point of Student's t with eight degrees of freedom is 5.0413 (tables).</summary>
    [Fact]
    public void Elsewhere_chance_is_what_records_measure_between_Retrains_of_two_seeds()
    {
        var records = Enumerable.Range(0, 8).Select(i => Pair(60 + i, i % 2 == 0 ? 2 : -2)).ToArray();
        var tolerance = Tolerance.Between(records[0], There, records.Concat(records).Append(Result));
        Assert.Equal(10.083, tolerance.Points.TestAccuracy, 2);
        Assert.Equal(0, tolerance.Points.RetainAccuracy, 9);
        Assert.Equal(5.0413, tolerance.Errors, 3);
        Assert.Equal((0.25 + 0.25 + 0.125) / 3, tolerance.Probability, 9);
        Assert.Contains("8 pairs", tolerance.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_other_images_are_asked_only_where_there_are_too_few_of_these()
    {
        static RunResult Other(RunResult run) => run with { Spec = run.Spec with { Data = run.Spec.Data with { Benchmark = FaLW.Data.Benchmark.Cifar10 } } };
        RunResult[] these = [Pair(1, 1), Pair(2, 1), Pair(3, 1)], others = [Other(Pair(4, 9)), Other(Pair(5, 9)), Other(Pair(6, 9))];
        Assert.Contains("3 pairs", Tolerance.Between(these[0], There, [.. these, .. others]).Words, StringComparison.Ordinal);
        Assert.Contains("5 pairs", Tolerance.Between(these[0], There, [.. these.Take(2), .. others]).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_tells_chance_splits_alone_are_compared_and_the_report_says_so()
    {
        var tolerance = Tolerance.Between(Result, There, [Result]);
        Assert.StartsWith("nothing but splits", tolerance.Words, StringComparison.Ordinal);
        Assert.Empty(tolerance.Differences(Result, Moved("Retrain", 0.5)));
        Assert.Single(tolerance.Differences(Result, Result with { Provenance = Result.Provenance with { SplitsHash = "other" } }));
        Assert.Single(tolerance.Differences(Result, Result with { Unlearned = Result.Unlearned with { TestAccuracy = double.NaN } }));
    }

    private static Provenance There => Result.Provenance with { Processor = "another" };

    private static RunResult Pair(double test, double apart)
    {
        var pair = SampleResult.WithControl(Result.Spec.Method);
        return pair with
        {
            Retrain = pair.Retrain with { TestAccuracy = test },
            Control = pair.Control! with { Scores = pair.Retrain with { TestAccuracy = test + apart } },
        };
    }

    [Theory]
    [InlineData("Original")]
    [InlineData("Retrain")]
    [InlineData("Unlearned")]
    public void Probabilities_count_by_their_mean_distance(string model)
    {
        // Three samples, one of them moved by 0.6: 0.2 on average.
        var moved = Moved(model, 0.6);
        Assert.Contains($"under {model} differs by 0.2000 on average", Assert.Single(Elsewhere.Differences(Result, moved)), StringComparison.Ordinal);
        Assert.Empty(Elsewhere.Differences(Result, Moved(model, 0.4)));
        Assert.Empty(Tolerance.SameGround.Differences(Result, Moved(model, 2e-4)));
        Assert.Single(Tolerance.SameGround.Differences(Result, Moved(model, 4e-4)));
    }

    [Fact]
    public void Other_splits_or_samples_are_told()
    {
        Assert.Contains("splits", Assert.Single(Elsewhere.Differences(Result, Result with { Provenance = Result.Provenance with { SplitsHash = "other" } })), StringComparison.Ordinal);
        Assert.Contains("not those", Elsewhere.Differences(Result, Result with { Samples = [Result.Samples[0]] })[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Grounds_are_device_processor_threads_and_libtorch()
    {
        var here = Result.Provenance;
        Assert.Same(Tolerance.SameGround, Tolerance.Between(Result, here with { When = "later", Kit = "another", System = "renamed" }, []));
        Provenance[] others = [here with { Device = "cuda" }, here with { Processor = "x" }, here with { Threads = 9 }, here with { Libtorch = "2.5" }];
        Assert.All(others, other => Assert.NotSame(Tolerance.SameGround, Tolerance.Between(Result, other, [])));
        var rounded = Rounded(Result, "a");
        Assert.Same(Tolerance.SameGround, Tolerance.Between(rounded, here with { Arithmetic = "a" }, []));
        Assert.NotSame(Tolerance.SameGround, Tolerance.Between(rounded, here with { Arithmetic = "b" }, []));
    }

    /// <summary>Two processors of one name: a record that does not say how it rounds cannot tell which it was, but Original's digits do.</summary>
    [Fact]
    public void A_record_that_does_not_say_how_it_rounds_is_held_to_chance_where_its_Original_has_other_digits()
    {
        RunResult[] records = [.. Enumerable.Range(0, 8).Select(i => Pair(60 + i, i % 2 == 0 ? 2 : -2))];
        var record = records[0];
        RunResult Again(double original, double retrain) => Rounded(record, "b") with
        {
            Original = record.Original with { TestAccuracy = record.Original.TestAccuracy + original },
            Retrain = record.Retrain with { TestAccuracy = record.Retrain.TestAccuracy + retrain },
        };
        Assert.Same(Tolerance.SameGround, Tolerance.Of(record, Again(0, 5), records));
        var near = Tolerance.Of(record, Again(1, 5), records);
        Assert.EndsWith("or a kit changed numbers", near.Words, StringComparison.Ordinal);
        Assert.Empty(near.Differences(record, Again(1, 5)));
        Assert.NotEmpty(near.Differences(record, Again(1, 1000)));
        Assert.Same(Tolerance.SameGround, Tolerance.Of(Rounded(record, "b"), Again(1, 5), records));
        Assert.Same(Tolerance.SameGround, Tolerance.Of(record, Again(1, 5), [record]));
    }

    /// <summary>An Original of another machine, out of a cache that both share.</summary>
    [Fact]
    public void Every_model_of_a_record_must_have_been_made_on_the_same_ground()
    {
        var mixed = Result with { Times = [new StageTime("original", 1) { Provenance = There }] };
        Assert.NotSame(Tolerance.SameGround, Tolerance.Between(mixed, Result.Provenance, []));
    }

    private static RunResult Rounded(RunResult run, string digits)
    {
        Provenance Of(Provenance? origin) => (origin ?? run.Provenance) with { Arithmetic = digits };
        StageTime Made(StageTime time) => time with { Provenance = Of(time.Provenance) };
        return run with { Provenance = Of(null), Times = [.. run.Times.Select(Made)], Control = run.Control is { } other ? other with { Time = Made(other.Time) } : null };
    }

    [Theory]
    [InlineData("0.1.0+0123456789abcdef", true, "0.1.0+0123456789ab")]
    [InlineData("0.1.0+0123456789abcdef.changed", false, "0.1.0+0123456789ab.changed")]
    [InlineData("0.1.0+0f3c", true, "0.1.0+0f3c")]
    [InlineData("0.1.0", false, "0.1.0")]
    [InlineData("unknown", false, "unknown")]
    public void A_kit_names_its_commit_when_nothing_was_changed_since_and_is_told_with_twelve_digits_of_it(string kit, bool names, string words)
    {
        var provenance = Result.Provenance with { Kit = kit };
        Assert.Equal((names, words), (provenance.NamesCommit, provenance.ShortKit));
    }

    private static RunResult Moved(string model, double by)
    {
        var row = Result.Samples[0];
        var moved = model switch
        {
            "Original" => row with { Original = row.Original - by },
            "Retrain" => row with { Retrain = row.Retrain + by },
            _ => row with { Unlearned = row.Unlearned + by },
        };
        return Result with { Samples = [moved, .. Result.Samples.Skip(1)] };
    }
}
