using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Weighting;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>From the logits of a batch to the loss of each row, before any weight.</summary>
/// <param name="logits">float32 [n, classes].</param>
/// <param name="batch">The batch they belong to.</param>
/// <returns>float32 [n], with gradient.</returns>
public delegate Tensor SampleLoss(Tensor logits, Batch batch);

/// <summary>Weights that are the method itself, whatever the weighting: from losses and batch to float32 [n], without gradient; null where each is 1.</summary>
internal delegate Tensor? SampleFactor(Tensor loss, Batch batch);

/// <summary>The losses methods share.</summary>
public static class SampleLosses
{
    /// <summary>Cross-entropy to the label to train towards, in nats.</summary>
    public static SampleLoss ToTargets { get; } = (logits, batch) =>
        functional.cross_entropy(logits, batch.Targets, reduction: Reduction.None);

    internal static SampleLoss ToLabels { get; } = (logits, batch) =>
        functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None);

    /// <summary>Minus the cross-entropy to the true label: descending it ascends the loss.</summary>
    public static SampleLoss AwayFromLabels { get; } = (logits, batch) =>
        ToLabels(logits, batch).neg();
}

/// <summary>
/// Any per-sample loss under any weighting (FaLW Eq. 3): unseen profile of the model as it is, one forward
/// pass over the mixed batch, state of its forget samples from the same logits, weights without gradient,
/// product: the one line that multiplies weight and loss, also where a method has weights of its own. Retain
/// samples weigh 1. The trainer takes the mean over the whole batch.
/// </summary>
internal sealed class WeightedObjective(UnlearningTask task, SampleLoss sampleLoss, SampleFactor? factor = null) : IDisposable
{
    private readonly ProfileKeeper? profiles = task.Weighting.ProfileEvery > 0 ? new ProfileKeeper(task) : null;
    private readonly WeightDiary diary = new();
    private readonly ForgetLedger ledger = new(task);
    private int epoch;

    /// <summary>The plan, which from now on tells weightings the epoch too.</summary>
    public Planner Following(Planner plan) => number => plan(epoch = number);

    public Tensor Loss(Classifier model, Batch batch)
    {
        using var scope = NewDisposeScope();
        var profile = profiles?.At(model);
        var (loss, own) = task.Denoising?.Losses(model, batch) ?? ByLogits(model, batch);
        var weight = Weights(own, batch, profile);
        var share = factor?.Invoke(loss, batch);
        return (share is null ? weight * loss : weight * (share * loss)).MoveToOuterDisposeScope();
    }

    /// <summary>How many unseen samples were evaluated for profiles so far.</summary>
    public long Evaluated => profiles?.Evaluated ?? 0;

    /// <summary>What the weighting did, by epoch; empty for uniform weights.</summary>
    public ValueList<WeightSummary> Summaries(int epochs) => diary.Summaries(epochs, task.Splits.Classes);

    /// <summary>The weight each forget sample was given last, in the order of the forget set; empty for uniform weights.</summary>
    public ValueList<double> LastWeights() => diary.Last(task.ForgetRows.Count);

    public void Dispose() => Owned.Release(profiles, diary, ledger);

    // The loss to be trained, and without gradient that of forget rows to their own labels, which weights are made of.
    private (Tensor Loss, Tensor Own) ByLogits(Classifier model, Batch batch)
    {
        var logits = model.Logits(batch.Images);
        using var noGradient = no_grad();
        var positions = batch.ForgetPositions;
        var own = logits.index_select(0, positions).log_softmax(1).gather(1, batch.Labels.index_select(0, positions).unsqueeze(1)).squeeze(1).neg();
        using var gradient = enable_grad();
        return (sampleLoss(logits, batch), own);
    }

