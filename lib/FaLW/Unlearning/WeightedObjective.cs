using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// Any per-sample loss under any weighting (FaLW Eq. 3): unseen profile of the model as it is, one forward
/// pass over the mixed batch, state of its forget samples from the same logits, weights without gradient,
/// product. Retain samples weigh 1. The trainer takes the mean over the whole batch.
/// </summary>
internal sealed class WeightedObjective : IDisposable
{
    private readonly UnlearningTask task;
    private readonly SampleLoss sampleLoss;
    private readonly ProfileKeeper? profiles;
    private readonly WeightDiary diary = new();
    private readonly ForgetLedger ledger;
    private int epoch;

    public WeightedObjective(UnlearningTask task, SampleLoss sampleLoss)
    {
        (this.task, this.sampleLoss) = (task, sampleLoss);
        profiles = task.Weighting.ProfileEvery > 0 ? new ProfileKeeper(task) : null;
        ledger = new ForgetLedger(task);
    }

    /// <summary>The plan, which from now on tells weightings the epoch too.</summary>
    public Planner Following(Planner plan) => number => plan(epoch = number);

    /// <summary>The weighted loss of each row: float32 [n].</summary>
    public Tensor Loss(Classifier model, Batch batch)
    {
        using var scope = NewDisposeScope();
        var profile = profiles?.At(model);
        var logits = model.Logits(batch.Images);
        var loss = sampleLoss(logits, batch);
        var weight = Weights(logits, batch, profile);
        return (weight * loss).MoveToOuterDisposeScope();
    }

    /// <summary>How many unseen samples were evaluated for profiles so far.</summary>
    public long Evaluated => profiles?.Evaluated ?? 0;

    /// <summary>What the weighting did, by epoch; empty for uniform weights.</summary>
    public ValueList<WeightSummary> Summaries(int epochs) => diary.Summaries(epochs, task.Splits.Classes);

    /// <summary>The weight each forget sample was given last, in the order of the forget set; empty for uniform weights.</summary>
    public ValueList<double> LastWeights() => diary.Last(task.Splits.Forget.Count);

    public void Dispose()
    {
        profiles?.Dispose();
        diary.Dispose();
        ledger.Dispose();
    }

    private Tensor Weights(Tensor logits, Batch batch, UnseenLaw? profile)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var positions = batch.ForgetPositions;
        var rows = batch.Rows.index_select(0, positions);
        var state = ledger.State(logits.index_select(0, positions), batch.Labels.index_select(0, positions), rows, profile) with { Epoch = epoch };
        var forget = Checked(task.Weighting.Weights(state), positions.shape[0]).to(logits.device);
        if (task.IsWeighted) diary.Note(forget, state.Labels, ledger.Places(rows));
        return ones(batch.Labels.shape[0], dtype: float32, device: logits.device).scatter_(0, positions, forget).MoveToOuterDisposeScope();
    }

    // The one place that looks at weights. Their values are looked at only where somebody else wrote the weighting: to look is to wait for the device.
    private Tensor Checked(Tensor? weights, long count)
    {
        var name = task.Weighting.GetType().Name;
        if (weights is null)
            throw new Fault(FormattableString.Invariant($"{name} gave no weights (null) for {count} forget samples; return one number for each, for example ones_like(state.Loss)."));
        if (weights.dim() != 1 || weights.shape[0] != count)
            throw new Fault(FormattableString.Invariant($"{name} gave weights of shape [{string.Join(", ", weights.shape)}] for {count} forget samples; return one number for each, shape [{count}]."));
        var numbers = weights.detach().to_type(float32);
        if (count == 0 || !Guest.Is(task.Weighting)) return numbers;
        var (least, largest) = (numbers.min().item<float>(), numbers.max().item<float>());
        if (!float.IsFinite(least) || !float.IsFinite(largest))
            throw new DivergedException(FormattableString.Invariant($"{name} gave the weight {(float.IsFinite(least) ? largest : least)} to a forget sample; a weight must be a finite number. {Remedy}"));
        if (least < 0 && !task.Weighting.IsSigned)
            throw new Fault(FormattableString.Invariant($"{name} gave the weight {least} to a forget sample; a weight must not be negative unless the weighting says IsSigned. Clamp it at 0."));
        return numbers;
    }

    // Who builds on z and forgets to ask for the profile would look for a zero in vain.
    private string Remedy => task.Weighting.ProfileEvery == 0
        ? "Keep logarithms and quotients away from zero; if it reads the distance from unseen images, which is NaN unless asked for, override ProfileEvery to give 1."
        : "Keep logarithms and quotients away from zero.";
}
