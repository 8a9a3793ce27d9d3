using FaLW.Data;
using FaLW.Experiments;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// The question how unseen images lie, and what it costs to know: an Original and a Retrain, and runs of FaLW from that Original. It has
/// settings of its own, small enough for two minutes on one core, so that it stands whatever the studies choose.
/// </summary>
/// <param name="Spec">Images, network and training; its method is random labels under Algorithm 1.</param>
/// <param name="LearningRates">Learning rates of the runs.</param>
/// <param name="Others">Other ways to keep the profile, which look on.</param>
public sealed record ProfileStudy(ExperimentSpec Spec, ValueList<double> LearningRates, ValueList<ForgettingAwareWeighting> Others)
{
    private static readonly int[] Intervals = [2, 5, 10, 20];

    /// <summary>The study at a scale.</summary>
    /// <param name="scale">Smoke: the digits; Class: the turned digits of <see cref="Scale.Class"/>; Small: six classes of CIFAR-100, 250 images to train, 50 unseen and 100 test images each, on one core; Paper: the paper's CIFAR-100.</param>
    public static ProfileStudy At(Scale scale) => scale.InFull("The study of profiles", butPapers: true).Name switch
    {
        "smoke" => Of(
            new DataSpec(Benchmark.Digits, AuditSizes.Forgotten, UnseenShare: 0.25) { TrainPerClass = 120 },
            Network.ResNet8 with { Width = 8 }, new TrainSpec(8, 64, 0.1, Schedule: Schedule.OneCycle),
            new RandomLabel(4) { BatchSize = 64, Augmentation = Augmentation.None }, [64, 32, 16]),
        "class" => Of(
            new DataSpec(Benchmark.TurnedDigits, AuditSizes.Forgotten, UnseenShare: 0.25),
            Network.ResNet8 with { Width = 16 }, new TrainSpec(30, 32, 0.1, WeightDecay: 1e-4, Schedule: Schedule.OneCycle) { ChannelsLast = true },
            new RandomLabel(10) { BatchSize = 64, Augmentation = Augmentation.None, ChannelsLast = true }, [64, 32, 16]),
        "small" => Of(
            new DataSpec(Benchmark.Cifar100, AuditSizes.Forgotten, UnseenShare: 1.0 / 6) { FirstClasses = 6, TrainPerClass = 300 },
            Network.ResNet8 with { Width = 16 }, new TrainSpec(20, 32, 0.1, Schedule: Schedule.OneCycle) { ChannelsLast = true },
            new RandomLabel(4) { BatchSize = 128, Augmentation = Augmentation.None, ChannelsLast = true }, [64, 51, 32, 16]),
        _ => Of(Protocol.Cifar100.Data, Protocol.Cifar100.Network, Protocol.Cifar100.Training, Budget.At(scale).On(new RandomLabel()), [512, 256, 128, 64]) is var study
            ? study with { Spec = (scale with { Data = null }).Rewrite(study.Spec, _ => true) } : study,
    };

    internal Stage Stage() => new("profile", CanonicalJson.Node(this)!.AsObject());

    private static ProfileStudy Of(DataSpec data, Network network, TrainSpec training, RandomLabel method, int[] slices) => new(
        new ExperimentSpec(data, network, training, method, new ForgettingAwareWeighting(), new Seeds(0, 0)), [0.1, 0.01],
        [
            .. Intervals.Select(every => new ForgettingAwareWeighting(RefreshEvery: every)),
            .. slices.Select(slice => new ForgettingAwareWeighting { Slice = slice }),
        ]);
}

/// <summary>One image under the two models of reference.</summary>
/// <param name="Row">Its row in the image set.</param>
/// <param name="Class">Its true class.</param>
/// <param name="Original">Log-odds of the true class under Original, to four decimals.</param>
/// <param name="Retrain">The same under Retrain.</param>
public sealed record ProfileSample(int Row, int Class, double Original, double Retrain);

/// <summary>What <see cref="AuditLab.Profile"/> found. Plain numbers.</summary>
/// <param name="Study">What was asked.</param>
/// <param name="Unseen">Images no model was trained on: the unseen part and the test part, in the order of the image set.</param>
/// <param name="Forget">Images to forget, in the order of the forget set.</param>
/// <param name="ForgetCounts">For each class how many of its images are forgotten.</param>
/// <param name="Renewals">For every learning rate Algorithm 1 and the others.</param>
/// <param name="Provenance">Where it was computed.</param>
public sealed record ProfileTrial(
    ProfileStudy Study, ValueList<ProfileSample> Unseen, ValueList<ProfileSample> Forget, ValueList<int> ForgetCounts,
    ValueList<Renewal> Renewals, Provenance Provenance)
{
    /// <summary>The records of profile studies in a folder of records.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
    public static RecordShelf<ProfileTrial> Shelf(string folder, IProgress<string>? notice = null) =>
        new(folder, Path.Combine(folder, "profiles"), trial => trial.Study.Stage(), trial => trial.Study.Stage().Key, notice);

    /// <summary>The images under the model that was trained on those to forget.</summary>
    public ProfileView Original => View(nameof(Original), sample => sample.Original);

    /// <summary>The images under the model that never saw those to forget.</summary>
    public ProfileView Retrain => View(nameof(Retrain), sample => sample.Retrain);

    private ProfileView View(string model, Func<ProfileSample, double> odds)
    {
        ValueList<ClassOdds> Seen(ValueList<ProfileSample> samples) => [.. samples.Select(sample => new ClassOdds(sample.Class, odds(sample)))];
        return new ProfileView(Study.Spec, model, Seen(Unseen), Seen(Forget), ForgetCounts);
    }
}

