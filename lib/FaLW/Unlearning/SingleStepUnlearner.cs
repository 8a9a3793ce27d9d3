using System.Diagnostics;
using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// A method that computes one change of the weights from gradients of the Original and makes it: no training, so no loss that a
/// weighting could scale. Its log has no epoch and one step; its time includes every pass over the data.
/// </summary>
public abstract record SingleStepUnlearner : Unlearner
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanWeigh => false;

    /// <summary>How images are varied while gradients are taken. Public code uses the training's; off by default, because it makes the step depend on more draws.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>What to do when the step leaves the real numbers, as an imperative without a full stop.</summary>
    protected abstract string Remedy { get; }

    /// <inheritdoc/>
    protected sealed override (Classifier Model, TrainLog Log) Run(UnlearningTask task)
    {
        var clock = Stopwatch.StartNew();
        var model = task.Original.Copy();
        try
        {
            using var scope = NewDisposeScope();
            Change(model, task);
            DemandFinite(model);
            return (model, new TrainLog([], Steps: 1, clock.Elapsed));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Changes the weights of a copy of the Original in place.</summary>
    /// <param name="model">The copy.</param>
    /// <param name="task">What to unlearn.</param>
    protected abstract void Change(Classifier model, UnlearningTask task);

    private void DemandFinite(Classifier model)
    {
        using var noGradient = no_grad();
        var sum = stack(model.Parameters.Select(parameter => parameter.sum())).sum().item<float>();
        if (!float.IsFinite(sum)) throw new DivergedException(Title, Remedy);
    }
}
