using System.Diagnostics;
using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>
/// A method that computes one change of the weights from gradients of the Original and makes it: no training, so no loss that a
/// weighting could scale. Its log has no epoch and one step; its time includes every pass over the data.
/// </summary>
public abstract record SingleStepUnlearner : Unlearner
{
    /// <inheritdoc/>
    public override bool CanWeigh => false;

    /// <summary>How images are varied while gradients are taken. Public code uses the training's; off by default, because it makes the step depend on more draws.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>What to do when the step leaves the real numbers, as an imperative without a full stop.</summary>
    protected abstract string Remedy { get; }

    /// <inheritdoc/>
    protected sealed override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var clock = Stopwatch.StartNew();
        return Changed(task, model =>
        {
            using var scope = NewDisposeScope();
            Change(model, task);
            if (!Guest.IsFinite(model)) throw DivergedException.After(Title, Remedy);
            return new TrainLog([], Steps: 1, clock.Elapsed);
        });
    }

    /// <summary>Changes the weights of a copy of the Original in place.</summary>
    protected abstract void Change(Classifier model, UnlearningTask task);
}

/// <summary>One step made of gradients of forget and retain set, whose length or reach is alpha: what a search tries.</summary>
/// <param name="Alpha">Positive.</param>
public abstract record GradientStep([property: JsonPropertyOrder(-1)] double Alpha) : SingleStepUnlearner
{
    /// <inheritdoc/>
    public override double Searched => Alpha;

    internal override IEnumerable<string> AllFaults => Must.All(Must.BePositive(Alpha)).Concat(Faults());

    /// <inheritdoc/>
    public override Unlearner WithSearched(double value) => this with { Alpha = value };

    /// <inheritdoc/>
    protected sealed override void Change(Classifier model, UnlearningTask task) => Step(model, task, new GradientPass(model, task, Augmentation));

    private protected abstract void Step(Classifier model, UnlearningTask task, GradientPass pass);
}

/// <summary>A walk over rows that looks at gradients and moves nothing: evaluation mode, cross-entropy to the true labels. The model is left without gradients.</summary>
internal sealed class GradientPass(Classifier model, UnlearningTask task, Augmentation augmentation)
{
    // A sum of gradients depends on it by rounding only.
    private const int RowsOfSum = 256;

    /// <summary>Sum over the rows of the gradient of each: one tensor per parameter, of its shape, in the caller's dispose scope.</summary>
    public IReadOnlyList<Tensor> Sum(IReadOnlyList<int> rows) => Total(rows, RowsOfSum, (sum, gradient, count) => sum.add_(gradient, count));

    public IReadOnlyList<Tensor> SumOfMeans(IReadOnlyList<int> rows, int batchSize) => Total(rows, batchSize, (sum, gradient, _) => sum.add_(gradient));

    /// <summary>
    /// Mean over batches of the squared gradient of the batch's mean loss. With batches of one row this is the diagonal of the
    /// empirical Fisher matrix; larger batches, as in public code, average gradients before they are squared, which is faster
    /// and smaller by about the batch size where gradients differ.
    /// </summary>
    public IReadOnlyList<Tensor> Fisher(IReadOnlyList<int> rows, int batchSize)
    {
        var sums = Total(rows, batchSize, (sum, gradient, _) => sum.addcmul_(gradient, gradient, 1));
        foreach (var sum in sums) sum.div_(EpochPlan.Sizes(rows.Count, batchSize).Length);
        return sums;
    }

    /// <summary>
    /// The diagonal of the empirical Fisher matrix, row by row, as a weighted mean over the rows (0 where all weigh nothing), of a network of linear layers alone: the gradient of a row is what comes into a layer times the
    /// slope of what goes out, so that one pass over all rows does it.
    /// </summary>
    public IReadOnlyList<Tensor> WeightedFisher(IReadOnlyList<int> rows, IReadOnlyList<float> weights)
    {
        var layers = model.Module.modules().OfType<Linear>().ToList();
        if (2 * layers.Count != model.Parameters.Count())
            throw new Fault($"Soft weights ask what every row by itself says of a weight, which can be told of linear layers with a bias only, but {model.Network.Name} has others. Use a perceptron, or leave soft weights out.");
        List<(Tensor Input, Tensor Output)> seen = [];
        var hooks = layers.Select(layer => layer.register_forward_hook((_, input, output) =>
        {
            output.retain_grad();
            seen.Add((input.detach().clone().DetachFromDisposeScope(), output.DetachFromDisposeScope()));
            // What follows may change its input in place, and would change the slope with it.
            return output.clone();
        })).ToList();
        model.Evaluate();
        using (var pass = NewDisposeScope())
        {
            var chosen = Predictions.RowsOn(task.Images.Device, rows);
            functional.cross_entropy(model.Logits(task.Images.Pixels(chosen)), task.Images.Labels.index_select(0, chosen), reduction: Reduction.Sum).backward();
        }

        foreach (var hook in hooks) hook.remove();
        model.Module.zero_grad();
        using var noGradient = no_grad();
        var total = Math.Max(weights.Sum(), float.Epsilon);
        var share = tensor([.. weights.Select(weight => weight / total)], [weights.Count, 1], device: task.Images.Device);
        List<Tensor> sums = [.. seen.SelectMany(layer => (layer.Output.grad!.square() * share) is var slope ? new[] { slope.t().mm(layer.Input.square()), slope.sum([0]) } : [])];
        foreach (var tensor in seen.SelectMany(layer => new[] { layer.Input, layer.Output })) tensor.Dispose();
        return sums;
    }

    /// <summary>The same with rows cut into batches in an order drawn from the seed, so that no batch is of one class.</summary>
    public IReadOnlyList<Tensor> Importances(IReadOnlyList<int> rows, int batchSize) => Fisher(task.Shuffled(rows, task.Stream($"order of the Fisher pass")), batchSize);

    /// <summary>Hands over the gradient of the mean loss of every batch, in the order of the rows; null where a parameter has none.</summary>
    public void Over(IReadOnlyList<int> rows, int batchSize, Action<IReadOnlyList<Tensor?>, int> read)
    {
        using var scope = NewDisposeScope();
        model.Evaluate();
        var plan = new EpochPlan([.. rows], task.LabelsOf(rows), new bool[rows.Count], EpochPlan.Sizes(rows.Count, batchSize));
        foreach (var batch in Batches.Of(task.Images, plan, augmentation, task.Seed, epoch: -1))
        {
            task.Cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            model.Module.zero_grad();
            (task.Denoising?.Own(model, batch).mean() ?? functional.cross_entropy(model.Logits(batch.Images), batch.Labels)).backward();
            using var noGradient = no_grad();
            read([.. model.Parameters.Select(parameter => parameter.grad)], (int)batch.Labels.shape[0]);
        }

        model.Module.zero_grad();
    }

    private List<Tensor> Total(IReadOnlyList<int> rows, int batchSize, Action<Tensor, Tensor, int> add)
    {
        List<Tensor> sums = [.. model.Parameters.Select(parameter => zeros_like(parameter))];
        using var gradient = enable_grad();
        Over(rows, batchSize, (gradients, count) =>
        {
            for (var i = 0; i < sums.Count; i++)
                if (gradients[i] is { } own) add(sums[i], own, count);
        });
        return sums;
    }
}