/// <summary>
/// One way to keep the unseen profile fresh, along a run of FaLW: what it cost and how far its weights were from those of Algorithm 1 for
/// the same model and batch. Costs are counted, not timed, so they are the same everywhere.
/// </summary>
/// <param name="LearningRate">Learning rate of the run.</param>
/// <param name="Every">Steps between two renewals.</param>
/// <param name="Slice">Unseen images in a renewal, the rest being carried along; 0 for all of them.</param>
/// <param name="Evaluated">Unseen images taken through the network in the whole run, each time counting.</param>
/// <param name="Trained">Images trained on in the whole run, each time counting.</param>
/// <param name="MeanError">Mean over all forget images of all steps of |weight - weight of Algorithm 1|.</param>
/// <param name="LargestError">Largest over the steps of the mean over the step's forget images.</param>
public sealed record Renewal(double LearningRate, int Every, int Slice, long Evaluated, long Trained, double MeanError, double LargestError)
{
    // A forward pass is a third of a training step: the backward pass computes two gradients where the forward pass computes one product.
    private const double PassesInStep = 3;

    /// <summary>Work of the run in times that of plain random labels, in passes through the network.</summary>
    public double Work => 1 + Evaluated / (PassesInStep * Trained);

    /// <summary>The way in words.</summary>
    public string Title => Slice > 0 ? Invariant($"rolling, {Slice} a step") : Every == 1 ? "all, every step" : Invariant($"all, every {Every} steps");
}

/// <summary>
/// One run of FaLW by Algorithm 1 with others looking on: each keeps a profile in its own way, and what its weights would have been is
/// compared with what they are. All see the same models, so they differ in nothing but the profile.
/// </summary>
internal static class RenewalRun
{
    /// <summary>Algorithm 1 itself first, then the others in order; the weighting of the task is not looked at.</summary>
    public static IReadOnlyList<Renewal> Of(RandomLabel method, UnlearningTask task, IReadOnlyList<ForgettingAwareWeighting> others)
    {
        ProfileKeeper[] keepers = [.. others.Select(weighting => new ProfileKeeper(task with { Weighting = weighting }))];
        try
        {
            var audience = new Audience(keepers.Length);
            using var weighted = new WeightedObjective(task with { Weighting = audience }, SampleLosses.ToTargets);
            using var model = task.Original.Copy();
            var trained = 0L;
            Tensor Objective(Classifier current, Batch batch)
            {
                audience.Laws = [.. keepers.Select(keeper => keeper.At(current))];
                trained += batch.Labels.shape[0];
                return weighted.Loss(current, batch);
            }

            Trainer.Fit(model, task.Images, method.Training, epoch => method.Plan(task, epoch), Objective, task.Seed, progress: task.Progress, cancellation: task.Cancellation);
            Renewal Found(int every, int slice, long evaluated, double mean, double largest) => new(method.LearningRate, every, slice, evaluated, trained, mean, largest);
            return
            [
                Found(1, 0, weighted.Evaluated, 0, 0),
                .. others.Select((weighting, i) => Found(weighting.RefreshEvery, weighting.Slice, keepers[i].Evaluated, audience.Mean(i), audience.Largest[i])),
            ];
        }
        finally
        {
            foreach (var keeper in keepers) keeper.Dispose();
        }
    }

    // Algorithm 1's weights, and beside them what each of the others would have given.
    private sealed record Audience(int Others) : LossWeighting
    {
        private static readonly ForgettingAwareWeighting Exact = new();
        private readonly double[] sums = new double[Others];
        private long judged;

        public UnseenLaw[] Laws { get; set; } = [];

        public double[] Largest { get; } = new double[Others];

        public override int ProfileEvery => Exact.ProfileEvery;

        public double Mean(int other) => sums[other] / judged;

        public override Tensor Weights(ForgetState state)
        {
            var weights = Exact.Weights(state);
            var count = state.Labels.shape[0];
            if (count == 0) return weights;
            judged += count;
            for (var i = 0; i < Others; i++)
            {
                using var scope = NewDisposeScope();
                var error = (Exact.Weights(state with { ZScore = Laws[i].ZScore(state.Probability, state.Labels) }) - weights).abs().mean().item<float>();
                sums[i] += error * count;
                Largest[i] = Math.Max(Largest[i], error);
            }

            return weights;
        }
    }
}
