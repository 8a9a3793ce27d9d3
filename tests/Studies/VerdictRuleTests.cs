namespace FaLW.Tests.Studies;

/// <summary>Every verdict from made-up readings: the paper's sign is −1 and its size −2 unless a test says otherwise, the margin 0.25.</summary>
public sealed class VerdictRuleTests
{
    private const double Beyond = 0.01, Chance = 0.4;

    [Theory]
    [InlineData(-2.2, 0.5, Beyond, true, Verdict.Reproduced)]                  // the size lies within
    [InlineData(-2.7, 0.5, Beyond, true, Verdict.Reproduced)]                  // ... widened by the margin
    [InlineData(-4.0, 0.5, Beyond, true, Verdict.SameDirection)]               // another size
    [InlineData(-2.0, 0.5, Beyond, false, Verdict.SameDirection)]              // the very number at another scale reproduces nothing
    [InlineData(2.0, 0.5, Beyond, true, Verdict.Contradicted)]                 // the other sign
    [InlineData(2.0, 0.5, Beyond, false, Verdict.Contradicted)]
    [InlineData(-0.5, 3.0, Chance, true, Verdict.NoDifferenceDetectable)]      // too wide to tell
    [InlineData(0.1, 0.4, Chance, true, Verdict.Contradicted)]                 // so narrow that it excludes the printed size
    [InlineData(0.1, 0.4, Chance, false, Verdict.NoDifferenceDetectable)]      // the same at another scale refutes nothing
    public void A_difference(double mean, double half, double adjusted, bool isPaper, Verdict expected) =>
        Assert.Equal(expected, VerdictRule.OfDifference(Made(mean, half, adjusted), -1, -2, 0.25, isPaper).Verdict);

    [Fact]
    public void A_sign_without_a_size_can_be_reproduced_and_cannot_be_refuted_by_chance()
    {
        Assert.Equal(Verdict.Reproduced, VerdictRule.OfDifference(Made(-9, 1, Beyond), -1, double.NaN, 0, isPaper: true).Verdict);
        Assert.Equal(Verdict.NoDifferenceDetectable, VerdictRule.OfDifference(Made(0, 0.01, Chance), -1, double.NaN, 0, isPaper: true).Verdict);
    }

    [Theory]
    [InlineData(2.1, 0.1, Verdict.Reproduced)]
    [InlineData(2.2, 0.1, Verdict.NoDifferenceDetectable)]
    [InlineData(2.6, 0.2, Verdict.Contradicted)]
    [InlineData(2.0, 4.0, Verdict.NoDifferenceDetectable)]
    public void A_number_at_the_scale_of_the_paper(double mean, double half, Verdict expected) =>
        Assert.Equal(expected, VerdictRule.OfNumber(Made(mean, half, double.NaN), 2, 0.25).Verdict);

    [Fact]
    public void A_number_at_another_scale_is_at_most_the_same_direction()
    {
        var number = Claims.All.First(claim => claim.Kind == ClaimKind.Number);
        Reading[] exact = [Made(number.Parts[0].Published, 0.01, double.NaN), Made(number.Parts[1].Published, 0.01, Beyond)];
        Assert.Equal(Verdict.Reproduced, VerdictRule.Of(number, exact, isPaper: true).Verdict);
        Assert.Equal(Verdict.SameDirection, VerdictRule.Of(number, exact, isPaper: false).Verdict);
        Assert.Equal(Verdict.NoDifferenceDetectable, VerdictRule.Of(number, [exact[0], Made(-1, 5, Chance)], isPaper: false).Verdict);
        Assert.Equal(Verdict.NotRun, VerdictRule.Of(number, [None, exact[1]], isPaper: false).Verdict);
    }

    public static TheoryData<double[], string> Blind => new()
    {
        { [-2.0], "one seed has no interval" },
        { [-2.0, -2.0], "all seeds alike, so no spread to judge by" },
        { [0, 0, 0], "all seeds alike, so no spread to judge by" },
    };

    [Theory]
    [MemberData(nameof(Blind))]
    public void Without_a_spread_nothing_is_shown_and_it_says_so(double[] values, string reason)
    {
        var reading = new Reading(Statistics.Over(values), double.NaN, 7);
        var difference = VerdictRule.OfDifference(reading, -1, -2, 0.25, isPaper: true);
        Assert.Equal(("no difference detectable", double.NaN, reason), (difference.Words, difference.Detectable, difference.Reason));
        Assert.Equal(difference, VerdictRule.OfNumber(reading, -2, 0.25));
    }

    [Fact]
    public void No_seed_and_not_a_number_are_not_run()
    {
        Assert.Equal(Verdict.NotRun, VerdictRule.OfDifference(None, -1, -2, 0.25, isPaper: true).Verdict);
        Assert.Equal(Verdict.NotRun, VerdictRule.OfDifference(new Reading(Statistics.Over([double.NaN, 1]), double.NaN), -1, -2, 0.25, isPaper: true).Verdict);
        Assert.Equal(Verdict.NotRun, VerdictRule.OfNumber(None, -2, 0.25).Verdict);
    }

    [Fact]
    public void What_could_have_been_seen_grows_with_the_family()
    {
        var values = Statistics.Over([0.5, -0.4, 0.2, -0.3, 0.1]);
        double Seen(int family) => VerdictRule.OfDifference(new Reading(values, 0.9, family), -1, double.NaN, 0, isPaper: false).Detectable;
        Assert.Equal(DetectableDifference.OfSample(values.Deviation, 5), Seen(1), 12);
        Assert.Equal(DetectableDifference.OfSample(values.Deviation, 5, 1 - 0.05 / 7), Seen(7), 12);
        Assert.True(Seen(7) > Seen(1));
    }

    public static TheoryData<string, Verdict, string> Shapes => new()
    {
        { "++", Verdict.SameDirection, "" },
        { "+?", Verdict.NoDifferenceDetectable, "may be chance: γ 2" },
        { "+-", Verdict.Contradicted, "by γ 2" },
        { "+ ", Verdict.NotRun, "missing: γ 2" },
        { "- ", Verdict.Contradicted, "by γ 0" },      // one false part makes the whole false, whatever the others would say
        { "? ", Verdict.NotRun, "missing: γ 2" },
        { "  ", Verdict.NotRun, "" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_holds_when_all_its_parts_hold(string parts, Verdict expected, string reason)
    {
        var crossing = Claims.All.Single(claim => claim.Text.Contains("crosses", StringComparison.Ordinal));
        Reading[] readings = [.. crossing.Parts.Select((part, i) => parts[i] switch
        {
            '+' => Made(3 * part.Sign, 1, Beyond),
            '-' => Made(-3 * part.Sign, 1, Beyond),
            '?' => Made(part.Sign, 4, Chance),
            _ => None,
        })];
        var found = VerdictRule.Of(crossing, readings, isPaper: false);
        Assert.Equal((expected, reason), (found.Verdict, found.Reason));
        if (parts == "++") Assert.Equal(Verdict.Reproduced, VerdictRule.Of(crossing, readings, isPaper: true).Verdict);
    }

    private static Reading None => new(Statistics.Over([]), double.NaN);

    private static Reading Made(double mean, double half, double adjusted) => new(new Estimate(mean, half, 5, half), adjusted, 7);
}
