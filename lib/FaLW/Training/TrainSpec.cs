using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;

namespace FaLW.Training;

/// <summary>Settings of one training, with stochastic gradient descent unless told otherwise. Equal specs on equal data and seed give equal weights.</summary>
/// <param name="Epochs">Passes over the plan; 0 trains nothing.</param>
/// <param name="BatchSize">Rows in a batch, at least 1.</param>
/// <param name="LearningRate">Base (for one-cycle: highest) learning rate, positive.</param>
/// <param name="Momentum">Momentum factor, 0 up to but not including 1; dampening is 0. Adam has its own and does not look at it.</param>
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

    /// <summary>What makes a step of a gradient.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optimizer Optimizer { get; init; }

    /// <summary>Throws one sentence that lists everything wrong with the settings.</summary>
    /// <exception cref="Fault">At least one setting is out of range.</exception>
    public void Check()
    {
        if (string.Join("; ", Faults()) is { Length: > 0 } faults) throw new Fault($"The training settings cannot be used: {faults}. Correct them in the study or spec.");
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

/// <summary>What makes a step of a gradient.</summary>
public enum Optimizer
{
    /// <summary>Stochastic gradient descent with momentum: every classifier of this kit.</summary>
    Sgd,

    /// <summary>Adam (Kingma and Ba 2015) with torch's defaults, moments 0.9 and 0.999: what diffusion models are trained with.</summary>
    Adam,
}

/// <summary>How the learning rate moves.</summary>
public enum Schedule
{
    /// <summary>The same rate at every step.</summary>
    Constant,

    /// <summary>
    /// Up to the rate and down again, per step: torch's OneCycleLR with its defaults (30 % up, from 1/25,
    /// down to 1/250,000 of the rate, cosine) but without cycling the momentum.
    /// </summary>
    OneCycle,

    /// <summary>Half a cosine from the rate towards zero, per step.</summary>
    Cosine,

    /// <summary>A tenth of the rate from each milestone epoch on.</summary>
    MultiStep,
}

/// <summary>Learning rates as pure functions of the step.</summary>
internal static class Schedules
{
    private const double Rise = 0.3;
    private const double StartDivisor = 25;
    private const double FinalDivisor = 1e4;

    /// <summary>The learning rate of a step, counted from 0 over the whole training, which has the same number in each epoch.</summary>
    public static double Rate(TrainSpec spec, int step, int totalSteps) => spec.Schedule switch
    {
        Schedule.OneCycle => OneCycle(spec.LearningRate, step, totalSteps),
        Schedule.Cosine => Between(spec.LearningRate, 0, (double)step / totalSteps),
        Schedule.MultiStep => MultiStep(spec, (int)((long)step * spec.Epochs / totalSteps)),
        _ => spec.LearningRate,
    };

    private static double OneCycle(double peak, int step, int totalSteps)
    {
        var (start, turn, end) = (peak / StartDivisor, (Rise * totalSteps) - 1, totalSteps - 1.0);
        return step <= turn
            ? Between(start, peak, step / turn)
            : Between(peak, start / FinalDivisor, (step - turn) / (end - turn));
    }

    private static double MultiStep(TrainSpec spec, int epoch) =>
        spec.LearningRate * Math.Pow(0.1, spec.Milestones.Count(milestone => milestone <= epoch));

    private static double Between(double from, double to, double share) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}
