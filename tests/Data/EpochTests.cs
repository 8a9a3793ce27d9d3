namespace FaLW.Tests.Data;

public sealed class BatchesTests : IDisposable
{
    private readonly ImageSet images = ImageSet.Load(new DataSpec(Benchmark.Digits, new ForgetRule(0.2, 1)), CPU, new DataShelf([], ""));

    public void Dispose() => images.Dispose();

    [Fact]
    public void Batches_follow_the_plan_and_carry_matching_images_labels_targets_and_marks()
    {
        int[] rows = [5, 900, 17, 3, 1700, 42, 8];
        var plan = new EpochPlan(rows, [9, 8, 7, 6, 5, 4, 3], [true, false, true, false, false, true, false], [3, 4]);
        var start = 0;
        foreach (var batch in Batches.Of(images, plan, Augmentation.None, seed: 0, epoch: 0))
        {
            using var scope = NewDisposeScope();
            var own = start..(start + (int)batch.Rows.shape[0]);
            Assert.Equal(rows[own].Select(r => (long)r), batch.Rows.data<long>().ToArray());
            Assert.Equal(plan.Targets[own], batch.Targets.data<long>().ToArray());
            Assert.Equal(plan.IsForget[own], batch.IsForget.data<bool>().ToArray());
            Assert.Equal(batch.IsForget.nonzero().flatten().data<long>().ToArray(), batch.ForgetPositions.data<long>().ToArray());
            Assert.Equal(rows[own].Select(r => (long)images.HostLabels[r]), batch.Labels.data<long>().ToArray());
            Assert.Equal(images.Pixels(batch.Rows).data<float>().ToArray(), batch.Images.data<float>().ToArray());
            // Where nobody counted the forget samples they are searched.
            Assert.Equal(batch.ForgetPositions.data<long>().ToArray(), new Batch(batch.Images, batch.Labels, batch.Targets, batch.IsForget, batch.Rows).ForgetPositions.data<long>().ToArray());
            start = own.End.Value;
        }

        Assert.Equal(7, start);
    }

    [Fact]
    public void Equal_seeds_and_epochs_give_equal_images_and_others_do_not()
    {
        float[] First(int seed, int epoch)
        {
            foreach (var batch in Batches.Of(images, Supervised(32), Augmentation.CropFlip, seed, epoch)) return batch.Images.data<float>().ToArray();
            return [];
        }

        Assert.Equal(First(0, 0), First(0, 0));
        Assert.NotEqual(First(0, 0), First(1, 0));
        Assert.NotEqual(First(0, 0), First(0, 1));
    }

    [Fact]
    public void A_batch_lives_inside_any_scope_until_the_next_is_asked_for_and_an_epoch_leaves_no_tensor_behind()
    {
        using (var sequence = Batches.Of(images, new EpochPlan([1, 2], [0, 0], [false, false], [1, 1]), Augmentation.CropFlip, 0, 0).GetEnumerator())
        {
            using (NewDisposeScope()) Assert.True(sequence.MoveNext());
            var first = sequence.Current;
            Assert.Equal(1, first.Images.shape[0]);
            Assert.True(sequence.MoveNext());
            Assert.Equal((true, false), (first.Images.IsInvalid, sequence.Current.Images.IsInvalid));
        }

        var before = Tensor.TotalCount;
        foreach (var batch in Batches.Of(images, Supervised(16), Augmentation.CropFlip, 0, 0)) Assert.False(batch.Images.IsInvalid);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private EpochPlan Supervised(int batchSize) => EpochPlan.Shuffled(
        [.. Enumerable.Range(0, 100)], [.. images.HostLabels.Take(100).Select(label => (long)label)], new bool[100], batchSize, new SeededStream(0, "order"));
}

public class CropFlipTests
{
    private const int Count = 40, Channels = 3, Height = 10, Width = 12, Border = 4;