    private Tensor Weights(Tensor own, Batch batch, UnseenLaw? profile)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var positions = batch.ForgetPositions;
        var rows = batch.Rows.index_select(0, positions);
        var state = ledger.State(own, batch.Labels.index_select(0, positions), rows, profile) with { Epoch = epoch };
        var forget = Checked(task.Weighting.Weights(state), positions.shape[0]).to(own.device);
        if (task.Weighting is not UniformWeighting) diary.Note(forget, state.Labels, ledger.Places(rows));
        return ledger.Kept(batch).scatter_(0, positions, forget).MoveToOuterDisposeScope();
    }

    // The one place that looks at weights. Their values are looked at only where somebody else wrote the weighting: to look is to wait for the device.
    private Tensor Checked(Tensor? weights, long count)
    {
        var name = task.Weighting.GetType().Name;
        if (weights is null)
            throw new Fault(Invariant($"{name} gave no weights (null) for {count} forget samples; return one number for each, for example ones_like(state.Loss)."));
        if (weights.dim() != 1 || weights.shape[0] != count)
            throw new Fault(Invariant($"{name} gave weights of shape [{string.Join(", ", weights.shape)}] for {count} forget samples; return one number for each, shape [{count}]."));
        var numbers = weights.detach().to_type(float32);
        if (count == 0 || !Guest.Is(task.Weighting)) return numbers;
        var (least, largest) = (numbers.min().item<float>(), numbers.max().item<float>());
        if (!float.IsFinite(least) || !float.IsFinite(largest))
            throw new DivergedException(Invariant($"{name} gave the weight {(float.IsFinite(least) ? largest : least)} to a forget sample; a weight must be a finite number. {Remedy}"));
        if (least < 0 && !task.Weighting.IsSigned)
            throw new Fault(Invariant($"{name} gave the weight {least} to a forget sample; a weight must not be negative unless the weighting says IsSigned. Clamp it at 0."));
        return numbers;
    }

    // Who builds on z and forgets to ask for the profile would look for a zero in vain.
    private string Remedy => task.Weighting.ProfileEvery == 0
        ? "Keep logarithms and quotients away from zero; if it reads the distance from unseen images, which is NaN unless asked for, override ProfileEvery to give 1."
        : "Keep logarithms and quotients away from zero.";
}

/// <summary>What is known of every forget sample of a task, on the device, so that a batch is a few look-ups; hands weightings their state.</summary>
internal sealed class ForgetLedger : IDisposable
{
    private readonly UnlearningTask task;
    private readonly Tensor rarity, counts, original, places, setLoss, epsilon;
    private readonly Tensor? soft;

    public ForgetLedger(UnlearningTask task)
    {
        this.task = task;
        using var scope = NewDisposeScope();
        var (splits, device) = (task.Splits, task.Images.Device);
        var rows = Predictions.RowsOn(device, task.ForgetRows);
        rarity = tensor(Rarity(splits), [splits.Classes], device: device).DetachFromDisposeScope();
        counts = tensor([.. splits.ForgetCounts.Select(count => (double)count)], [splits.Classes], dtype: float64, device: device).DetachFromDisposeScope();
        places = full(task.Images.Count, -1, dtype: int64, device: device).scatter_(0, rows, arange(task.ForgetRows.Count, dtype: int64, device: device)).DetachFromDisposeScope();
        original = Original(task, rows).DetachFromDisposeScope();
        soft = task.Soft is null ? null : tensor([.. task.Soft], [task.Images.Count], device: device).DetachFromDisposeScope();
        epsilon = (soft?.index_select(0, rows) ?? tensor(BridgeProblem.Epsilon(task), [splits.Forget.Count], device: device)).DetachFromDisposeScope();
        // Without the request this is NaN, as is the probability it is made of.
        setLoss = original.index_select(0, rows).log().neg().DetachFromDisposeScope();
    }

    /// <summary>How much each row of a batch is kept: 1, or under soft weights 1 + epsilon; float32 [n], in the caller's dispose scope.</summary>
    public Tensor Kept(Batch batch) => soft is null ? ones(batch.Labels.shape[0], dtype: float32, device: batch.Labels.device) : soft.index_select(0, batch.Rows) + 1;

    /// <summary>Where rows of the image set stand in the forget set: int64, -1 where they do not.</summary>
    public Tensor Places(Tensor rows) => places.index_select(0, rows);

