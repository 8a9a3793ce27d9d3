namespace FaLW.Tests.Unlearning;

/// <summary>SCRUB and BadTeacher: who takes part when, and what is descended.</summary>
[Collection(nameof(World))]
public sealed class ScrubTests(World world)
{
    private static readonly Scrub Method = new(3, 0.01, AscentEpochs: 2) { BatchSize = 100, ForgetBatchSize = 70 };

    private int Forget => world.Splits.Forget.Count;

    private int Retain => world.Splits.Retain.Count;

    [Fact]
    public void Scrub_begins_epochs_with_the_forget_set_while_ascent_lasts()
    {
        foreach (var epoch in Enumerable.Range(0, 3))
        {
            var plan = Method.Plan(world.Task(), epoch);
            var ascent = epoch < 2 ? Forget : 0;
            Assert.Equal(Enumerable.Repeat(true, ascent).Concat(Enumerable.Repeat(false, Retain)), plan.IsForget);
            Assert.Equal([.. ascent > 0 ? EpochPlan.Sizes(Forget, 70) : [], .. EpochPlan.Sizes(Retain, 100)], plan.BatchSizes);
            Assert.Equal(world.Splits.Retain, plan.Rows[ascent..].Order());
        }
    }

    /// <summary>Teacher (3/4, 1/4) at temperature 2, student (1/2, 1/2), true class the first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_loss_of_scrub_by_hand(bool forget)
    {
        using var scope = NewDisposeScope();
        var method = new Scrub(Gamma: 0.9, Alpha: 0.3, Temperature: 2);
        var divergence = 4 * ((0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5)));
        var expected = forget ? -divergence : (0.9 * Math.Log(2)) + (0.3 * divergence);
        var teacher = tensor(new[] { (float)(2 * Math.Log(3)), 0f }, [1, 2]);
        Assert.Equal(expected, Bits.Numbers(method.Loss(zeros(1, 2, dtype: float32), SFRonTests.Alike(1, forget), teacher))[0], 1e-5);
    }

    [Fact]
    public void A_bad_teacher_speaks_to_forget_samples_only()
    {
        using var scope = NewDisposeScope();
        using var good = Teacher.Of(world.Original.Copy(), channelsLast: false);
        using var bad = Teacher.Of(BadTeacher.Untrained(world.Task()), channelsLast: false);
        var plan = new BadTeacher { BatchSize = 40 }.Plan(world.Task(), new BadTeacher().Part(world.Task()), 0);
        using var batches = Batches.Of(world.Images, plan, Augmentation.None, 0, 0).GetEnumerator();
        Assert.True(batches.MoveNext());
        var batch = batches.Current;
        using var noGradient = no_grad();
        var (wanted, own, untrained) = (Rows(BadTeacher.Wanted(good, bad, batch)), Rows(good.Logits(batch.Images)), Rows(bad.Logits(batch.Images)));
        var marks = batch.IsForget.data<bool>().ToArray();
        Assert.All(wanted.Index(), row => Assert.Equal(marks[row.Index] ? untrained[row.Index] : own[row.Index], row.Item));
        Assert.Contains(true, marks);
        Assert.Contains(false, marks);
    }

    [Fact]
    public void The_part_of_the_retain_set_is_drawn_once_and_has_its_share()
    {
        var part = new BadTeacher(RetainShare: 0.3).Part(world.Task());
        Assert.Equal((int)(0.3m * Retain), part.Distinct().Count());
        Assert.Equal(part.Length, part.Intersect(world.Splits.Retain).Count());
        Assert.Equal(part, new BadTeacher(RetainShare: 0.3).Part(world.Task()));
        int[] Rows(int epoch) => new BadTeacher().Plan(world.Task(), part, epoch).Rows;
        Assert.NotEqual(Rows(0), Rows(1));
        Assert.Equal(Rows(0).Order(), Rows(1).Order());
    }

    private static float[][] Rows(Tensor logits) => [.. Bits.Numbers(logits).Chunk(10)];
}

/// <summary>The divergence of teachers and students by hand.</summary>
public sealed class DistillationTests
{
    private static readonly double Ln3 = Math.Log(3);

    /// <summary>Teacher (3/4, 1/4), student (1/2, 1/2): 3/4 ln(3/2) + 1/4 ln(1/2). The other way round is another number.</summary>
    [Fact]
    public void It_is_the_divergence_of_the_student_from_the_teacher()
    {
        Assert.Equal((0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5)), Of([Ln3, 0], [0, 0]), 1e-6);
        Assert.Equal((0.5 * Math.Log(0.5 / 0.75)) + (0.5 * Math.Log(0.5 / 0.25)), Of([0, 0], [Ln3, 0]), 1e-6);
        Assert.Equal(0, Of([0.3, -2], [0.3, -2]), 1e-6);
    }

    [Fact]
    public void A_temperature_divides_the_logits() => Assert.Equal(Of([Ln3, 0], [0, 0]), Of([4 * Ln3, 0], [0, 0], temperature: 4), 1e-6);

    /// <summary>Classes that cannot be told apart add nothing: the sum over classes does not shrink with their number.</summary>
    [Fact]
    public void It_is_summed_over_classes() => Assert.Equal(
        Of([Ln3, 0], [0, 0]), Of([Ln3, 0, -80, -80, -80, -80], [0, 0, -80, -80, -80, -80]), 1e-6);

    /// <summary>Its gradient with respect to the student's logits is (student - teacher) / temperature.</summary>
    [Fact]
    public void Its_gradient_is_the_difference_of_the_probabilities()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new[] { 0.2f, -1f, 3f }, [1, 3]).requires_grad_();
        var teacher = tensor(new[] { 1f, 0f, -2f }, [1, 3]);
        Teacher.Divergence(teacher, student, 2).sum().backward();
        var expected = ((student.detach() / 2).softmax(1) - (teacher / 2).softmax(1)) / 2;
        Assert.InRange(Bits.LargestDifference(expected, student.grad!), 0, 1e-6);
    }

    private static double Of(double[] teacher, double[] student, double temperature = 1)
    {
        using var scope = NewDisposeScope();
        return Bits.Numbers(Teacher.Divergence(Row(teacher), Row(student), temperature))[0];
    }

    private static Tensor Row(double[] logits) => tensor(logits, [1, logits.Length]).to_type(float32);
}
