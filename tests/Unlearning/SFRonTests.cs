namespace FaLW.Tests.Unlearning;

/// <summary>SFRon: order of the steps, their strength, weights, mask and clipping.</summary>
[Collection(nameof(World))]
public sealed class SFRonTests(World world)
{
    private static readonly SFRon Method = new(12, 0.01, Alpha: 2, Period: 5) { BatchSize = 50, Augmentation = Augmentation.None };

    [Fact]
    public void Every_fifth_iteration_begins_with_a_forget_step()
    {
        var plan = Method.Plan(world.Task());
        bool[] kinds = [.. Starts(plan).Select(start => plan.IsForget[start])];
        // f r r r r r | f r r r r r | f r r
        Assert.Equal([true, false, false, false, false, false, true, false, false, false, false, false, true, false, false], kinds);
        Assert.All(Starts(plan).Zip(plan.BatchSizes), batch =>
            Assert.Single(plan.IsForget.AsSpan(batch.First, batch.Second).ToArray().Distinct()));
    }

    [Fact]
    public void Batches_go_round_the_sets_in_new_orders()
    {
        var plan = (Method with { Iterations = 60, Period = 1 }).Plan(world.Task());
        int[] forget = [.. plan.Rows.Where((_, i) => plan.IsForget[i])];
        var once = world.Splits.Forget.Count;
        Assert.Equal(world.Splits.Forget.Order(), forget[..once].Order());
        Assert.Equal(world.Splits.Forget.Order(), forget[once..(2 * once)].Order());
        Assert.NotEqual(forget[..once], forget[once..(2 * once)]);
    }

    /// <summary>By hand: alpha, then half of it in the middle, then nearly nothing.</summary>
    [Fact]
    public void The_strength_falls_along_half_a_cosine()
    {
        var method = new SFRon(1000, Alpha: 25);
        Assert.Equal(25, method.Ascent(0), 1e-12);
        Assert.Equal(12.5, method.Ascent(500), 1e-12);
        Assert.Equal(25 * (1 + Math.Sqrt(0.5)) / 2, method.Ascent(250), 1e-12);
        Assert.InRange(method.Ascent(999), 0, 1e-3);
    }

    /// <summary>Losses 1, 4, 16: raw weights 1, 1/2, 1/4, scaled by 3 / 1.75.</summary>
    [Fact]
    public void Adaptive_weights_sum_to_the_batch_and_favour_what_is_still_known()
    {
        using var scope = NewDisposeScope();
        var steps = new SFRonSteps(Method);
        var found = Bits.Numbers(steps.Adaptive(tensor(new[] { 1f, 4f, 16f })));
        Assert.All(new[] { 12 / 7f, 6 / 7f, 3 / 7f }.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(3, found.Sum(), 1e-5);
        Assert.All(Bits.Numbers(new SFRonSteps(Method with { Lambda = 0 }).Adaptive(tensor(new[] { 1f, 4f, 16f }))), value => Assert.Equal(1, value, 1e-5));
    }

    [Fact]
    public void Forget_steps_ascend_with_the_strength_of_their_iteration_and_retain_steps_are_plain()
    {
        using var scope = NewDisposeScope();
        var steps = new SFRonSteps(Method with { Lambda = 0 });
        Tensor? Factor(bool forget) => steps.Factor(rand(4), Alike(4, forget));
        Assert.All(Bits.Numbers(Factor(true)!), factor => Assert.Equal(-2, factor, 1e-5));
        foreach (var _ in Enumerable.Range(0, 6)) Assert.Null(Factor(false));
        // Six of twelve iterations are over: half of the strength.
        Assert.All(Bits.Numbers(Factor(true)!), factor => Assert.Equal(-1, factor, 1e-5));
    }

    [Fact]
    public void The_mask_is_the_ratio_of_the_importances()
    {
        using var tiny = new TinyWorld();
        using var scope = NewDisposeScope();
        var (forget, retain) = (tiny.MeanOfSquares(tiny.Splits.Forget), tiny.MeanOfSquares(tiny.Splits.Retain));
        foreach (var threshold in new[] { 0.5, 1, 1.5 })
        {
            var movable = (Method with { BatchSize = 1, Threshold = threshold }).Movable(tiny.Original, tiny.Task);
            Assert.Equal(
                forget.Zip(retain, (own, other) => own / other >= threshold),
                movable.SelectMany(mask => mask.flatten().data<bool>().ToArray()));
        }
    }

    /// <summary>A forget step: masked, then clipped to the norm over what is left. A retain step: neither.</summary>
    [Fact]
    public void Only_forget_steps_are_masked_and_clipped()
    {
        using var tiny = new TinyWorld();
        using var scope = NewDisposeScope();
        Tensor[] movable = [tensor(new[] { true, false, true }, [3, 1]), tensor(new[] { false, false, true }, [3])];
        using var steps = new SFRonSteps(Method with { Clip = 3 }) { Mask = new MaskRule(tiny.Original, tiny.Original, movable, MaskMode.GradientOnly) };
        float[] After(bool forget)
        {
            steps.Factor(ones(2), Alike(2, forget));
            foreach (var parameter in tiny.Original.Parameters) parameter.grad = full_like(parameter, 4.0);
            using var noGradient = no_grad();
            steps.BeforeStep(tiny.Original);
            return [.. tiny.Original.Parameters.SelectMany(parameter => Bits.Numbers(parameter.grad!))];
        }

        var expected = new[] { 1f, 0, 1, 0, 0, 1 }.Select(mark => mark * 3 / MathF.Sqrt(3));
        Assert.All(expected.Zip(After(true)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(After(false), value => Assert.Equal(4, value));
    }

    internal static Batch Alike(int count, bool forget)
    {
        var labels = zeros(count, dtype: int64);
        return new Batch(labels, labels, labels, full(count, forget ? 1 : 0, dtype: ScalarType.Bool), labels);
    }

    private static IEnumerable<int> Starts(EpochPlan plan)
    {
        var start = 0;
        foreach (var size in plan.BatchSizes)
        {
            yield return start;
            start += size;
        }
    }
}
