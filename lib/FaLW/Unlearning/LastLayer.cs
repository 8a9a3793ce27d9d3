using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>A network cut before its last linear layer: what goes in, and what the layer makes of it.</summary>
internal sealed class LastLayer(Classifier model)
{
    // Layers come in the order of their registration, and every network of this kit ends in a linear one.
    private readonly Linear layer = model.Module.modules().OfType<Linear>().Last();

    public Tensor Weight => layer.weight!;

    public Tensor Bias => layer.bias ?? throw new Fault($"The last layer of {model.Network.Name} has no bias, which is all that the method would move; take a network whose last layer has one.");

    /// <summary>Weight and bias as one: float64 [classes, features + 1], a copy in the caller's dispose scope.</summary>
    public Tensor Theta() => cat([Weight.detach(), Bias.detach().unsqueeze(1)], 1).to_type(float64);

    public void Set(Tensor theta)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var width = Weight.shape[1];
        Weight.copy_(theta.narrow(1, 0, width));
        Bias.copy_(theta.select(1, width));
    }

    /// <summary>What goes into the last layer: float32 [n, features] for rows int64 [n], at least one, without augmentation and gradient, in the caller's dispose scope.</summary>
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
        try
        {
            Predictions.TrueClassProbability(model, images, rows);
            return cat(parts).MoveToOuterDisposeScope();
        }
        finally
        {
            hook.remove();
            Owned.Release(parts);
        }
    }

    /// <summary>The same in double precision with a column of ones for the bias: float64 [n, features + 1].</summary>
    public Tensor FeaturesAndOne(ImageSet images, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var features = Features(images, rows).to_type(float64);
        return cat([features, ones(features.shape[0], 1, dtype: float64, device: features.device)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>Probability of the true class that the layer, as it is now, gives to features: float32 [n], in the caller's dispose scope, without gradient.</summary>
    public Tensor TrueClassProbability(Tensor features, Tensor labels)
    {
        using var noGradient = no_grad();
        return nn.functional.linear(features, Weight, Bias).log_softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1).exp();
    }
}
