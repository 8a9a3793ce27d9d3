namespace FaLW.Tests.Metrics;

/// <summary>Against scikit-learn's SVC on stored numbers (fixtures/svc.py), and against optimality itself.</summary>
public sealed class SupportVectorClassifierTests
{
    private static readonly StoredFit[] Stored = Repository.Stored<StoredFit[]>("Metrics", "fixtures", "svc.json");

    public static TheoryData<string> Cases => [.. Stored.Select(fit => fit.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_decides_as_the_stored_classifier_and_has_its_objective(string name)
    {
        var stored = Of(name);
        var ours = SupportVectorClassifier.Fit(stored.Members, stored.NonMembers);
        for (var i = 0; i < stored.Decisions.Length; i++)
        {
            var decision = ours.Decide(i / 100.0);
            Assert.Equal(stored.Decisions[i], decision, 2e-5);
            if (Math.Abs(stored.Decisions[i]) > 1e-5) Assert.Equal(stored.Decisions[i] > 0, decision > 0);
        }

        Assert.All([ours.Dual, ours.Primal], objective => Assert.Equal(1, objective / stored.Dual, 1e-7));
    }

    [Fact]
    public void It_is_optimal_whatever_the_numbers_are() => Gen.Select(Numbers, Numbers).Sample((members, nonMembers) =>
        SupportVectorClassifier.Fit(members, nonMembers).Gap < 1e-6, iter: 100);

    [Fact]
    public void It_is_optimal_on_as_many_points_as_a_real_attack_has()
    {
        var draw = new Random(3);
        float[] members = [.. Enumerable.Range(0, 10_000).Select(_ => 1 - (float)Math.Pow(10, -1 - 8 * draw.NextDouble()))];
        float[] nonMembers = [.. Enumerable.Range(0, 10_000).Select(_ => (float)Math.Sqrt(draw.NextDouble()))];
        Assert.InRange(SupportVectorClassifier.Fit(members, nonMembers).Gap, -1e-9, 1e-8);
    }

    [Fact]
    public void The_order_of_the_numbers_does_not_matter()
    {
        var stored = Of("saturated");
        var forwards = SupportVectorClassifier.Fit(stored.Members, stored.NonMembers);
        var backwards = SupportVectorClassifier.Fit([.. stored.Members.Reverse()], [.. stored.NonMembers.Reverse()]);
        Assert.Equal(forwards.Decide(0.7), backwards.Decide(0.7));
    }

    /// <summary>All values equal: nothing can be learned, the bias is the middle of its interval, 0, unless one side has the majority.</summary>
    [Fact]
    public void Equal_numbers_on_both_sides_are_decided_by_the_majority()
    {
        Assert.Equal(0, SupportVectorClassifier.Fit([1, 1, 1], [1, 1, 1]).Decide(1), 1e-9);
        Assert.Equal(1, SupportVectorClassifier.Fit([1, 1, 1], [1, 1]).Decide(1), 1e-9);
    }

    [Fact]
    public void Twice_the_points_are_twice_the_price()
    {
        var stored = Of("memorised");
        var doubled = SupportVectorClassifier.Fit([.. stored.Members, .. stored.Members], [.. stored.NonMembers, .. stored.NonMembers]);
        var dearer = SupportVectorClassifier.Fit(stored.Members, stored.NonMembers, cost: 6);
        Assert.Equal(dearer.Decide(0.8), doubled.Decide(0.8), 1e-9);
    }

    [Fact]
    public void What_is_no_probability_is_refused() => Assert.Throws<Fault>(() => SupportVectorClassifier.Fit([1.5f], [0.5f]));

    private static StoredFit Of(string name) => Stored.Single(fit => fit.Name == name);

    // A coarse and a fine grid, so that ties, constants and near-duplicates all occur.
    private static Gen<float[]> Numbers { get; } = Gen.OneOf(Gen.Int[0, 4].Select(value => value / 4f), Gen.Int[0, 1_000_000].Select(value => value / 1e6f)).Array[1, 60];

    private sealed record StoredFit(string Name, float[] Members, float[] NonMembers, double[] Decisions, double Dual);
}
