using System.Text.Json;
using FaLW.Metrics;
using FaLW.Tests.House;

namespace FaLW.Tests.Metrics;

/// <summary>Against scikit-learn's logistic regression on stored numbers (fixtures/logistic.py).</summary>
public sealed class EntropyAttackTests
{
    private static readonly StoredFit[] Stored = JsonSerializer.Deserialize<StoredFit[]>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Metrics", "fixtures", "logistic.json")))!;

    public static TheoryData<string> Cases => [.. Stored.Select(fit => fit.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_fits_as_the_stored_classifier(string name)
    {
        var stored = Stored.Single(fit => fit.Name == name);
        var ours = LogisticRegression.Fit(stored.Members, stored.NonMembers);
        Assert.Equal(stored.Slope, ours.Slope, 1e-4);
        Assert.Equal(stored.Intercept, ours.Intercept, 1e-4);
    }

    /// <summary>At the optimum the slope is the balanced sum of errors times values, and the errors of both sides cancel.</summary>
    [Fact]
    public void The_gradient_vanishes()
    {
        var stored = Stored[0];
        var ours = LogisticRegression.Fit(stored.Members, stored.NonMembers, cost: 2);
        double Error(double x, double y) => y / (1 + Math.Exp(y * ours.Decide(x)));
        double all = stored.Members.Length + stored.NonMembers.Length;
        var (a, b) = (all / stored.Members.Length, all / stored.NonMembers.Length);
        Assert.Equal(0, stored.Members.Sum(x => a * Error(x, 1)) + stored.NonMembers.Sum(x => b * Error(x, -1)), 1e-7);
        Assert.Equal(ours.Slope, stored.Members.Sum(x => a * x * Error(x, 1)) + stored.NonMembers.Sum(x => b * x * Error(x, -1)), 1e-7);
    }

    [Fact]
    public void Remembered_samples_are_members_and_forgotten_ones_are_not()
    {
        var stored = Stored.Single(fit => fit.Name == "memorised");
        var known = EntropyAttack.Of(stored.Members, stored.Members, stored.NonMembers);
        var forgotten = EntropyAttack.Of(stored.NonMembers, stored.Members, stored.NonMembers);
        Assert.InRange(known.Member, 95, 100);
        Assert.InRange(forgotten.Member, 0, 30);
        Assert.Equal((known.Member + 100 - forgotten.Member) / 2, known.ShadowAccuracy, 10);
        Assert.Equal(stored.Slope * -known.Boundary, stored.Intercept, 1e-4);
    }

    [Fact]
    public void An_empty_side_is_refused() => Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([], [1]));

    private sealed record StoredFit(string Name, double[] Members, double[] NonMembers, double Slope, double Intercept);
}