    /// <summary>The state of the forget samples of a batch, from their losses in the forward pass that trains, in the caller's dispose scope; the profile is null when z-scores were not asked for.</summary>
    public ForgetState State(Tensor loss, Tensor labels, Tensor rows, UnseenLaw? profile)
    {
        var probability = loss.neg().exp();
        if (task.Weighting.SetLoss == SetLoss.Latest) setLoss.scatter_(0, Places(rows), loss);
        return new ForgetState(
            labels, probability, loss,
            profile?.ZScore(probability, labels) ?? full_like(probability, double.NaN),
            rarity.index_select(0, labels), original.index_select(0, rows), counts, setLoss,
            epsilon.index_select(0, Places(rows)));
    }

    public void Dispose() => Owned.Release(rarity, counts, original, places, setLoss, epsilon, soft);

    // A class of which nothing is forgotten is never looked up.
    private static float[] Rarity(Splits splits) =>
        [.. splits.ForgetCounts.Select(count => count == 0 ? 1 : (float)((double)splits.Forget.Count / splits.Classes / count))];

    // One number per row of the image set; NaN for rows nobody asked about.
    private static Tensor Original(UnlearningTask task, Tensor rows)
    {
        var (images, weighting) = (task.Images, task.Weighting);
        var all = full(images.Count, double.NaN, dtype: float32, device: images.Device);
        return weighting.NeedsOriginal || weighting.SetLoss != SetLoss.None
            ? all.scatter_(0, rows, task.Denoising?.Known(task.Original, rows).neg().exp() ?? Predictions.TrueClassProbability(task.Original, images, rows))
            : all;
    }
}

/// <summary>Keeps every weight given, on the device, and sums them up by epoch when the training is over: one transfer in all.</summary>
internal sealed class WeightDiary : IDisposable
{
    // Enough to tell weights apart, and a result stays small.
    private const int Decimals = 4;

    private readonly List<(Tensor Weights, Tensor Labels, Tensor Places)> steps = [];

    public void Note(Tensor weights, Tensor labels, Tensor places) => steps.Add((
        weights.to_type(float32, copy: true).DetachFromDisposeScope(), labels.clone().DetachFromDisposeScope(), places.clone().DetachFromDisposeScope()));

    public ValueList<WeightSummary> Summaries(int epochs, int classes)
    {
        if (steps.Count == 0) return [];
        var given = All<float>(step => step.Weights).Zip(All<long>(step => step.Labels)).ToArray();
        var perEpoch = given.Length / epochs;
        return [.. Enumerable.Range(0, epochs).Select(epoch => Summary(epoch + 1, given[(epoch * perEpoch)..((epoch + 1) * perEpoch)], classes))];
    }

    /// <summary>The last weight of each forget sample, to four decimals; NaN for one that never had any, empty when nothing was noted.</summary>
    public ValueList<double> Last(int forgetCount)
    {
        if (steps.Count == 0) return [];
        double[] last = [.. Enumerable.Repeat(double.NaN, forgetCount)];
        foreach (var (weight, place) in All<float>(step => step.Weights).Zip(All<long>(step => step.Places))) last[place] = Math.Round((double)weight, Decimals);
        return [.. last];
    }

    public void Dispose() => Owned.Release(steps.SelectMany(step => (Tensor[])[step.Weights, step.Labels, step.Places]));

    private T[] All<T>(Func<(Tensor Weights, Tensor Labels, Tensor Places), Tensor> part) where T : unmanaged
    {
        using var scope = NewDisposeScope();
        return cat([.. steps.Select(part)]).cpu().data<T>().ToArray();
    }

    private static WeightSummary Summary(int epoch, (float Weight, long Label)[] given, int classes)
    {
        var (sum, squares) = (given.Sum(each => (double)each.Weight), given.Sum(each => (double)each.Weight * each.Weight));
        var byClass = given.ToLookup(each => each.Label, each => (double)each.Weight);
        return new WeightSummary(
            epoch, given.Length, sum / given.Length, squares > 0 ? sum * sum / squares : 0,
            [.. Enumerable.Range(0, classes).Select(k => byClass[k].Sum() / byClass[k].Count())]);
    }
}
