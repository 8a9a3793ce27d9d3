using FaLW.Data;

namespace FaLW.Training;

/// <summary>A training whose loss or weights left the real numbers. The message says where and what to try.</summary>
public sealed class DivergedException : Fault
{
    /// <summary>Names the first step with a loss that is not a number.</summary>
    /// <param name="loss">The loss found: NaN or infinite.</param>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="step">The step of the whole training, counted from 1.</param>
    /// <param name="learningRate">The learning rate of that step.</param>
    public DivergedException(double loss, int epoch, int step, double learningRate) : base(FormattableString.Invariant(
        $"Training diverged: in epoch {epoch}, step {step}, at learning rate {learningRate:G4}, the loss became {loss}. Try a tenth of the learning rate, or Float32 if the precision was BFloat16.")) =>
        (Epoch, Step, LearningRate) = (epoch, step, learningRate);

    /// <summary>Names a method without epochs whose one step left the real numbers.</summary>
    /// <param name="method">The method's name in tables.</param>
    /// <param name="remedy">What to try, as an imperative without a full stop.</param>
    public DivergedException(string method, string remedy) : base(
        $"{method} diverged: after its step a weight is not a number. {remedy}.") =>
        (Epoch, Step, LearningRate) = (1, 1, double.NaN);

    /// <summary>Says in a sentence of its own what left the real numbers, where no step is to be named.</summary>
    /// <param name="message">What was found, and what to try.</param>
    public DivergedException(string message) : base(message) => LearningRate = double.NaN;

    /// <summary>The epoch, counted from 1; 0 where none is named.</summary>
    public int Epoch { get; }

    /// <summary>The step of the whole training, counted from 1.</summary>
    public int Step { get; }

    /// <summary>The learning rate of that step.</summary>
    public double LearningRate { get; }
}
