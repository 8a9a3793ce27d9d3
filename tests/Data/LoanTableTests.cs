using FaLW.Data;

namespace FaLW.Tests.Data;

/// <summary>The generated loan decisions: the bias is where it was put, and nowhere else. Digits are held to an independent script in SoftWeightedStudyTests.</summary>
public sealed class LoanTableTests
{
    private const int Many = 4000;

    [Fact]
    public void A_seed_decides_and_more_applicants_leave_the_first_as_they_are()
    {
        Assert.Equal(new LoanTable().Applicants(20), new LoanTable().Applicants(20));
        Assert.Equal(new LoanTable().Applicants(20), [.. new LoanTable().Applicants(50).Take(20)]);
        Assert.NotEqual(new LoanTable(Seed: 1).Applicants(20), new LoanTable(Seed: 2).Applicants(20));
    }

    [Fact]
    public void Only_deserved_loans_of_group_0_are_refused_by_prejudice()
    {
        var deserving = new LoanTable().Applicants(Many).Where(a => a.Deserved).ToLookup(a => a.Group);
        Assert.DoesNotContain(deserving[1], a => a.Overruled);
        // Four standard errors of a share of 0.25 among about 1,200.
        Assert.InRange(deserving[0].Average(a => a.Overruled ? 1.0 : 0), 0.2, 0.3);
        Assert.DoesNotContain(new LoanTable().Applicants(Many), a => a.Approved && !a.Deserved);
    }

    [Fact]
    public void Prejudice_changes_decisions_and_nobodys_income()
    {
        var (just, unjust) = (new LoanTable(Prejudice: 0).Applicants(200), new LoanTable(Prejudice: 1).Applicants(200));
        Assert.All(just.Zip(unjust), pair => Assert.Equal(pair.First with { Approved = false }, pair.Second with { Approved = false }));
        Assert.DoesNotContain(unjust, a => a.Group == 0 && a.Approved);
        Assert.All(just, a => Assert.Equal(a.Deserved, a.Approved));
    }

    [Fact]
    public void Groups_differ_by_the_gaps_and_in_nothing_else()
    {
        var groups = new LoanTable(IncomeGap: 0.3, DistrictGap: 0.7).Applicants(Many).ToLookup(a => a.Group);
        double Distance(Func<LoanApplicant, double> number) => groups[1].Average(number) - groups[0].Average(number);
        // The difference of two means over 2,000 has a standard error of 0.032.
        Assert.Equal(0.6, Distance(a => a.Income), 0.1);
        Assert.Equal(1.4, Distance(a => a.District), 0.1);
        Assert.Equal(0, Distance(a => a.Savings), 0.1);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Contains("from 0 to 1", Assert.Throws<Fault>(() => new LoanTable(Prejudice: 1.5).Applicants(1)).Message, StringComparison.Ordinal);
        Assert.Throws<Fault>(() => new LoanTable(IncomeGap: double.NaN).Applicants(1));
    }

    [Fact]
    public void Normal_draws_have_mean_0_and_deviation_1()
    {
        var stream = new SeededStream(3, "normal");
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => stream.Normal())];
        Assert.Equal(0, draws.Average(), 0.03);
        Assert.Equal(1, draws.Average(x => x * x), 0.05);
        Assert.Equal(0.6827, draws.Average(x => Math.Abs(x) < 1 ? 1.0 : 0), 0.015);
    }
}
