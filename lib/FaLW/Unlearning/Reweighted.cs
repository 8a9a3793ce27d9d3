using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// A method whose retain samples are drawn by REWEIGHT (De Min et al., TMLR, arXiv 2503.09330): in every epoch as many as there are, with replacement,
/// each class as often as the whole training set had it (<see cref="ReweightedRows"/>). Forget samples, labels and losses are the method's own.
/// </summary>
/// <remarks>
/// It is the plan of an epoch that changes and not a loss: every retain row that is drawn weighs 1, and forget samples can be weighed as ever. The
/// paper's groups are class and sensitive attribute together; classes are the only groups here.
/// </remarks>
/// <param name="Host">FT, L1-sparse, RL or SalUn: the methods that pass the retain set once an epoch by the plan that draws.</param>
public sealed record Reweighted(Unlearner Host) : Unlearner
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"{Host.Title}, reweighted";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanWeigh => Host.CanWeigh;

    /// <inheritdoc/>
    [JsonIgnore]
    public override double Searched => Host.Searched;

    /// <inheritdoc/>
    public override Unlearner WithSearched(double value) => this with { Host = Host.WithSearched(value) };

    /// <inheritdoc/>
    public override ValueList<double> ValuesToSearch(ValueList<double> rates) => Host.ValuesToSearch(rates);

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) =>
        Host.Unlearn(task with { Reweighted = new ReweightedRows(task.Splits, task.Images.HostLabels) });

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Host is FineTune or L1Sparse or RandomLabel or SaliencyMask ? Host.AllFaults
        : [$"the retain set can be drawn by class for FT, L1-sparse, RL and SalUn, but not for {Host.Title}"];
}
