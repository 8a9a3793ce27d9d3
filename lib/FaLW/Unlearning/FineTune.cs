using FaLW.Data;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Unlearning;

/// <summary>
/// FT: keep training on the retain set and let the rest fade (Warnecke et al. 2021; defaults of SalUn's
/// code). No loss on forget samples, so no weighting applies.
/// </summary>
/// <param name="Epochs">Passes over the retain set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-3 to 1e-1.</param>
public sealed record FineTune(int Epochs = 10, double LearningRate = 0.01) : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "FT";

    /// <inheritdoc/>
    public override bool CanWeigh => false;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => task.Soft is null
        ? Fit(task, RetainSet(task), Objectives.CrossEntropy) : FitWeighted(task, RetainSet(task), SampleLosses.ToLabels);
}

/// <summary>
/// L1-sparse: fine-tuning on the retain set under a fading L1 penalty (Jia et al., NeurIPS 2023, arXiv 2304.04934).
/// Idea: a sparser model forgets more easily, so small weights are pulled to zero while the retain set keeps the useful ones.
/// Phases: in epoch e of E the penalty a_e = alpha (1 - e / (E - E0)) times the sum of all |weight| is added to the
/// cross-entropy, and none in the last E0 epochs. No forget sample is ever seen, so no weighting applies.
/// </summary>
/// <remarks>
/// As the public code (OPTML-Group/Unlearn-Sparse): all parameters are penalised, biases and batch-norm ones included, weight decay
/// stays on, and nothing is pruned. Departures: <paramref name="Alpha"/> has no default, because the public code's shared
/// flag of 0.2 is a thousand times too large here; the penalty enters as its gradient, alpha sign(weight), so the losses in the
/// log are those of the retain set alone.
/// </remarks>
/// <param name="Alpha">Strength in the first epoch, not negative; others search 1e-6 to 1e-4.</param>
/// <param name="Epochs">Passes over the retain set.</param>
/// <param name="LearningRate">Base learning rate; others search 1e-3 to 1e-1.</param>
/// <param name="EpochsWithout">E0: epochs at the end without penalty, 0 to <paramref name="Epochs"/>.</param>
public sealed record L1Sparse(double Alpha, int Epochs = 10, double LearningRate = 0.01, int EpochsWithout = 0)
    : GradientUnlearner(Epochs, LearningRate)
{
    /// <inheritdoc/>
    public override string Title => "L1-sparse";

    /// <inheritdoc/>
    public override bool CanWeigh => false;

    /// <summary>The penalty's factor in an epoch, counted from 0.</summary>
    internal double Penalty(int epoch) =>
        epoch < Epochs - EpochsWithout ? Alpha * (1 - ((double)epoch / (Epochs - EpochsWithout))) : 0;

    /// <inheritdoc/>
    protected override (Classifier Model, TrainLog Log) Run(UnlearningTask task) => Fit(
        task, RetainSet(task), Objectives.CrossEntropy,
        _ => new L1Rule(this, EpochPlan.Sizes(task.Splits.Retain.Count, BatchSize).Length));

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Faults() => Must.All(
        Must.NotBeNegative(Alpha), Must.Hold(EpochsWithout >= 0 && EpochsWithout <= Epochs, Invariant($"lie in 0 to {Epochs}"), EpochsWithout, "the epochs without penalty"));
}

/// <summary>Adds the gradient of the L1 penalty of the epoch: its strength times the sign of every weight, 0 at 0.</summary>
internal sealed class L1Rule(L1Sparse method, int stepsPerEpoch) : StepRule
{
    private int steps;

    public override void BeforeStep(Classifier model)
    {
        var strength = method.Penalty(steps++ / stepsPerEpoch);
        if (strength == 0) return;
        foreach (var parameter in model.Parameters) parameter.grad?.add_(parameter.sign(), strength);
    }
}

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
    public override string Title => $"{Host.Title}, reweighted";

    /// <inheritdoc/>
    public override bool CanWeigh => Host.CanWeigh;

    /// <inheritdoc/>
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
