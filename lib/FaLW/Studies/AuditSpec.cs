using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>
/// What is audited, with how many models. Everything that changes a number of the outcome is in here. Non-members are test images (RMIA) or rows held
/// back from the method (U-LiRA), never the unseen set, which is FaLW's own reference.
/// </summary>
/// <param name="Experiments">One experiment per method, on the same data, network, training and seeds, under different names.</param>
/// <param name="Models">Seeds of every model for RMIA and for the margins, at least 4; 10 to 20 for a steady figure.</param>
/// <param name="Shadows">Halves of the data for U-LiRA, at least 4; 16 to 32 for a steady figure.</param>
/// <param name="Draws">Forget sets per half, at least 1.</param>
/// <param name="Relearn">How models are trained on.</param>
/// <param name="Confusion">The classes whose labels are exchanged in the interclass confusion test.</param>
/// <param name="Repeats">Seeds of the audits that train further or anew: relearning, confusion, ZRF; 1 to <paramref name="Models"/>.</param>
/// <param name="Untrained">Untrained networks for ZRF, at least 5.</param>
public sealed record AuditSpec(
    ValueList<ExperimentSpec> Experiments, int Models, int Shadows, int Draws, RelearnSpec Relearn, InterclassConfusion Confusion, int Repeats, int Untrained = 5)
{
    /// <summary>The image set.</summary>
    public Benchmark Benchmark => Experiments[0].Data.Benchmark;

    /// <summary>The same job on another image set; where it has more or fewer classes in use, the labels of head and tail among these are exchanged.</summary>
    public AuditSpec On(Benchmark benchmark)
    {
        var moved = Experiments.Select(each => each with
        {
            Data = each.Data with { Benchmark = benchmark, FirstClasses = Math.Min(each.Data.FirstClasses, benchmark.Classes) },
        }).ToValueList();
        var isOther = moved[0].Data.Classes != Experiments[0].Data.Classes;
        return this with { Experiments = moved, Confusion = isOther ? AuditSizes.HeadAndTail(moved[0].Data, Confusion.PerClass) : Confusion };
    }

    /// <summary>Throws one sentence that lists everything wrong with the job.</summary>
    /// <exception cref="Fault">There are too few models, or experiments that cannot be compared.</exception>
    public void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0) throw new Fault($"These audits cannot be made: {string.Join("; ", faults)}. Correct the spec.");
    }

    /// <summary>What a whole job of audits depends on; its key names the record.</summary>
    public Stage Stage() => new("audits", CanonicalJson.Node(this)!.AsObject());

    /// <summary>Every experiment whose models are audited, the shadows and the confused ones too.</summary>
    internal IReadOnlyList<ExperimentSpec> Everything =>
        [.. new Func<ExperimentSpec, IReadOnlyList<ExperimentSpec>>[] { MembersOf, ShadowsOf, RepeatsOf, ConfusedOf }.SelectMany(of => Experiments.SelectMany(of))];

    internal IReadOnlyList<ExperimentSpec> MembersOf(ExperimentSpec experiment) => Ensemble.Repeated(experiment, Models);

    internal IReadOnlyList<ExperimentSpec> ShadowsOf(ExperimentSpec experiment) => Ensemble.Shadows(experiment, Shadows, Draws);

    internal IReadOnlyList<ExperimentSpec> RepeatsOf(ExperimentSpec experiment) => Ensemble.Repeated(experiment, Repeats);

    internal IReadOnlyList<ExperimentSpec> ConfusedOf(ExperimentSpec experiment) => Ensemble.Repeated(experiment with { Confusion = Confusion }, Repeats);

    private IEnumerable<string> Faults()
    {
        if (Experiments.Count == 0) yield return "there is no method to audit";
        if (Experiments.Select(FaLW.Experiments.Stage.Retrain).DistinctBy(stage => stage.Key, StringComparer.Ordinal).Skip(1).Any())
            yield return "the experiments have different Retrains, and methods can only be compared on one";
        if (Experiments.GroupBy(each => each.Title, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return $"{twice.Key} is there twice";
        if (Models < 4) yield return Invariant($"models are needed in 4 seeds or more, but {Models} were asked for");
        if (Shadows < 4) yield return Invariant($"4 shadows or more are needed, but {Shadows} were asked for");
        if (Draws < 1) yield return Invariant($"every shadow forgets at least once, but {Draws} draws were asked for");
        foreach (var fault in Relearn.Faults()) yield return fault;
        if (Repeats < 1 || Repeats > Models) yield return Invariant($"repeats must be 1 to the number of models, but are {Repeats}");
    }
}

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
        if (Every < 1) yield return Invariant($"a relearning is measured every so many steps, at least 1, but {Every} was asked for");
        foreach (var fault in new TrainSpec(Math.Min(ForgetEpochs, RetainEpochs), BatchSize, LearningRate).Faults()) yield return $"when models are trained on, {fault}";
    }

    /// <summary>Throws one sentence that lists everything wrong with the settings.</summary>
    /// <exception cref="Fault">At least one setting is out of range.</exception>
    public void Check()
    {
        if (string.Join("; ", Faults()) is { Length: > 0 } faults) throw new Fault($"Nothing can be relearned: {faults}. Correct the settings.");
    }

    internal Stage Of(Stage model, ExperimentSpec spec) => Stage.OfModel(
        "relearned", model, ("Data", CanonicalJson.Node(spec.Data)), ("Relearn", CanonicalJson.Node(this)), ("Seed", spec.Seeds.Unlearning));

    /// <summary>Trains a model on, whose weights are changed, with the forget set or the retain set, and measures it on the forget set on the way.</summary>
    internal RelearnCurve Curve(
        Classifier model, ImageSet images, IReadOnlyList<int> rows, IReadOnlyList<int> forget, int epochs, int seed, CancellationToken cancellation)
    {
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

/// <summary>A question that audits answer, with the job that answers it at every scale.</summary>
/// <param name="Name">What is typed: "audits".</param>
/// <param name="Title">Heading of the report.</param>
/// <param name="Question">The question in a sentence.</param>
/// <param name="Choices">What was chosen beforehand, and why.</param>
/// <param name="OfScale">The job at a scale, on the images meant for it.</param>
public sealed record AuditStudy(string Name, string Title, string Question, string Choices, Func<Scale, AuditSpec> OfScale)
{
    /// <summary>Every audit of the kit on four methods and both controls.</summary>
    public static AuditStudy Audits { get; } = new(
        "audits", "Audits: stronger tests of forgetting",
        "Which of the methods pass audits that find Original and find nothing in Retrain?",
        "Audits need dozens of models, so at smoke and small scale they are perceptrons on few images, which know by heart what they were trained on within seconds. Learning rates: " +
        Invariant($"one grid for all, on pilot seeds from {Study.PilotSeed} on (falw tune audits), by the smallest Average Gap to Retrain with unseen images in place of test images; at paper scale the examples of SalUn's published code."),
        AuditSizes.At);

    /// <summary>All studies of audits.</summary>
    public static ValueList<AuditStudy> All { get; } = [Audits];

    /// <summary>The study of that name in any case; null when there is none.</summary>
    public static AuditStudy? Find(string name) => All.FirstOrDefault(study => string.Equals(study.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The job at a scale on this machine: on the images the scale names, else on the study's, else, where those are missing and no record answers for them, on the digits.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="isHere">Whether the files of an image set are on this machine.</param>
    /// <param name="isRecorded">Whether there is a record of a job; asked only where images are missing.</param>
    public AuditSpec At(Scale scale, Func<Benchmark, bool> isHere, Func<AuditSpec, bool> isRecorded)
    {
        var asked = Tuned(OfScale(scale), Tuning.Frozen(Name, scale.Name));
        if (scale.Data is { } named) return asked.On(named);
        return scale.IsPapers || isHere(asked.Benchmark) || isRecorded(asked) ? asked : asked.On(Benchmark.Digits);
    }

    private static AuditSpec Tuned(AuditSpec spec, Tuning? frozen) => spec with
    {
        Experiments = spec.Experiments.Select(each => frozen?.Chosen(each.Title) is { } value ? each with { Unlearner = each.Unlearner.WithSearched(value) } : each).ToValueList(),
    };
}

/// <summary>
/// The sizes of the study of audits. Small ones are perceptrons: a ResNet-8 of width 16 needs a minute to know by heart what a perceptron knows in three
/// seconds, and an audit wants dozens of models that do.
/// </summary>
internal static class AuditSizes
{
    public static AuditSpec At(Scale scale) => scale.InFull("A study of audits", butPapers: true).Name switch
    {
        "smoke" => Of(
            new DataSpec(Benchmark.Synthetic, Forgotten, UnseenShare: 0.2), Network.Perceptron, new TrainSpec(20, 64, 0.1, Schedule: Schedule.OneCycle),
            epochs: 3, models: 12, shadows: 10, draws: 2, relearned: 0.03, exchanged: 40),
        "class" => Of(
            new DataSpec(Benchmark.TurnedDigits, Forgotten, UnseenShare: 0.25),
            Network.Perceptron with { Width = 256 }, new TrainSpec(30, 32, 0.03, WeightDecay: 0, Schedule: Schedule.OneCycle),
            epochs: 5, models: 12, shadows: 10, draws: 2, relearned: 0.01, exchanged: 20),
        "small" => Of(
            new DataSpec(Benchmark.Cifar100, Forgotten, UnseenShare: 0.2) { FirstClasses = 8, TrainPerClass = 100 },
            Network.Perceptron with { Width = 256 }, new TrainSpec(30, 32, 0.01, WeightDecay: 0, Schedule: Schedule.OneCycle),
            epochs: 5, models: 16, shadows: 12, draws: 3, relearned: 0.003, exchanged: 40),
        _ => Paper(scale with { Data = null }),
    };

    // The study main at paper scale; the learning rates are those of the published code.
    private static AuditSpec Paper(Scale scale) => new(
        [.. GridMethods.Main(scale).Select(Protocol.Cifar100.With).Where(spec => spec.Unlearner is not GradientAscent).Select(spec => scale.Rewrite(spec, _ => true))],
        Models: 20, Shadows: 16, Draws: 4, new RelearnSpec(ForgetEpochs: 5, RetainEpochs: 2, LearningRate: 0.01, BatchSize: 256, Every: 5), HeadAndTail(Protocol.Cifar100.Data, 200), Repeats: 3);

    // A fifth, and no class is wiped out; the profile study has the same.
    internal static ForgetRule Forgotten => new(0.2, 1, Cap: 0.8);

    // Learning rates are those of the methods' own defaults until a search has chosen (data/tuned).
    private static AuditSpec Of(
        DataSpec data, Network network, TrainSpec training, int epochs, int models, int shadows, int draws, double relearned, int exchanged)
    {
        var (random, plain) = (new RandomLabel(epochs) { BatchSize = training.BatchSize, Augmentation = Augmentation.None }, new UniformWeighting());
        Method[] methods =
        [
            new(new FineTune(epochs) { BatchSize = random.BatchSize, Augmentation = random.Augmentation }, plain),
            new(random, plain), new(new SaliencyMask(random), plain), new(random, new ForgettingAwareWeighting(Tau: 0.15)),
        ];
        return new AuditSpec(
            [.. methods.Select(method => new ExperimentSpec(data, network, training, method.Unlearner, method.Weighting, new Seeds(0, 0)))],
            models, shadows, draws, new RelearnSpec(ForgetEpochs: 12, RetainEpochs: 3, relearned, random.BatchSize), HeadAndTail(data, exchanged), Repeats: 3);
    }

    internal static InterclassConfusion HeadAndTail(DataSpec data, int images)
    {
        var order = data.Forget.ClassesByRank(data.Seed, data.Classes);
        return new InterclassConfusion(order[0], order[^1], images);
    }
}
