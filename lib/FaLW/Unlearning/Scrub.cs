using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Unlearning;

/// <summary>
/// SCRUB (Kurmanji et al., NeurIPS 2023, arXiv 2302.09880). Idea: a student that disobeys its teacher, the Original, on the
/// forget set and obeys it on the retain set. Phases: in each of the first <paramref name="AscentEpochs"/> epochs one pass that
/// ascends KL(teacher || student) over the forget set; in every epoch one pass over the retain set that descends
/// gamma CE + alpha KL. One optimizer throughout, so momentum carries over between the passes.
/// </summary>
/// <remarks>
/// Defaults are those of the public code's notebook large_scale_unlearning (meghdadk/SCRUB, read at 98ffb11): 3 epochs, 2 of them with ascent,
/// rate 5e-4, gamma 0.99, alpha 0.001, temperature 4, KL times its square, batches of 512 forget and 256 retain samples (the sizes of
/// its loaders; the 32 and 128 it also names are read by nothing). They are for forgetting a class, and its other notebooks have others
/// (alpha 0.5, gamma 1, 10 epochs, temperature 2); a random or long-tailed forget set needs a search of its own. Departures: the code divides
/// the rate by ten after epochs 3, 5 and 9, which its three epochs never reach, so here it is constant; "rewinding" to an earlier
/// checkpoint is left out, because it selects by the forget error that is to be reported.
/// </remarks>
/// <param name="Epochs">Passes over the retain set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-4 to 5e-2.</param>
/// <param name="AscentEpochs">Epochs, from the first, that begin with a pass over the forget set; 0 to <paramref name="Epochs"/>.</param>
/// <param name="Gamma">Factor of the cross-entropy on retain samples, not negative.</param>
/// <param name="Alpha">Factor of the divergence on retain samples, not negative.</param>
/// <param name="Temperature">Softens both outputs before they are compared; positive.</param>
public sealed record Scrub(
    int Epochs = 3, double LearningRate = 5e-4, int AscentEpochs = 2, double Gamma = 0.99, double Alpha = 0.001, double Temperature = 4)
    : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "SCRUB";

    /// <summary>Forget samples in a batch.</summary>
    public int ForgetBatchSize { get; init; } = 512;

    /// <inheritdoc/>
    protected override int ForgettingEpochs => Math.Max(1, AscentEpochs);

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        using var teacher = Teacher.Of(task.Original.Copy(), ChannelsLast);
        return FitWeighted(task, epoch => Plan(task, epoch), (logits, batch) => Loss(logits, batch, teacher.Logits(batch.Images)));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(
        Must.Hold(AscentEpochs >= 0 && AscentEpochs <= Epochs, Invariant($"lie in 0 to {Epochs}"), AscentEpochs, "the epochs with ascent"),
        Must.BeAtLeast(1, ForgetBatchSize, "the batch size of the forget set"), Must.NotBeNegative(Gamma), Must.NotBeNegative(Alpha), Must.BePositive(Temperature));

    /// <summary>One epoch, counted from 0: the forget set first, while ascent lasts.</summary>
    internal EpochPlan Plan(UnlearningTask task, int epoch)
    {
        var order = task.Order(epoch);
        var ascent = epoch < AscentEpochs ? task.Once(task.ForgetRows, [], ForgetBatchSize, order) : null;
        var descent = task.Once([], task.RetainOf(epoch), BatchSize, order);
        return ascent?.Then(descent) ?? descent;
    }

    internal Tensor Loss(Tensor logits, Batch batch, Tensor wanted)
    {
        var divergence = Teacher.Divergence(wanted, logits, Temperature) * (Temperature * Temperature);
        return batch.ForgetPositions.shape[0] > 0
            ? divergence.neg()
            : functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None) * Gamma + divergence * Alpha;
    }
}

/// <summary>
/// BadTeacher (Chundawat et al., AAAI 2023, arXiv 2205.08096). Idea: on the forget set imitate a network that knows nothing, on
/// the retain set the Original. Phases: draw a part of the retain set once; shuffle it with the forget set; for every sample
/// descend KL(teacher || student), where the teacher is an untrained network of the same kind for forget samples and the
/// Original for the others.
/// </summary>
/// <remarks>
/// As the public code (vikram2000b/bad-teaching-unlearning, and its use in if-loops/selective-synaptic-dampening): one epoch, 30 % of
/// the retain set, temperature 1, both teachers in evaluation mode. Departures: the code's divergence is averaged over all
/// entries and so shrinks with the number of classes; here it is summed over classes, as the paper writes it. The code uses Adam at
/// 1e-4; here the shared loop's SGD does the step, and the rate is ours. The untrained teacher has a seed of its own, for
/// under the seed of the training it would be the very start of the Original.
/// </remarks>
/// <param name="Epochs">Passes over the forget set and the drawn part of the retain set.</param>
/// <param name="LearningRate">Base learning rate.</param>
/// <param name="RetainShare">Share of the retain set that takes part, above 0, at most 1.</param>
/// <param name="Temperature">Softens all outputs before they are compared; positive.</param>
public sealed record BadTeacher(int Epochs = 1, double LearningRate = 0.01, double RetainShare = 0.3, double Temperature = 1)
    : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "BadTeacher";

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        using var good = Teacher.Of(task.Original.Copy(), ChannelsLast);
        using var bad = Teacher.Of(Untrained(task), ChannelsLast);
        var part = Part(task);
        return FitWeighted(task, epoch => Plan(task, part, epoch), (logits, batch) =>
            Teacher.Divergence(Wanted(good, bad, batch), logits, Temperature));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(Must.BeAShare(RetainShare, "the share of the retain set"), Must.BePositive(Temperature));

    internal EpochPlan Plan(UnlearningTask task, int[] part, int epoch) => task.Once(task.Splits.Forget, part, BatchSize, task.Order(epoch));

    internal int[] Part(UnlearningTask task)
    {
        var order = task.Shuffled(task.Splits.Retain, task.Stream($"part of the retain set"));
        return order[..(int)Math.Max(1, (decimal)RetainShare * order.Length)];
    }

    internal static Classifier Untrained(UnlearningTask task)
    {
        var (original, form) = (task.Original, task.Images.Benchmark);
        return original.Network.Create(form.Channels, form.Height, form.Width, original.Classes, task.Stream($"untrained teacher").Below(int.MaxValue), original.Device);
    }

    /// <summary>Logits of the untrained teacher for forget samples, of the Original for the others: float32 [n, classes].</summary>
    internal static Tensor Wanted(Classifier good, Classifier bad, Batch batch) => where(batch.IsForget.unsqueeze(1), bad.Logits(batch.Images), good.Logits(batch.Images));
}

/// <summary>A model that others learn from.</summary>
internal static class Teacher
{
    /// <summary>Makes a model one: evaluation mode, weights that never move, no gradient reaches them, only images that ask for one.</summary>
    public static Classifier Of(Classifier model, bool channelsLast)
    {
        model.ChannelsLast = channelsLast;
        model.Evaluate();
        foreach (var parameter in model.Parameters) parameter.requires_grad_(false);
        return model;
    }

    /// <summary>
    /// KL(teacher || student) of the softmax at a temperature, in nats, summed over classes: [n] of logits [n, classes]. Averaging over the entries
    /// instead, as torch's default reduction does, would shrink it with the number of classes.
    /// </summary>
    public static Tensor Divergence(Tensor teacher, Tensor student, double temperature)
    {
        var wanted = (teacher / temperature).log_softmax(1);
        var found = (student / temperature).log_softmax(1);
        return (wanted.exp() * (wanted - found)).sum(1);
    }
}
