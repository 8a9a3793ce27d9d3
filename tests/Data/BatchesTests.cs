using FaLW.Data;
using static TorchSharp.torch;

namespace FaLW.Tests.Data;

public sealed class BatchesTests : IDisposable
{
    private static readonly DataSpec Spec = new(Benchmark.Digits, new ForgetRule(0.2, 1));

    private readonly ImageSet images = ImageSet.Load(Spec, CPU, new DataShelf([], ""));

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
            var size = (int)batch.Rows.shape[0];
            Assert.Equal(rows[start..(start + size)].Select(r => (long)r), batch.Rows.data<long>().ToArray());
            Assert.Equal(plan.Targets[start..(start + size)], batch.Targets.data<long>().ToArray());
            Assert.Equal(plan.IsForget[start..(start + size)], batch.IsForget.data<bool>().ToArray());
            Assert.Equal(batch.IsForget.nonzero().flatten().data<long>().ToArray(), batch.ForgetPositions.data<long>().ToArray());
            Assert.Equal(rows[start..(start + size)].Select(r => (long)images.HostLabels[r]), batch.Labels.data<long>().ToArray());
            Assert.Equal(images.Pixels(batch.Rows).data<float>().ToArray(), batch.Images.data<float>().ToArray());
            start += size;
        }

        Assert.Equal(7, start);
    }

    [Fact]
    public void Forget_samples_are_found_where_nobody_counted_them()
    {
        using var scope = NewDisposeScope();
        var batch = new Batch(zeros(3), zeros(3), zeros(3), tensor(new[] { false, true, true }), zeros(3));
        Assert.Equal([1L, 2], batch.ForgetPositions.data<long>().ToArray());
    }

    [Fact]
    public void Equal_seeds_and_epochs_give_equal_images_and_others_do_not()
    {
        float[] First(int seed, int epoch)
        {
            var plan = EpochPlan.Supervised([.. Enumerable.Range(0, 64)], images.HostLabels, 32, new SeededStream(0, "order"));
            foreach (var batch in Batches.Of(images, plan, Augmentation.CropFlip, seed, epoch)) return batch.Images.data<float>().ToArray();
            return [];
        }

        Assert.Equal(First(0, 0), First(0, 0));
        Assert.NotEqual(First(0, 0), First(1, 0));
        Assert.NotEqual(First(0, 0), First(0, 1));
    }

    [Fact]
    public void A_batch_lives_inside_any_scope_until_the_next_is_asked_for()
    {
        var plan = new EpochPlan([1, 2], [0, 0], [false, false], [1, 1]);
        using var sequence = Batches.Of(images, plan, Augmentation.CropFlip, 0, 0).GetEnumerator();
        using (NewDisposeScope()) Assert.True(sequence.MoveNext());
        var first = sequence.Current;
        Assert.Equal(1, first.Images.shape[0]);
        Assert.True(sequence.MoveNext());
        Assert.True(first.Images.IsInvalid);
        Assert.False(sequence.Current.Images.IsInvalid);
    }

    [Fact]
    public void An_epoch_leaves_no_tensor_behind()
    {
        var plan = EpochPlan.Supervised([.. Enumerable.Range(0, 100)], images.HostLabels, 16, new SeededStream(0, "order"));
        var before = Tensor.TotalCount;
        foreach (var batch in Batches.Of(images, plan, Augmentation.CropFlip, 0, 0)) Assert.False(batch.Images.IsInvalid);
        Assert.Equal(before, Tensor.TotalCount);
    }
}
