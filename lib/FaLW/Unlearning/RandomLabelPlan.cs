using FaLW.Data;

namespace FaLW.Unlearning;

/// <summary>The epochs of a random-label method: who gets which label, in which order.</summary>
internal sealed class RandomLabelPlan
{
    private readonly RandomLabel method;
    private readonly UnlearningTask task;
    private readonly IReadOnlyList<int> labels;

    public RandomLabelPlan(RandomLabel method, UnlearningTask task) =>
        (this.method, this.task, labels) = (method, task, task.Images.HostLabels);

    private ValueList<int> Forget => task.Splits.Forget;

    /// <summary>One epoch, counted from 0.</summary>
    public EpochPlan Of(int epoch)
    {
        var (order, retain) = (Stream($"order of epoch {epoch}"), task.RetainOf(epoch));
        var plan = method.Order == LabelOrder.Mixed ? Mixed(Random(epoch), retain, order) : Sequential(Random(epoch), retain, order);
        return method.Labels == LabelDraw.Batch ? Redrawn(plan, Stream($"random labels in order of epoch {epoch}")) : plan;
    }

    private EpochPlan Mixed(long[] random, IReadOnlyList<int> retain, SeededStream order) => EpochPlan.Shuffled(
        [.. Forget, .. retain],
        [.. random, .. retain.Select(row => (long)labels[row])],
        [.. Forget.Select(_ => true), .. retain.Select(_ => false)],
        method.BatchSize, order);

    private EpochPlan Sequential(long[] random, IReadOnlyList<int> retain, SeededStream order) =>
        EpochPlan.Shuffled(Forget, random, [.. Forget.Select(_ => true)], method.BatchSize, order)
            .Then(EpochPlan.Supervised(retain, labels, method.BatchSize, order));

    private long[] Random(int epoch)
    {
        var draw = method.Labels == LabelDraw.Run ? Stream($"random labels") : Stream($"random labels of epoch {epoch}");
        return [.. Forget.Select(row => Draw(draw, row))];
    }

    private EpochPlan Redrawn(EpochPlan plan, SeededStream draw) => new(
        plan.Rows,
        [.. plan.Targets.Select((target, i) => plan.IsForget[i] ? Draw(draw, plan.Rows[i]) : target)],
        plan.IsForget, plan.BatchSizes);

    private long Draw(SeededStream draw, int row)
    {
        var classes = task.Splits.Classes;
        if (!method.ExcludeTrue) return draw.Below(classes);
        var other = draw.Below(classes - 1);
        return other < labels[row] ? other : other + 1;
    }

    private SeededStream Stream(FormattableString purpose) => new(task.Seed, FormattableString.Invariant(purpose));
}
