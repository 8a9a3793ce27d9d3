namespace FaLW.Training;

/// <summary>Learning rates as pure functions of the step.</summary>
public static class Schedules
{
    private const double Rise = 0.3;
    private const double StartDivisor = 25;
    private const double FinalDivisor = 1e4;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="spec">Base rate, schedule, epochs and milestones.</param>
    /// <param name="step">The step from 0 to <paramref name="totalSteps"/> - 1.</param>
    /// <param name="totalSteps">Steps of the whole training, the same number in each epoch.</param>
    /// <returns>The rate, positive up to rounding.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not one of the training.</exception>
    public static double Rate(TrainSpec spec, int step, int totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, totalSteps);
        return spec.Schedule switch
        {
            Schedule.OneCycle => OneCycle(spec.LearningRate, step, totalSteps),
            Schedule.Cosine => Between(spec.LearningRate, 0, (double)step / totalSteps),
            Schedule.MultiStep => MultiStep(spec, Epoch(spec, step, totalSteps)),
            _ => spec.LearningRate,
        };
    }

    private static double OneCycle(double peak, int step, int totalSteps)
    {
        var (start, turn, end) = (peak / StartDivisor, (Rise * totalSteps) - 1, totalSteps - 1.0);
        return step <= turn
            ? Between(start, peak, step / turn)
            : Between(peak, start / FinalDivisor, (step - turn) / (end - turn));
    }

    private static double MultiStep(TrainSpec spec, int epoch) =>
        spec.LearningRate * Math.Pow(0.1, spec.Milestones.Count(milestone => milestone <= epoch));

    private static int Epoch(TrainSpec spec, int step, int totalSteps) => (int)((long)step * spec.Epochs / totalSteps);

    private static double Between(double from, double to, double share) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}
