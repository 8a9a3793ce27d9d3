using FaLW.Data;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>Keeps every weight given, on the device, and sums them up by epoch when the training is over: one transfer in all.</summary>
internal sealed class WeightDiary : IDisposable
{
    // Enough to tell weights apart, and a result stays small.
    private const int Decimals = 4;

    private readonly List<(Tensor Weights, Tensor Labels, Tensor Places)> steps = [];

    /// <summary>Notes the weights of one step.</summary>
    /// <param name="weights">[n].</param>
    /// <param name="labels">int64 [n], true classes.</param>
    /// <param name="places">int64 [n], positions in the forget set.</param>
    public void Note(Tensor weights, Tensor labels, Tensor places) => steps.Add((
        weights.to_type(float32, copy: true).DetachFromDisposeScope(), labels.clone().DetachFromDisposeScope(), places.clone().DetachFromDisposeScope()));

    /// <summary>One summary per epoch.</summary>
    /// <param name="epochs">Epochs trained, each of the same number of steps.</param>
    /// <param name="classes">Number of classes.</param>
    public ValueList<WeightSummary> Summaries(int epochs, int classes)
    {
        if (steps.Count == 0) return [];
        using var scope = NewDisposeScope();
        var weights = cat([.. steps.Select(step => step.Weights)]).cpu().data<float>().ToArray();
        var labels = cat([.. steps.Select(step => step.Labels)]).cpu().data<long>().ToArray();
        var perEpoch = weights.Length / epochs;
        return [.. Enumerable.Range(0, epochs).Select(epoch => Summary(
            epoch + 1, weights.AsSpan(epoch * perEpoch, perEpoch), labels.AsSpan(epoch * perEpoch, perEpoch), classes))];
    }

    /// <summary>The last weight of each forget sample, to four decimals; NaN for one that never had any, empty when nothing was noted.</summary>
    /// <param name="forgetCount">Size of the forget set.</param>
    public ValueList<double> Last(int forgetCount)
    {
        if (steps.Count == 0) return [];
        using var scope = NewDisposeScope();
        var weights = cat([.. steps.Select(step => step.Weights)]).cpu().data<float>().ToArray();
        var places = cat([.. steps.Select(step => step.Places)]).cpu().data<long>().ToArray();
        double[] last = [.. Enumerable.Repeat(double.NaN, forgetCount)];
        for (var i = 0; i < weights.Length; i++) last[places[i]] = Math.Round((double)weights[i], Decimals);
        return [.. last];
    }

    public void Dispose()
    {
        foreach (var (weights, labels, places) in steps)
        {
            weights.Dispose();
            labels.Dispose();
            places.Dispose();
        }
    }

    private static WeightSummary Summary(int epoch, ReadOnlySpan<float> weights, ReadOnlySpan<long> labels, int classes)
    {
        var (sum, squares) = (0.0, 0.0);
        var (sums, counts) = (new double[classes], new int[classes]);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            squares += (double)weights[i] * weights[i];
            sums[labels[i]] += weights[i];
            counts[labels[i]]++;
        }

        return new WeightSummary(
            epoch, weights.Length, sum / weights.Length, squares > 0 ? sum * sum / squares : 0,
            [.. sums.Zip(counts, (total, count) => count == 0 ? double.NaN : total / count)]);
    }
}
