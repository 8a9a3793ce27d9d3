namespace FaLW.Tests.Experiments;

/// <summary>A study in portions that processes make one by one.</summary>
public sealed class PortionTests : InLab
{
    // With crops and mirrors, which draw from the portion's own seed.
    private static readonly ExperimentSpec Plain = FourClasses with { Unlearner = new RandomLabel(1, 0.05) { BatchSize = 32 } };

    private static readonly ExperimentSpec FaLW = Plain with { Weighting = new ForgettingAwareWeighting() };

    [Fact]
    public void Shared_models_are_one_portion_each_and_come_before_what_needs_them()
    {
        using var lab = Open(Scale.Smoke);
        var specs = lab.Specs(Study.Main, 2);
        var portions = Portion.Of(lab, specs, _ => false);
        Assert.Equal(portions.Count, portions.Select(portion => portion.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([("original", 2), ("retrain", 4), ("unlearned", specs.Count)], portions.GroupBy(portion => portion.Level).Select(level => (level.Key, level.Count())));
        Assert.All(portions, portion => Assert.True(portion.HasItsKey));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public void Every_portion_is_in_one_task_and_a_twin_right_after_its_pattern(int length)
    {
        using var lab = Open(Scale.Smoke);
        var last = Portion.Of(lab, lab.Specs(Study.Balance, 2), _ => false).Where(portion => portion.Level == "unlearned").ToList();
        var tasks = Portion.Tasks(last, length);
        Assert.Equal(last.Select(portion => portion.Key).Order(StringComparer.Ordinal), tasks.SelectMany(task => task).Select(portion => portion.Key).Order(StringComparer.Ordinal));
        Assert.True(last.Exists(portion => portion.Spec.Weighting is ConstantTwin));
        Assert.All(tasks, task => Assert.All(task.Index().Where(item => item.Item.Spec.Weighting is ConstantTwin), item =>
            Assert.Equal(item.Item.Spec with { Weighting = ((ConstantTwin)item.Item.Spec.Weighting).Of }, task[item.Index - 1].Spec)));
        Assert.All(tasks, task => Assert.InRange(task.Count(portion => portion.Spec.Weighting is not ConstantTwin), 1, length));
    }

    [Fact]
    public void Portions_made_one_by_one_are_what_one_job_makes()
    {
        ExperimentSpec[] specs = [Plain, FaLW, FaLW.ConstantTwin()];
        using (var first = Open(Scale.Smoke)) Assert.All(Portion.Of(first, specs, _ => false), portion => portion.Make(first, TestContext.Current.CancellationToken));
        using var lab = Open(Scale.Smoke);
        var known = lab.Known(specs);
        using var other = Lab.Open(Scale.Smoke, Settings with { Cache = home["elsewhere"] });
        Assert.Equal(other.RunAsIs(specs, cancellation: TestContext.Current.CancellationToken).Select(Numbers), known.Select(Numbers));
        Assert.Empty(Portion.Of(lab, specs, portion => portion.IsKept(home["cache"], lab.Footing)));
        Assert.Equal(3 + 3, Portion.Of(lab, specs, portion => portion.IsKept(home["cache"], "another ground")).Count);
    }

    [Fact]
    public void A_portion_survives_its_own_text()
    {
        using var lab = Open(Scale.Smoke);
        Assert.All(Portion.Of(lab, lab.Specs(Study.Grid), _ => false), portion =>
            Assert.Equal(portion, CanonicalJson.Read<Portion>(Encoding.UTF8.GetBytes(CanonicalJson.Text(CanonicalJson.Node(portion))), "", "")));
    }

    private static string Numbers(RunResult result) => (result with { Times = [], Control = null, Provenance = result.Provenance with { When = "" }, Log = result.Log with { Elapsed = TimeSpan.Zero } }).ToJson();
}