    [Fact]
    public void Batched_crop_and_flip_equal_the_same_done_pixel_by_pixel()
    {
        using var scope = NewDisposeScope();
        var stream = new SeededStream(1, "pixels");
        byte[] pixels = [.. Enumerable.Range(0, Count * Channels * Height * Width).Select(_ => (byte)stream.Below(256))];
        var draws = CropFlip.Draws(Count, seed: 3, epoch: 2, CPU);
        var batched = CropFlip.Apply(tensor(pixels, [Count, Channels, Height, Width]), draws);
        Assert.Equal([Count, Channels, Height, Width], batched.shape);
        Assert.Equal(OneByOne(pixels, draws.data<long>().ToArray()), batched.data<byte>().ToArray());
        // Offsets of four without mirror change nothing.
        var still = cat([full([2, Count], 4, dtype: int64), zeros([1, Count], dtype: int64)]);
        Assert.Equal(pixels, CropFlip.Apply(tensor(pixels, [Count, Channels, Height, Width]), still).data<byte>().ToArray());
    }

    [Fact]
    public void Draws_cover_all_offsets_and_about_half_are_mirrored()
    {
        using var scope = NewDisposeScope();
        var draws = CropFlip.Draws(9000, seed: 0, epoch: 0, CPU).data<long>().ToArray();
        foreach (var axis in new[] { draws[..9000], draws[9000..18000] })
        {
            var offsets = axis.CountBy(d => d).OrderBy(d => d.Key).ToArray();
            Assert.Equal([0L, 1, 2, 3, 4, 5, 6, 7, 8], offsets.Select(d => d.Key));
            Assert.All(offsets, d => Assert.InRange(d.Value, 850, 1150));
        }

        Assert.InRange(draws[18000..].Sum(), 4300, 4700);
    }

    private static byte[] OneByOne(byte[] pixels, long[] draws)
    {
        var result = new byte[pixels.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (image, plane, y, x) = (i / (Channels * Height * Width), i / (Height * Width), i / Width % Height, i % Width);
            var column = draws[2 * Count + image] == 1 ? Width - 1 - x : x;
            var (fromY, fromX) = (y + (int)draws[image] - Border, column + (int)draws[Count + image] - Border);
            if (fromY is >= 0 and < Height && fromX is >= 0 and < Width) result[i] = pixels[plane * Height * Width + fromY * Width + fromX];
        }

        return result;
    }
}

public class EpochPlanTests
{
    [Theory]
    [InlineData(10, 4, new[] { 4, 4, 2 })]
    [InlineData(8, 4, new[] { 4, 4 })]
    [InlineData(9, 4, new[] { 4, 5 })]
    [InlineData(3, 4, new[] { 3 })]
    [InlineData(1, 4, new[] { 1 })]
    [InlineData(0, 4, new int[0])]
    public void A_short_last_batch_stays_but_a_single_row_joins_the_batch_before(int count, int size, int[] expected) =>
        Assert.Equal(expected, EpochPlan.Sizes(count, size));

    [Fact]
    public void Shuffling_keeps_row_target_and_mark_together_and_supervised_targets_are_the_labels()
    {
        int[] rows = [.. Enumerable.Range(100, 50)];
        var plan = EpochPlan.Shuffled(rows, [.. rows.Select(r => (long)r * 2)], [.. rows.Select(r => r % 3 == 0)], 8, new SeededStream(0, "order"));
        Assert.Equal(rows, plan.Rows.Order());
        Assert.NotEqual(rows, plan.Rows);
        Assert.All(plan.Rows.Index(), p => Assert.Equal((p.Item * 2, p.Item % 3 == 0), (plan.Targets[p.Index], plan.IsForget[p.Index])));

        int[] labels = [4, 3, 2, 1, 0];
        EpochPlan One() => Planners.Supervised([0, 2, 4], labels, 2, 3)(0);
        Assert.Equal(One().Rows, One().Rows);
        Assert.Equal(One().Rows.Select(r => (long)labels[r]), One().Targets);
        Assert.DoesNotContain(true, One().IsForget);
    }

