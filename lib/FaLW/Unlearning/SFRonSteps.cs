using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>What tells a forget step of <see cref="SFRon"/> from a retain step: its loss, its mask and its clipping.</summary>
/// <param name="method">The settings.</param>
internal sealed class SFRonSteps(SFRon method) : StepRule, IDisposable
{
    private const double Tiny = 1e-15;
    private MaskRule? mask;
    private bool forgetting;
    private int iteration;

    /// <summary>Gives the forget steps their mask, which is then owned.</summary>
    public SFRonSteps With(MaskRule rule)
    {
        mask = rule;
        return this;
    }

    /// <summary>The loss of a batch, which holds forget samples only or none; every retain batch ends an iteration.</summary>
    public Tensor Loss(Tensor logits, Batch batch)
    {
        using var scope = NewDisposeScope();
        var loss = functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None);
        forgetting = batch.ForgetPositions.shape[0] > 0;
        if (forgetting) loss = loss * (Adaptive(loss) * -method.Ascent(iteration));
        else iteration++;
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>c_i, scaled so that they sum to the batch size; no gradient flows through them.</summary>
    internal Tensor Adaptive(Tensor loss)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var raw = (loss.detach().pow(method.Lambda) + Tiny).reciprocal();
        return (raw / raw.sum() * loss.shape[0]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void BeforeStep(Classifier model)
    {
        if (!forgetting) return;
        mask?.BeforeStep(model);
        TorchSharp.torch.nn.utils.clip_grad_norm_(model.Parameters, method.Clip);
    }

    public void Dispose() => mask?.Dispose();
}
