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
/// the Fisher matrix, is <paramref name="FisherBatch"/> 1, at 128 times the cost. Departure: images as they are, not as augmented. Under soft weights both importances are
/// those of every row by itself (networks of linear layers), F_f weighted by max(-epsilon, 0); with the part that is kept it makes up F_D as before.
/// </remarks>
/// <param name="Alpha">How many times more a weight must matter to the forget set, positive; smaller dampens more weights.</param>
/// <param name="Lambda">Strength of the dampening, positive; smaller dampens more.</param>
/// <param name="FisherBatch">Samples whose gradients are averaged before they are squared, at least 1.</param>
public sealed record SelectiveSynapticDampening(double Alpha = 10, double Lambda = 1, int FisherBatch = 128) : GradientStep(Alpha)
{
    /// <inheritdoc/>
    public override string Title => "SSD";

    /// <inheritdoc/>
    public override ValueList<double> ValuesToSearch(ValueList<double> rates) => [1, 2, 3, 5, 10, 20, 30, 50, 100];

    /// <inheritdoc/>
    protected override string Remedy => "Retrain the Original: one of its gradients is not a number";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(Must.BePositive(Lambda), Must.BeAtLeast(1, FisherBatch, "the batch size of the importances"));

    private protected override void Step(Classifier model, UnlearningTask task, GradientPass pass)
    {
        var forget = task.Soft is null ? pass.Importances(task.Splits.Forget, FisherBatch) : pass.WeightedFisher(task.ForgetRows, [.. task.ForgetRows.Select(row => Math.Max(-task.Soft[row], 0))]);
        var all = task.Soft is null ? pass.Importances([.. task.Splits.Forget, .. task.Splits.Retain], FisherBatch) : pass.WeightedFisher(task.ForgetRows, [.. task.ForgetRows.Select(_ => 1f)]);
        using var noGradient = no_grad();
        foreach (var ((parameter, own), whole) in model.Parameters.Zip(forget).Zip(all))
            parameter.copy_(where(own.gt(whole * Alpha), parameter * (whole * Lambda / own).clamp(max: 1), parameter));
    }
}

/// <summary>
/// GRIN+ (2026, public code gzhu-hcai/Med-Unlearn; after GRIN, arXiv 2508.06467): one step, along the difference of two gradients, of the weights that
/// matter more to the forget set than to the retain set, every class of the forget set counting alike. Phases: G_f, the gradient of the mean
/// loss over the forget set with the weight N / (C n_c) for a sample of class c (FaLW's balance factor at tau 1), and G_r, that of the retain set, both in
/// evaluation mode; the score |G_f| / (|G_r| + e) of every weight, e a low percentile of |G_r|; the <paramref name="Share"/> with the largest scores
/// moves by alpha (G_f - G_r) r, where r = max(0, 1 - beta |cos(G_f - G_r, G_r)|) is one number per tensor.
/// </summary>
/// <remarks>
/// Defaults are the code's; no paper of it was found. Departures: class weights are applied as written, where the code scales them anew in every batch to a mean of 1, so that
/// they depend on how the set is cut; e is at least 1e-12, because with many weights that no retain sample moves a percentile is 0; gradients on images as they are.
/// </remarks>
/// <param name="Alpha">Length of the step, positive.</param>
/// <param name="Share">Share of the weights that moves, above 0, at most 1.</param>
/// <param name="Beta">How much a step shrinks that lies along the retain gradient, not negative; 0 not at all.</param>
/// <param name="Percentile">Which percentile of |G_r| is e, 0 to 100.</param>
public sealed record GradientRatio(double Alpha = 0.01, double Share = 0.5, double Beta = 0.5, double Percentile = 4) : GradientStep(Alpha)
{
    private const double Least = 1e-12, NoNorm = 1e-8;

    /// <inheritdoc/>
    public override string Title => "GRIN+";

    /// <inheritdoc/>
    public override ValueList<double> ValuesToSearch(ValueList<double> rates) => [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

    /// <inheritdoc/>
    protected override string Remedy => "Try a tenth of alpha";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(Must.BeAShare(Share, "the share of the weights"), Must.NotBeNegative(Beta), Must.LieIn(0, 100, Percentile));

    private protected override void Step(Classifier model, UnlearningTask task, GradientPass pass)
    {
        var forget = Balanced(pass, task);
        Tensor[] retain = [.. pass.Sum(task.Splits.Retain).Select(sum => sum / task.Splits.Retain.Count)];
        using var noGradient = no_grad();
        var offset = Math.Max(Least, PercentileOf(cat([.. retain.Select(part => part.abs().flatten())])));
        var movable = Saliency.Largest([.. forget.Zip(retain, (own, other) => own.abs() / (other.abs() + offset))], Share);
        foreach (var (i, parameter) in model.Parameters.Index())
        {
            var step = forget[i] - retain[i];
            parameter.add_(step * movable[i], Alpha * Kept(step, retain[i]));
        }
    }

    // The weight N / (C n_c) makes of a mean over samples the mean over classes of the classes' means.
    private static IReadOnlyList<Tensor> Balanced(GradientPass pass, UnlearningTask task)
    {
        var classes = task.Splits.Forget.ToLookup(row => task.Images.HostLabels[row]);
        var means = classes.OrderBy(rows => rows.Key).Select(rows => pass.Sum([.. rows]).Select(sum => sum / (rows.Count() * classes.Count)));
        return [.. means.Aggregate((sum, more) => sum.Zip(more, (a, b) => a + b).ToList())];
    }

    // Linear between neighbours, as numpy counts it.
    private double PercentileOf(Tensor values)
    {
        var sorted = values.sort(0).Values.to_type(float64);
        var place = Percentile / 100 * (sorted.shape[0] - 1);
        var below = (long)Math.Floor(place);
        double At(long i) => sorted[Math.Min(i, sorted.shape[0] - 1)].item<double>();
        return At(below) + ((place - below) * (At(below + 1) - At(below)));
    }

    private double Kept(Tensor step, Tensor retain)
    {
        var (length, other) = (step.norm().item<float>(), retain.norm().item<float>());
        return length > NoNorm && other > NoNorm ? Math.Max(0, 1 - (Beta * Math.Abs((step * retain).sum().item<float>() / ((double)length * other)))) : 1;
    }
}