    [Fact]
    public void Plans_in_a_row_keep_their_own_batches_and_lists_that_do_not_fit_are_refused()
    {
        var both = new EpochPlan([1, 2, 3], [0, 0, 0], [true, true, true], [2, 1]).Then(new EpochPlan([7], [1], [false], [1]));
        Assert.Equal([1, 2, 3, 7], both.Rows);
        Assert.Equal([2, 1, 1], both.BatchSizes);
        Assert.Equal([true, true, true, false], both.IsForget);
        Assert.Throws<ArgumentException>(() => new EpochPlan([1, 2], [0], [true, true], [2]));
        Assert.Throws<ArgumentException>(() => new EpochPlan([1, 2], [0, 0], [true, true], [3]));
        Assert.Throws<ArgumentException>(() => new EpochPlan([1, 2], [0, 0], [true, true], [2, 0]));
    }
}

/// <summary>REWEIGHT: what is left of a class is drawn as often as the whole class was there.</summary>
public sealed class ReweightedRowsTests
{
    // 12 rows of class 0 (9 to forget), 6 of class 1 (none), 4 of class 2 (all), 8 of class 3 (2).
    private static readonly int[] Labels = [.. Enumerable.Repeat(0, 12), .. Enumerable.Repeat(1, 6), .. Enumerable.Repeat(2, 4), .. Enumerable.Repeat(3, 8), 0, 1, 2, 3];
    private static readonly int[] Forget = [.. Enumerable.Range(0, 9), 18, 19, 20, 21, 22, 23];
    private static readonly Splits Splits = new(Forget, [.. Enumerable.Range(0, 30).Except(Forget)], [], [30, 31, 32, 33], Labels, 30, 4);
    private static readonly ReweightedRows Rows = new(Splits, Labels);

    [Fact]
    public void A_class_weighs_its_size_over_what_is_left_of_it_and_a_wiped_one_has_no_weight()
    {
        Assert.Equal([4, 1, double.NaN, 8 / 6.0], Rows.Weights);
        // Where every class loses the same share no class is favoured.
        int[] labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
        Assert.Equal([4 / 3.0, 4 / 3.0], new ReweightedRows(new Splits([0, 1], [2, 3, 4, 5, 6, 7], [], [8, 9], labels, 8, 2), labels).Weights);
    }

    [Fact]
    public void An_epoch_draws_as_many_rows_as_are_retained_and_no_other()
    {
        var drawn = Rows.OfEpoch(seed: 3, epoch: 0);
        Assert.Equal(Splits.Retain.Count, drawn.Length);
        Assert.Subset(Splits.Retain.ToHashSet(), drawn.ToHashSet());
        Assert.Equal(drawn, Rows.OfEpoch(3, 0));
        Assert.NotEqual(drawn, Rows.OfEpoch(3, 1));
        Assert.NotEqual(drawn, Rows.OfEpoch(4, 0));
    }

    /// <summary>In proportion 12 : 6 : 8, and within a class alike: each count within five deviations of its expectation.</summary>
    [Fact]
    public void Classes_come_up_in_the_proportions_of_the_training_set_and_their_rows_alike()
    {
        const int Epochs = 2000;
        var drawn = Enumerable.Range(0, Epochs).SelectMany(epoch => Rows.OfEpoch(0, epoch)).CountBy(row => row).ToDictionary();
        double all = Epochs * Splits.Retain.Count;
        Assert.All(Splits.Retain, row =>
        {
            var (size, left) = Labels[row] switch { 0 => (12, 3), 1 => (6, 6), _ => (8, 6) };
            var chance = size / 26.0 / left;
            Assert.Equal(all * chance, drawn[row], 5 * Math.Sqrt(all * chance * (1 - chance)));
        });
    }
}
