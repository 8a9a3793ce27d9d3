namespace FaLW.Tests.Experiments;

/// <summary>Requests at the edge: classes that go whole, a tail of one image a class, one image in all. A number that there is none of is a dash, never NaN in words, and reports say how many classes are left.</summary>
public sealed class SteepRequestTests : InLab
{
    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void Whole_classes_may_go_and_every_class_has_a_sample(double gamma) => Run(new ForgetRule(0.2, gamma, Cap: 1), (result, report) =>
    {
        Assert.All(result.ForgetCounts, count => Assert.True(count >= 1));
        var whole = result.RetrainClasses.Count(row => double.IsNaN(row.RetainAccuracy));
        Assert.InRange(whole, 1, 2);
        Assert.Contains(HonestNotes.Of(MethodRuns.Of([result]), ""), note => note.Contains(FormattableString.Invariant($"{whole} of 10 classes are forgotten whole"), StringComparison.Ordinal)
            && note.Contains(FormattableString.Invariant($"{10 - whole} classes are left"), StringComparison.Ordinal));
        Assert.All(DeviationTable.Of([result]).Rows[^1].Cells.Skip(1).SkipLast(1), cell => Assert.True(double.IsFinite(cell.Value)));
    });

    public static TheoryData<ForgetRule, int, string> Named => new()
    {
        { ForgetRule.OfImages(17), 1, "image 17 forgotten" },
        { ForgetRule.OfClasses(3), 1, "3 forgotten whole" },
        { ForgetRule.AllBut(3, of: 10), 9, "9 of 10 classes forgotten whole" },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public void One_image_one_class_and_all_classes_but_one_may_be_named(ForgetRule rule, int classes, string words) => Run(rule, (result, report) =>
    {
        Assert.Equal(classes, result.ForgetCounts.Count(count => count > 0));
        Assert.Contains(words, report, StringComparison.Ordinal);
        // What was forgotten can be asked for again, image by image, from a frame of the result.
        Assert.Equal([.. result.Samples.Select(row => row.Row).Order()], new[] { result }.ToDataFrame(Rows.PerSample).ToForgetRule().Images);
        if (rule.Images is not null) Assert.Equal(rule.Images, result.Samples.Select(row => row.Row));
    });

    private void Run(ForgetRule rule, Action<RunResult, string> check)
    {
        using var lab = Lab.Open(Scale.Smoke, Settings with { Threads = 1 });
        var plain = lab.Rewrite([Protocol.Cifar100.With(Study.Main.Specs(Scale.Smoke, 1)[4].Method).WithSeed(0)])[0];
        var result = lab.Run(plain with { Data = plain.Data with { Forget = rule } })[0];
        Table[] tables = [ResultsTable.Of([result]), DeviationTable.Of([result]), SkewTable.Of([result]), ClassTable.Of([result])];
        Assert.All(tables, table => Assert.DoesNotContain("NaN", table.ToText() + table.ToMarkdown() + table.ToLatex(), StringComparison.Ordinal));
        Assert.All(ResultsTable.Of([result]).Rows[^1].Cells.Skip(1), cell => Assert.True(double.IsFinite(cell.Value)));
        // Letters of an embedded picture or typeface are no number.
        var words = Regex.Replace(File.ReadAllText(Report.Write(home["report"], [result], "Steep")[0]), "[A-Za-z0-9+/=]{100,}", "", RegexOptions.None, TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("NaN", words, StringComparison.Ordinal);
        check(result, words);
    }
}
