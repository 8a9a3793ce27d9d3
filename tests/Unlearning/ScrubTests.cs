using FaLW.Data;
using FaLW.Tests.Models;
using FaLW.Unlearning;
using static TorchSharp.torch;

namespace FaLW.Tests.Unlearning;

/// <summary>SCRUB, NegGrad+ and BadTeacher: who takes part when, and what is descended.</summary>
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

    [Fact]
    public void Scrub_takes_every_planned_step()
    {
        var (model, log) = (Method with { Augmentation = Augmentation.None }).Unlearn(world.Task());
        model.Dispose();
        Assert.Equal((2 * EpochPlan.Sizes(Forget, 70).Length) + (3 * EpochPlan.Sizes(Retain, 100).Length), log.Steps);
        Assert.Equal(3, log.EpochLoss.Count);
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
        Assert.Equal(expected, Bits.Numbers(method.Loss(zeros(1, 2, dtype: float32), One(forget), teacher))[0], 1e-5);
    }

    /// <summary>The mean over the whole batch is the weighted difference of the two means, whatever the proportions.</summary>
    [Fact]
    public void The_loss_of_neggrad_plus_is_a_difference_of_means()
    {
        using var scope = NewDisposeScope();
        var logits = Bits.Images(5, 3) * 2;
        var labels = tensor(new long[] { 0, 1, 2, 0, 1 }, [5], dtype: int64);
        var marks = tensor(new[] { true, false, true, false, false }, [5]);
        var loss = Bits.Numbers(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None));
        var expected = (0.8 * (loss[1] + loss[3] + loss[4]) / 3) - (0.2 * (loss[0] + loss[2]) / 2);
        var share = Bits.Numbers(new NegGradPlus(RetainShare: 0.8).Share(logits, new Batch(logits, labels, labels, marks, labels)));
        Assert.Equal(expected, loss.Zip(share, (l, s) => l * s).Average(), 1e-5);
    }

    [Fact]
    public void Neggrad_plus_joins_every_retain_batch_with_as_many_forget_samples()
    {
        var plan = new NegGradPlus { BatchSize = 50 }.Plan(world.Task(), 0);
        Assert.Equal(EpochPlan.Sizes(Retain, 50).Select(size => size + Math.Min(size, Forget)), plan.BatchSizes);
        var rows = plan.Rows.Zip(plan.IsForget).ToLookup(row => row.Second, row => row.First);
        Assert.Equal(world.Splits.Retain, rows[false].Order());
        // Every forget sample comes equally often, give or take one.
        var times = rows[true].CountBy(row => row).ToDictionary();
        Assert.Equal(Forget, times.Count);
        Assert.InRange(times.Values.Max() - times.Values.Min(), 0, 1);
    }

    [Fact]
    public void A_bad_teacher_speaks_to_forget_samples_only()
    {
        using var scope = NewDisposeScope();
        using var good = new Teacher(world.Original.Copy(), channelsLast: false);
        using var bad = new Teacher(BadTeacher.Untrained(world.Task()), channelsLast: false);
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

    private static Batch One(bool forget)
    {
        var label = zeros(1, dtype: int64);
        return new Batch(label, label, label, tensor(new[] { forget }, [1]), label);
    }

    private static float[][] Rows(Tensor logits) => [.. Bits.Numbers(logits).Chunk(10)];
}
