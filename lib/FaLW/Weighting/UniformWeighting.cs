using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>Every forget sample weighs 1: the method as it is.</summary>
public sealed record UniformWeighting : LossWeighting
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "Uniform";

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state) => ones_like(state.Probability);
}
