using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>How far a student is from its teacher.</summary>
internal static class Distillation
{
    /// <summary>
    /// KL(teacher || student) of the softmax at a temperature, in nats, summed over classes. Averaging over the entries
    /// instead, as torch's default reduction does, would shrink it with the number of classes.
    /// </summary>
    /// <param name="teacher">Logits [n, classes].</param>
    /// <param name="student">Logits [n, classes]; the gradient flows here.</param>
    /// <param name="temperature">Positive; logits are divided by it.</param>
    /// <returns>[n], not negative up to rounding.</returns>
    public static Tensor Divergence(Tensor teacher, Tensor student, double temperature)
    {
        using var scope = NewDisposeScope();
        var wanted = (teacher / temperature).log_softmax(1);
        var found = (student / temperature).log_softmax(1);
        return (wanted.exp() * (wanted - found)).sum(1).MoveToOuterDisposeScope();
    }
}
