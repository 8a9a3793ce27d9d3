using FaLW.Data;
using FaLW.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>A network cut before its last linear layer: what goes in, and what the layer makes of it.</summary>
internal sealed class LastLayer(Classifier model)
{
    // Layers come in the order of their registration, and every network of this kit ends in a linear one.
    private readonly Linear layer = model.Module.modules().OfType<Linear>().Last();

    /// <summary>float32 [classes, features].</summary>
    public Tensor Weight => layer.weight!;

    /// <summary>float32 [classes].</summary>
    public Tensor Bias => layer.bias ?? throw new Fault($"The last layer of {model.Network.Name} has no bias, which is all that the method would move; take a network whose last layer has one.");

    /// <summary>Weight and bias as one: float64 [classes, features + 1], a copy in the caller's dispose scope.</summary>
    public Tensor Theta()
    {
        using var scope = NewDisposeScope();
        return cat([Weight.detach(), Bias.detach().unsqueeze(1)], 1).to_type(float64).MoveToOuterDisposeScope();
    }

    /// <summary>Takes what <see cref="Theta"/> gives.</summary>
    public void Set(Tensor theta)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var width = Weight.shape[1];
        Weight.copy_(theta.narrow(1, 0, width));
        Bias.copy_(theta.select(1, width));
    }

    /// <summary>What goes into the last layer: evaluation mode, no gradient, no augmentation.</summary>
    /// <param name="images">The image set, on the model's device.</param>
    /// <param name="rows">int64 [n] on the device, at least one.</param>
    /// <returns>float32 [n, features], in the caller's dispose scope; the model's mode is as before.</returns>
    public Tensor Features(ImageSet images, Tensor rows)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        List<Tensor> parts = [];
        var hook = layer.register_forward_pre_hook((_, input) =>
        {
            parts.Add(input.clone().DetachFromDisposeScope());
            return input;
        });
        var wasTraining = model.Module.training;
        try
        {
            model.Evaluate();
            var size = model.EvaluationRows;
            for (var start = 0L; start < rows.shape[0]; start += size)
            {
                using var pass = NewDisposeScope();
                model.Logits(images.Pixels(rows.narrow(0, start, Math.Min(size, rows.shape[0] - start))));
            }

            return cat(parts).MoveToOuterDisposeScope();
        }
        finally
        {
            hook.remove();
            if (wasTraining) model.Train();
            foreach (var part in parts) part.Dispose();
        }
    }

    /// <summary>Probability of the true class that the layer, as it is now, gives to features.</summary>
    /// <param name="features">float32 [n, features].</param>
    /// <param name="labels">int64 [n].</param>
    /// <returns>float32 [n], in the caller's dispose scope, without gradient.</returns>
    public Tensor TrueClassProbability(Tensor features, Tensor labels)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return nn.functional.linear(features, Weight, Bias).log_softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1).exp().MoveToOuterDisposeScope();
    }
}
