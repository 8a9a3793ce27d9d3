using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// Pixels to logits with at most one hidden layer: small enough to check by hand. Without hidden units it
/// is multinomial logistic regression.
/// </summary>
internal sealed class Perceptron : Module<Tensor, Tensor>
{
    private readonly Linear? hidden;
    private readonly Linear fc;

    /// <summary>Draws the weights from torch's generator.</summary>
    /// <param name="pixels">Numbers in one image.</param>
    /// <param name="units">Hidden units; 0 for none.</param>
    /// <param name="classes">Number of logits.</param>
    public Perceptron(int pixels, int units, int classes) : base(nameof(Perceptron))
    {
        hidden = units > 0 ? Linear(pixels, units) : null;
        fc = Linear(units > 0 ? units : pixels, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = images.flatten(1);
        if (hidden is not null) x = hidden.call(x).relu_();
        return fc.call(x).MoveToOuterDisposeScope();
    }
}
