using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>Adds the gradient of the L1 penalty of the epoch: its strength times the sign of every weight, 0 at 0.</summary>
/// <param name="method">Gives the strength of each epoch.</param>
/// <param name="stepsPerEpoch">Steps in an epoch, at least 1.</param>
internal sealed class L1Rule(L1Sparse method, int stepsPerEpoch) : StepRule
{
    private int steps;

    /// <inheritdoc/>
    public override void BeforeStep(Classifier model)
    {
        var strength = method.Penalty(steps++ / stepsPerEpoch);
        if (strength == 0) return;
        using var scope = NewDisposeScope();
        foreach (var parameter in model.Parameters) parameter.grad?.add_(parameter.sign(), strength);
    }
}
