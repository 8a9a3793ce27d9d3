namespace FaLW.Tests.Unlearning;

[Collection(nameof(World))]
public sealed class BoundaryTests(World world)
{
    /// <summary>
    /// On a linear model the gradient for a pixel is sum_k (p_k - [k = y]) w_k, so the step and the class after it can be worked out
    /// on the host, pixel by pixel.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Relabelling_on_a_linear_model_is_the_class_after_one_signed_step_in_pixels(bool excludeTrue)
    {
        using var scope = NewDisposeScope();
        using var linear = Network.Linear.Create(1, 8, 8, 10, seed: 3, CPU);
        using var teacher = Teacher.Of(linear.Copy(), channelsLast: false);
        var method = new BoundaryShrink(ExcludeTrue: excludeTrue);
        var batch = FirstBatch();
        double[][] moved = [.. Rows(batch).Select(row => Step(linear, row))];
        var found = Bits.Numbers(method.Moved(teacher, world.Images, batch));
        Assert.Equal(moved.SelectMany(image => image), found.Select(value => (double)value));
        var expected = moved.Zip(Rows(batch), (image, row) => Class(linear, image, excludeTrue ? world.Images.HostLabels[row] : -1));
        Assert.Equal(expected, method.Nearest(teacher, world.Images, batch).data<long>().ToArray().Select(label => (int)label));
    }

    [Fact]
    public void The_moved_image_is_one_a_file_could_hold_and_at_most_a_tenth_away()
    {
        using var scope = NewDisposeScope();
        using var teacher = Teacher.Of(world.Original.Copy(), channelsLast: false);
        var batch = FirstBatch();
        var (before, after) = (Bits.Numbers(world.Images.Raw(batch.Images)), Bits.Numbers(new BoundaryShrink().Moved(teacher, world.Images, batch)));
        Assert.All(after, pixel => Assert.InRange(pixel, 0, 255));
        Assert.All(after, pixel => Assert.Equal(MathF.Round(pixel), pixel));
        Assert.All(before.Zip(after), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 26.001));
        Assert.Contains(before.Zip(after), pair => Math.Abs(pair.First - pair.Second) > 25);
    }

    [Fact]
    public void An_excluded_true_class_is_never_the_label()
    {
        using var scope = NewDisposeScope();
        using var teacher = Teacher.Of(world.Original.Copy(), channelsLast: false);
        var batch = FirstBatch();
        var labels = new BoundaryShrink(Bound: 0.001, ExcludeTrue: true).Nearest(teacher, world.Images, batch);
        Assert.Equal(0, labels.eq(batch.Labels).sum(ScalarType.Int64).item<long>());
    }

    [Fact]
    public void Expanding_trains_an_extra_class_and_hands_back_a_model_without_it()
    {
        var method = new BoundaryExpand(3, 0.05) { BatchSize = 64, Augmentation = Augmentation.None };
        var (wide, _) = method.Widened(world.Task());
        using (wide)
        {
            Assert.Equal(11, wide.Classes);
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            wide.Evaluate();
            var answers = wide.Logits(world.Images.Pixels(ForgetRows())).argmax(1).data<long>().ToArray();
            Assert.True(answers.Count(answer => answer == 10) > answers.Length / 2, "most forget samples should go to the extra class");
        }

        using var back = method.Unlearn(world.Task()).Model;
        Assert.Equal(10, back.Classes);
        Assert.Equal(Bits.Of(world.Original).ToDictionary(e => e.Key, e => e.Value.Length), Bits.Of(back).ToDictionary(e => e.Key, e => e.Value.Length));
    }

    [Fact]
    public void An_added_and_dropped_output_leaves_every_bit()
    {
        using var wide = world.Original.WithClasses(11, seed: 4);
        Assert.Equal(Bits.Numbers(world.Original.Parameters.Last()), Bits.Numbers(wide.Parameters.Last())[..10]);
        using var back = wide.WithClasses(10, seed: 0);
        Assert.Equal(Bits.Of(world.Original), Bits.Of(back));
        using var other = world.Original.WithClasses(11, seed: 5);
        Assert.NotEqual(Bits.Numbers(wide.Parameters.Last())[10], Bits.Numbers(other.Parameters.Last())[10]);
    }

    private Tensor ForgetRows() => Predictions.RowsOn(CPU, world.Splits.Forget);

    private Batch FirstBatch()
    {
        var rows = ForgetRows().narrow(0, 0, 20);
        var labels = world.Images.Labels.index_select(0, rows);
        return new Batch(world.Images.Pixels(rows), labels, labels, ones(20, dtype: ScalarType.Bool), rows);
    }

    private static int[] Rows(Batch batch) => [.. batch.Rows.data<long>().ToArray().Select(row => (int)row)];

    private double[] Step(Classifier linear, int row)
    {
        var pixels = world.Images.Images.select(0, row).flatten().data<byte>().ToArray();
        var (weights, _) = Layer(linear);
        double[] scores = Scores(linear, [.. pixels.Select(pixel => (double)pixel)]);
        double[] error = [.. scores.Select((score, k) => (Math.Exp(score) / scores.Sum(Math.Exp)) - (k == world.Images.HostLabels[row] ? 1 : 0))];
        return [.. pixels.Select((pixel, i) =>
            Math.Round(Math.Clamp(pixel + (25.5 * Math.Sign(error.Select((e, k) => e * weights[(k * 64) + i]).Sum())), 0, 255), MidpointRounding.ToEven))];
    }

    private static int Class(Classifier linear, double[] pixels, int excluded) =>
        Scores(linear, pixels).Index().Where(score => score.Index != excluded).MaxBy(score => score.Item).Index;

    private static double[] Scores(Classifier linear, double[] pixels)
    {
        var (weights, bias) = Layer(linear);
        return [.. bias.Select((b, k) => b + pixels.Select((pixel, i) => ((pixel / 255) - 0.5) / 0.25 * weights[(k * 64) + i]).Sum())];
    }

    private static (float[] Weights, float[] Bias) Layer(Classifier linear) =>
        (Bits.Numbers(linear.Parameters.First()), Bits.Numbers(linear.Parameters.Last()));
}
