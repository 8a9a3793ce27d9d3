using System.Diagnostics;
using FaLW.Data;
using FaLW.Models;

namespace FaLW.Training;

/// <summary>The training loop: the only one in this library. Every method is a planner, an objective and perhaps a step rule.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a classifier in place with stochastic gradient descent. Per step: one forward pass over the
    /// mixed batch, mean of the objective, gradients, <see cref="StepRule.BeforeStep"/>, optimizer step,
    /// <see cref="StepRule.AfterStep"/>. Afterwards the classifier is in training mode, in the layout of
    /// the spec and in the precision it had before.
    /// </summary>
    /// <param name="model">The classifier; its weights are changed, half-way ones after a fault or a cancellation.</param>
    /// <param name="images">Where the planned rows live; on the classifier's device.</param>
    /// <param name="spec">Epochs, rate, momentum, decay, schedule, augmentation, precision, layout.</param>
    /// <param name="plan">What each epoch does; under a schedule that moves at every step all epochs must have the same number of batches.</param>
    /// <param name="objective">Per-sample loss.</param>
    /// <param name="seed">Seed of augmentation and dropout; zero is a seed.</param>
    /// <param name="rule">What else happens around each step; null for nothing.</param>
    /// <param name="progress">Told after every step; null for nobody.</param>
    /// <param name="cancellation">Asked before every step.</param>
    /// <returns>Loss per epoch, steps and time.</returns>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <exception cref="DivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="Fault">The settings or the plan cannot be used; the sentence says why.</exception>
    public static TrainLog Fit(
        Classifier model,
        ImageSet images,
        TrainSpec spec,
        Planner plan,
        Objective objective,
        int seed,
        StepRule? rule = null,
        IProgress<TrainProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        spec.Check();
        var clock = Stopwatch.StartNew();
        using var fitting = new Fitting(model, images, spec, objective, seed, rule ?? new StepRule(), progress, cancellation);
        ValueList<double> losses = [.. Enumerable.Range(0, spec.Epochs).Select(epoch => fitting.Epoch(epoch, plan(epoch)))];
        fitting.DemandFiniteWeights();
        return new TrainLog(losses, fitting.Steps, clock.Elapsed);
    }
}
