using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// SSD: selective synaptic dampening (Foster et al., AAAI 2024, arXiv 2308.07707). Idea: weights that matter much more to the
/// forget set than to the data as a whole carry what is to be forgotten; shrink those and touch nothing else. Phases:
/// importances F_f of the forget set and F_D of the whole training set; every weight with F_f > alpha F_D is multiplied by
/// min(lambda F_D / F_f, 1). No training.
/// </summary>
/// <remarks>
/// As the public code (if-loops/selective-synaptic-dampening): alpha 10 and lambda 1 for ResNet-18, F_D over forget and retain set
/// together, gradients of batches of 128 averaged before they are squared. The paper's importance, the diagonal of
/// the Fisher matrix, is <paramref name="FisherBatch"/> 1, at 128 times the cost. Departure: images as they are, not as augmented.
/// </remarks>
/// <param name="Alpha">How many times more a weight must matter to the forget set, positive; smaller dampens more weights.</param>
/// <param name="Lambda">Strength of the dampening, positive; smaller dampens more.</param>
/// <param name="FisherBatch">Samples whose gradients are averaged before they are squared, at least 1.</param>
public sealed record SelectiveSynapticDampening(double Alpha = 10, double Lambda = 1, int FisherBatch = 128) : SingleStepUnlearner
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "SSD";

    /// <inheritdoc/>
    [JsonIgnore]
    public override double Searched => Alpha;

    /// <inheritdoc/>
    public override Unlearner WithSearched(double value) => this with { Alpha = value };

    /// <inheritdoc/>
    public override ValueList<double> ValuesToSearch(ValueList<double> rates) => [1, 2, 3, 5, 10, 20, 30, 50, 100];

    /// <inheritdoc/>
    protected override string Remedy => "Retrain the Original: one of its gradients is not a number";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        if (!(Alpha > 0 && double.IsFinite(Alpha))) yield return FormattableString.Invariant($"alpha must be positive, but is {Alpha}");
        if (!(Lambda > 0 && double.IsFinite(Lambda))) yield return FormattableString.Invariant($"lambda must be positive, but is {Lambda}");
        if (FisherBatch < 1) yield return FormattableString.Invariant($"the batch size of the importances must be at least 1, but is {FisherBatch}");
    }

    /// <inheritdoc/>
    protected override void Change(Classifier model, UnlearningTask task)
    {
        var pass = new GradientPass(model, task, Augmentation);
        var forget = pass.Fisher(FisherRows.Of(task, task.Splits.Forget), FisherBatch);
        var all = pass.Fisher(FisherRows.Of(task, [.. task.Splits.Forget, .. task.Splits.Retain]), FisherBatch);
        using var noGradient = no_grad();
        foreach (var ((parameter, own), whole) in model.Parameters.Zip(forget).Zip(all))
            parameter.copy_(where(own.gt(whole * Alpha), parameter * (whole * Lambda / own).clamp(max: 1), parameter));
    }
}
