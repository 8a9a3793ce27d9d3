using FaLW.Models;
using FaLW.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// Lets only chosen weights move. Their gradient is masked before the step; in the hard mode the others are
/// put back afterwards, so that neither decay nor momentum moves them. What momentum the optimizer keeps
/// for them has no effect, since every update concerns one weight alone.
/// </summary>
internal sealed class MaskRule : StepRule, IDisposable
{
    private readonly IReadOnlyList<Tensor> movable, fixedOnes;
    private readonly IReadOnlyList<Parameter> parameters, start;
    private readonly MaskMode mode;

    /// <summary>A rule for one training.</summary>
    /// <param name="model">The model to be trained.</param>
    /// <param name="original">Where the weights start; read at every step.</param>
    /// <param name="movable">bool, one tensor per parameter: true may move. The rule takes a copy.</param>
    /// <param name="mode">Hard or gradient only.</param>
    public MaskRule(Classifier model, Classifier original, IReadOnlyList<Tensor> movable, MaskMode mode)
    {
        this.movable = [.. movable.Select(mask => mask.clone().DetachFromDisposeScope())];
        fixedOnes = [.. movable.Select(mask => mask.logical_not().DetachFromDisposeScope())];
        (parameters, start, this.mode) = ([.. model.Parameters], [.. original.Parameters], mode);
    }

    /// <inheritdoc/>
    public override void BeforeStep(Classifier model)
    {
        for (var i = 0; i < parameters.Count; i++) parameters[i].grad?.masked_fill_(fixedOnes[i], 0);
    }

    /// <inheritdoc/>
    public override void AfterStep(Classifier model)
    {
        if (mode != MaskMode.Hard) return;
        using var scope = NewDisposeScope();
        for (var i = 0; i < parameters.Count; i++) parameters[i].copy_(where(movable[i], parameters[i], start[i]));
    }

    public void Dispose()
    {
        foreach (var mask in movable.Concat(fixedOnes)) mask.Dispose();
    }
}
