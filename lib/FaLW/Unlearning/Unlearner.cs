using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// An unlearning method with its settings: a value with one verb. Its serialised form is its identity in
/// every result, so two methods with equal settings are the same method. Anybody can write one, in a notebook cell too: derive from
/// <see cref="GradientUnlearner"/> where it trains, from <see cref="SingleStepUnlearner"/> where it computes one change.
/// </summary>
public abstract record Unlearner
{
    /// <summary>Short name for tables, as in the literature.</summary>
    [JsonIgnore]
    public virtual string Title => GetType().Name;

    /// <summary>Whether the method has a loss on forget samples that a weighting can scale.</summary>
    [JsonIgnore]
    public virtual bool CanWeigh => true;

    /// <summary>Whether a negative weight means something: that the loss of the sample is turned round, and it is learned instead.</summary>
    [JsonIgnore]
    public virtual bool CanWeighNegatively => false;

    /// <summary>The one setting that decides most how far the method goes, and that a search tries: the learning rate, where gradient steps are taken. NaN when there is none.</summary>
    [JsonIgnore]
    public virtual double Searched => double.NaN;

    /// <summary>The method with that setting.</summary>
    /// <param name="value">Positive.</param>
    public virtual Unlearner WithSearched(double value) => this;

    /// <summary>As many values of that setting as there are learning rates in a search, so that every method has the same budget.</summary>
    /// <param name="rates">The learning rates of the search.</param>
    public virtual ValueList<double> ValuesToSearch(ValueList<double> rates) => rates;

    /// <summary>Makes a model that has unlearned the forget set. Equal tasks give equal models.</summary>
    /// <param name="task">Original, images, splits, weighting, seed. The Original is bit for bit what it was.</param>
    /// <returns>A new model, which the caller disposes, and what its training saw.</returns>
    /// <exception cref="Fault">Method, weighting and splits do not fit together, and nothing was trained; or a method or weighting that is not of this kit broke a promise: the sentence names which.</exception>
    /// <exception cref="DivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public (Classifier Model, TrainLog Log) Unlearn(UnlearningTask task)
    {
        string[] faults = [.. Faults().Concat(task.Weighting.Faults())];
        if (faults.Length > 0) throw new Fault($"{Title} cannot run: {string.Join("; ", faults)}. Correct the settings.");
        if (Pairing.Objection(this, task.Weighting) is { } objection) throw new Fault(objection);
        DemandUnseen(task);
        return Guest.Is(this) || Guest.Is(task.Weighting) ? Guest.Watched(this, task, Run) : Run(task);
    }

    /// <summary>The method itself, on a task that passed the checks.</summary>
    /// <param name="task">What to unlearn.</param>
    /// <returns>A new model and its log.</returns>
    protected abstract (Classifier Model, TrainLog Log) Run(UnlearningTask task);

    /// <summary>What is wrong with the settings, in the form "the density must lie in 0 to 1, but is 2"; empty when nothing is.</summary>
    protected internal virtual IEnumerable<string> Faults() => [];

    private static void DemandUnseen(UnlearningTask task)
    {
        var (weighting, splits) = (task.Weighting, task.Splits);
        if ((weighting.ProfileEvery > 0 || weighting.SoftDemand is not null) && splits.ClassesWithoutUnseen.Count > 0)
            throw new Fault(
                $"{weighting.Title} compares forget samples with unseen ones of their class, but class {string.Join(", ", splits.ClassesWithoutUnseen)} has no unseen sample; "
                + "raise the unseen share or use another weighting.");
    }
}
