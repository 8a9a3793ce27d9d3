using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// Every forget sample weighs the same c: the control that tells the size of a weight from its distribution over samples. The
/// forget loss of the host is multiplied by c and nothing else changes; c = 1 is the method as it is, bit for bit.
/// </summary>
/// <param name="Weight">c, any finite number; below 0 the host must be able to turn its loss round.</param>
public sealed record ConstantWeighting(double Weight) : LossWeighting
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "Constant";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsSigned => Weight < 0;

    /// <inheritdoc/>
    public override Tensor Weights(ForgetState state) => full_like(state.Loss, Weight);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (!double.IsFinite(Weight)) yield return FormattableString.Invariant($"a constant weight must be a finite number, but is {Weight}");
    }
}

/// <summary>
/// The constant twin of a weighting: in every epoch each forget sample weighs what they weigh on average under
/// <paramref name="Of"/> in the same epoch of the same host, settings and seeds. What still differs between the two is what
/// the distribution of the weight over samples does, and not its size. The lab runs the weighted method first and takes
/// the means from its log; whoever runs a method without a lab gives them with <see cref="With"/>.
/// </summary>
/// <param name="Of">The weighting whose means are taken.</param>
public sealed record ConstantTwin(LossWeighting Of) : LossWeighting
{
    private double[] Means { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Constant as {Of.Title}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsSigned => Of.IsSigned;

    /// <summary>The twin with its weights known.</summary>
    /// <param name="means">Mean weight over the forget samples of each epoch, at least one; the last holds for all that follow.</param>
    public ConstantTwin With(IEnumerable<double> means) => this with { Means = [.. means] };

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The means are not known.</exception>
    public override Tensor Weights(ForgetState state) => Means.Length > 0
        ? full_like(state.Loss, Means[Math.Min(state.Epoch, Means.Length - 1)])
        : throw new InvalidOperationException(
            $"The constant twin of {Of.Title} does not know its weights before {Of.Title} has run; run it in a lab, which sees to that, or give it the means of a log (With).");

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Of is UniformWeighting or ConstantWeighting or ConstantTwin
        ? [$"a constant twin is taken of a weighting that tells samples apart, but {Of.Title} gives all the same; use it as it is"]
        : Of.Faults();
}
