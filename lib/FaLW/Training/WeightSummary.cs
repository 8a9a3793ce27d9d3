using FaLW.Data;

namespace FaLW.Training;

/// <summary>What a weighting did to the forget samples in one epoch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Count">Weights given.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="EffectiveSampleSize">(sum w)^2 / sum w^2 (Kish 1965): as many equally weighted samples would be as informative; near <paramref name="Count"/> nothing was weighted.</param>
/// <param name="ClassMeans">Mean weight of each class; NaN where the epoch had no forget sample of it.</param>
public sealed record WeightSummary(int Epoch, int Count, double Mean, double EffectiveSampleSize, ValueList<double> ClassMeans);
