using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Studies;

/// <summary>How models are trained on after unlearning, the same for all that are compared.</summary>
/// <param name="ForgetEpochs">Passes over the forget set.</param>
/// <param name="RetainEpochs">Passes over the retain set, with no forget sample in sight.</param>
/// <param name="LearningRate">Constant learning rate.</param>
/// <param name="BatchSize">Rows in a batch.</param>
/// <param name="Every">Steps between two measurements, at least 1.</param>
public sealed record RelearnSpec(int ForgetEpochs = 5, int RetainEpochs = 2, double LearningRate = 0.01, int BatchSize = 64, int Every = 1)
{
    /// <summary>What is wrong with the settings, in the form "epochs must not be negative, but are -1"; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (Every < 1) yield return FormattableString.Invariant($"a relearning is measured every so many steps, at least 1, but {Every} was asked for");
        foreach (var fault in new TrainSpec(Math.Min(ForgetEpochs, RetainEpochs), BatchSize, LearningRate).Faults()) yield return $"when models are trained on, {fault}";
    }

    /// <summary>Throws one sentence that lists everything wrong with the settings.</summary>
    /// <exception cref="Fault">At least one setting is out of range.</exception>
    public void Check()
    {
        if (string.Join("; ", Faults()) is { Length: > 0 } faults) throw new Fault($"Nothing can be relearned: {faults}. Correct the settings.");
    }

    /// <summary>How forgotten samples come back when a model is trained on.</summary>
    internal Stage Of(Stage model, ExperimentSpec spec) => Stage.OfModel(
        "relearned", model, ("Data", CanonicalJson.Node(spec.Data)), ("Relearn", CanonicalJson.Node(this)), ("Seed", spec.Seeds.Unlearning));

    /// <summary>Trains a model on and measures it on the way.</summary>
    /// <param name="model">The model; its weights are changed.</param>
    /// <param name="images">The image set.</param>
    /// <param name="rows">What it is trained on: the forget set or the retain set.</param>
    /// <param name="forget">What is measured: the forget set.</param>
    /// <param name="epochs">Passes over <paramref name="rows"/>.</param>
    /// <param name="seed">Seed of the order; zero is a seed.</param>
    /// <param name="cancellation">Asked before every step.</param>
    internal RelearnCurve Curve(
        Classifier model, ImageSet images, IReadOnlyList<int> rows, IReadOnlyList<int> forget, int epochs, int seed, CancellationToken cancellation)
    {
        Check();
        var watch = new Watch(this, images, forget);
        watch.Measure(model);
        Trainer.Fit(
            model, images, new TrainSpec(epochs, BatchSize, LearningRate), Planners.Supervised(rows, images.HostLabels, BatchSize, seed),
            Objectives.CrossEntropy, seed, watch, cancellation: cancellation);
        return new RelearnCurve([.. watch.Points]);
    }

    private sealed class Watch(RelearnSpec spec, ImageSet images, IReadOnlyList<int> forget) : StepRule
    {
        private int steps;

        public List<RelearnPoint> Points { get; } = [];

        public override void AfterStep(Classifier model)
        {
            steps++;
            if (steps % spec.Every == 0) Measure(model);
        }

        public void Measure(Classifier model) => Points.Add(new RelearnPoint(steps, Predictions.Of(model, images, forget).Accuracy));
    }
}

/// <summary>What comes back when Original, Retrain and the method's model are trained on; in this order in both lists.</summary>
/// <param name="OnForget">Trained on the forget set: relearn time.</param>
/// <param name="OnRetain">Trained on the retain set alone: what returns was only hidden.</param>
public sealed record RelearnAudit(IReadOnlyList<RelearnCurve> OnForget, IReadOnlyList<RelearnCurve> OnRetain)
{
    /// <summary>Anamnesis index of the method, at 95 % of the Original's forget accuracy; 1 is ideal, below 1 knowledge is left.</summary>
    public double AnamnesisIndex => OnForget[2].AnamnesisIndex(OnForget[1], 0.95 * OnForget[0].Start);
}
