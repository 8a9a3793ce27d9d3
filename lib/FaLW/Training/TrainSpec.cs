using FaLW.Data;
using FaLW.Models;

namespace FaLW.Training;

/// <summary>Settings of one training with stochastic gradient descent. Equal specs on equal data and seed give equal weights.</summary>
/// <param name="Epochs">Passes over the plan; 0 trains nothing.</param>
/// <param name="BatchSize">Rows in a batch, at least 1.</param>
/// <param name="LearningRate">Base (for one-cycle: highest) learning rate, positive.</param>
/// <param name="Momentum">Momentum factor, 0 up to but not including 1; dampening is 0.</param>
/// <param name="WeightDecay">L2 penalty added to every gradient, those of batch normalisation and biases included, as in torch.</param>
/// <param name="Nesterov">Nesterov's form of momentum; needs a momentum.</param>
/// <param name="Schedule">How the learning rate moves.</param>
/// <param name="Augmentation">How training images are varied.</param>
public sealed record TrainSpec(
    int Epochs,
    int BatchSize,
    double LearningRate,
    double Momentum = 0.9,
    double WeightDecay = 5e-4,
    bool Nesterov = false,
    Schedule Schedule = Schedule.Constant,
    Augmentation Augmentation = Augmentation.None)
{
    /// <summary>Epochs (from 0) at whose start <see cref="Schedule.MultiStep"/> divides the rate by ten.</summary>
    public ValueList<int> Milestones { get; init; } = [];

    /// <summary>Format of the convolutions while training.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether images and convolution weights are kept with the channels of one pixel side by side: faster, equal up to rounding.</summary>
    public bool ChannelsLast { get; init; }

    /// <summary>Throws one sentence that lists everything wrong with the settings.</summary>
    /// <exception cref="Fault">At least one setting is out of range.</exception>
    public void Check()
    {
        var faults = Faults().ToList();
        if (faults.Count > 0) throw new Fault($"The training settings cannot be used: {string.Join("; ", faults)}. Correct them in the study or spec.");
    }

    /// <summary>What is wrong with the settings, in the form "epochs must not be negative, but are -1"; empty when nothing is.</summary>
    public IEnumerable<string> Faults() => Must.All(
        Must.NotBeNegative(Epochs),
        Must.BeAtLeast(1, BatchSize),
        Must.BePositive(LearningRate),
        Must.Hold(Momentum is >= 0 and < 1, "lie in 0 to 1", Momentum),
        Must.NotBeNegative(WeightDecay),
        Nesterov && Momentum == 0 ? "Nesterov's form needs a momentum" : null,
        Schedule == Schedule.MultiStep && Milestones.Count == 0 ? "the multi-step schedule needs milestones" : null);
}
