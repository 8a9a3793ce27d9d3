using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

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
    [JsonIgnore]
    public override string Title => "BadTeacher";

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        using var good = Teacher.Of(task.Original, ChannelsLast);
        using var bad = Teacher.Untrained(task, TeacherSeed(task), ChannelsLast);
        return FitWeighted(task, new MixedPlan(task, BatchSize, Part(task)).Of, (logits, batch) =>
            Distillation.Divergence(Wanted(good, bad, batch), logits, Temperature));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults()
    {
        if (!(RetainShare is > 0 and <= 1)) yield return FormattableString.Invariant($"the share of the retain set must lie above 0 and at most at 1, but is {RetainShare}");
        if (!(Temperature > 0 && double.IsFinite(Temperature))) yield return FormattableString.Invariant($"the temperature must be positive, but is {Temperature}");
    }

    /// <summary>The rows of the retain set that take part, the same in every epoch.</summary>
    internal int[] Part(UnlearningTask task)
    {
        var retain = task.Splits.Retain;
        var order = new SeededStream(task.Seed, "part of the retain set").Permutation(retain.Count);
        return [.. order.Take((int)Math.Max(1, (decimal)RetainShare * retain.Count)).Select(position => retain[position])];
    }

    /// <summary>Seed of the untrained teacher.</summary>
    internal static int TeacherSeed(UnlearningTask task) => new SeededStream(task.Seed, "untrained teacher").Below(int.MaxValue);

    /// <summary>Logits of the untrained teacher for forget samples, of the Original for the others: float32 [n, classes].</summary>
    internal static Tensor Wanted(Teacher good, Teacher bad, Batch batch)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return where(batch.IsForget.unsqueeze(1), bad.Logits(batch.Images), good.Logits(batch.Images)).MoveToOuterDisposeScope();
    }
}
