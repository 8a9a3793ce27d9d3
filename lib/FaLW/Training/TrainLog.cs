using FaLW.Data;

namespace FaLW.Training;

/// <summary>What a training saw.</summary>
/// <param name="EpochLoss">For each epoch the mean objective over its rows, measured while training.</param>
/// <param name="Steps">Optimizer steps taken.</param>
/// <param name="Elapsed">Wall-clock time of the whole training.</param>
public sealed record TrainLog(ValueList<double> EpochLoss, int Steps, TimeSpan Elapsed)
{
    /// <summary>For each epoch what the weighting did; empty when forget samples were not weighted.</summary>
    public ValueList<WeightSummary> Weights { get; init; } = [];

    /// <summary>The weight each forget sample was given last, to four decimals, in the order of the forget set; empty when they were not weighted.</summary>
    public ValueList<double> LastWeights { get; init; } = [];
}

/// <summary>Where a training is, reported after every step.</summary>
/// <param name="Epoch">The epoch in progress, counted from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Step">Steps taken so far, over all epochs.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">The epoch's mean loss on its last step, NaN before: the loss leaves the device once an epoch.</param>
/// <param name="LearningRate">The rate of the step just taken.</param>
public readonly record struct TrainProgress(int Epoch, int Epochs, int Step, int Steps, double Loss, double LearningRate);

/// <summary>What a weighting did to the forget samples in one epoch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Count">Weights given.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="EffectiveSampleSize">(sum w)^2 / sum w^2 (Kish 1965): as many equally weighted samples would be as informative; near <paramref name="Count"/> nothing was weighted.</param>
/// <param name="ClassMeans">Mean weight of each class; NaN where the epoch had no forget sample of it.</param>
public sealed record WeightSummary(int Epoch, int Count, double Mean, double EffectiveSampleSize, ValueList<double> ClassMeans);
