using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>
/// The stages of one experiment, in the order in which they are made. A model is always read back from its file, so that a run that was cut and one that was not
/// compute the same. What is asked of several stages gives a function that reads them, to be called when all of them are there.
/// </summary>
internal sealed class Experiment(ExperimentSpec asked, Sets sets, Job job)
{
    /// <summary>Work of a pass that measures, in epochs.</summary>
    public const double WorkOfScores = 0.5;

    private const string ModelFile = "model.safetensors", LogFile = "log.json";

    public ExperimentSpec Spec { get; } = OpenTypes.AsWritten(asked);

    public ImageSet Images => sets.Images(Spec);

    public Splits Splits => sets.Splits(Spec);

    public torch.Device Device => job.Device;

    public CancellationToken Cancellation => job.Cancellation;

    /// <summary>Trained on forget and retain, in an order that does not tell which is which.</summary>
    public CacheEntry Original() => Model(
        Stage.Original(Spec), "Original", Spec.Seeds.Training, Spec.Training.Epochs,
        progress =>
        {
            int[] rows = [.. Splits.Forget.Concat(Splits.Retain).Order()];
            return Supervised(_ => rows, progress);
        });

    public CacheEntry Retrain() => Model(Stage.Retrain(Spec), "Retrain", Spec.Seeds.Training, WorkOfRetrain, progress => Supervised(_ => Splits.Retain, progress));

    /// <summary>The method applied to Original. A constant twin weighs what its pattern weighed on average, so the pattern runs first.</summary>
    public CacheEntry Unlearned(CacheEntry original)
    {
        var pattern = Spec.Weighting is ConstantTwin { Of: var of } ? Sibling(Spec with { Weighting = of }).Unlearned(original) : null;
        return Model(Stage.Unlearned(Spec), Spec.Label, Spec.Seeds.Unlearning, WorkOfMethod, progress =>
        {
            var weighting = Spec.Weighting is ConstantTwin twin ? twin.With(LogOf(pattern!).Weights.Select(epoch => epoch.Mean)) : Spec.Weighting;
            using var model = Open(original);
            return Spec.Unlearner.Unlearn(new UnlearningTask(model, Images, Splits, weighting, Spec.Seeds.OfMethods, progress, Cancellation));
        });
    }

    public CacheEntry[] Three()
    {
        var original = Original();
        return [original, Retrain(), Unlearned(original)];
    }

    /// <summary>The result of a run: the three models, the other Retrain where there is to be one, and their scores.</summary>
    public Func<RunResult> Run(bool control) => Result(control, Unlearned);

    /// <summary>The result with, in the place of Unlearned, Retrain on rows drawn by class, so that each class comes up as often as before the deletion.</summary>
    public Func<RunResult> Reweighted(bool control)
    {
        var stage = Stage.Reweighted(Spec);
        var result = Result(control, _ => Model(stage, ReweightedRetrain.Title, Spec.Seeds.Training, WorkOfRetrain, progress =>
        {
            var rows = new ReweightedRows(Splits, Images.HostLabels);
            return Supervised(epoch => rows.OfEpoch(Spec.Seeds.Training, epoch), progress);
        }));
        return () =>
        {
            var found = result();
            var times = found.Times.Select(time => time.Stage == stage.Name ? time with { Stage = Stage.Unlearned(Spec).Name } : time);
            return found with { Key = stage.Key, Reference = ReweightedRetrain.Title, Times = [.. times] };
        };
    }

    public Func<T> Kept<T>(Stage stage, string text, double work, string file, Func<IProgress<TrainProgress>, T> make) where T : notnull
    {
        var entry = job.Get(stage, text, work, (folder, progress) => Write(folder, file, make(progress)));
        return () => Read<T>(entry, file);
    }

    public Classifier Open(CacheEntry entry) => Open(entry, Create(Spec.Seeds.Training));

    /// <summary>The same for a model of another network than the experiment's, in a fresh one of these.</summary>
    public static Classifier Open(CacheEntry entry, Classifier model)
    {
        model.Load(entry.File(ModelFile));
        return model;
    }

    public static TrainLog LogOf(CacheEntry model) => Read<TrainLog>(model, LogFile);

    public Classifier Create(int seed)
    {
        try
        {
            return Spec.Network.Create(Images.Benchmark.Channels, Images.Benchmark.Height, Images.Benchmark.Width, Images.Classes, seed, Device);
        }
        catch (InvalidOperationException fault)
        {
            throw new Fault(fault.Message, fault);
        }
    }

    public string NameOf(CacheEntry model) => model.Stage.Name switch
    {
        "original" => "Original",
        "retrain" when model.Stage.Key != Stage.Retrain(Spec).Key => RetrainControl.Title,
        "retrain" => "Retrain",
        "reweighted" => ReweightedRetrain.Title,
        _ => Spec.Label,
    };

    private Func<RunResult> Result(bool control, Func<CacheEntry, CacheEntry> last)
    {
        var (original, retrain) = (Original(), Retrain());
        var other = control ? Sibling(Spec.OtherTraining()).Retrain() : null;
        var unlearned = last(original);
        var (ofOriginal, ofRetrain, ofOther, ofUnlearned) = (Scores(original), Scores(retrain), other is null ? null : Scores(other), Scores(unlearned));
        return () =>
        {
            var (first, second, third) = (ofOriginal(), ofRetrain(), ofUnlearned());
            var result = RunResult.Of(
                Spec, first, second, third, [StageTime.Of(original), StageTime.Of(retrain), StageTime.Of(unlearned)],
                unlearned.Made.Provenance with { SplitsHash = third.SplitsHash }, LogOf(unlearned));
            return ofOther is null ? result : result.With(ofOther(), first, second, third, StageTime.Of(other!));
        };
    }

    private Func<Evaluation> Scores(CacheEntry model) => Kept(Stage.Scores(model.Stage, Spec.Data), $"Scores of {NameOf(model)}", WorkOfScores, "scores.json", _ =>
    {
        using var classifier = Open(model);
        return Evaluation.Of(classifier, Images, Splits, Spec.Data.Seed);
    });

    public Experiment Sibling(ExperimentSpec other) => new(other, sets, job);

    public CacheEntry Model(Stage stage, string name, int seed, double work, Func<IProgress<TrainProgress>, (Classifier Model, TrainLog Log)> make) =>
        job.Get(stage, string.Create(CultureInfo.InvariantCulture, $"{name}, seed {seed}"), work, (folder, progress) =>
        {
            var (model, log) = make(progress);
            using (model) model.Save(Path.Combine(folder, ModelFile));
            Write(folder, LogFile, log);
        });

    private (Classifier Model, TrainLog Log) Supervised(Func<int, IReadOnlyList<int>> rows, IProgress<TrainProgress> progress)
    {
        var (images, training, seed) = (Images, Spec.Training, Spec.Seeds.Training);
        var model = Create(seed);
        var log = Trainer.Fit(
            model, images, training, epoch => Planners.Supervised(rows(epoch), images.HostLabels, training.BatchSize, seed)(epoch),
            Objectives.CrossEntropy, seed, progress: progress, cancellation: Cancellation);
        return (model, log);
    }

    private double WorkOfRetrain => Spec.Training.Epochs * (1 - Spec.Data.Forget.Share);

    /// <summary>Work of the method, in epochs: its own, and the forward passes of its profile, of which three make a training step.</summary>
    public double WorkOfMethod
    {
        get
        {
            var (settings, weighting, data) = (CanonicalJson.Node(Spec.Unlearner), Spec.Weighting, Spec.Data);
            var epochs = Setting(settings, "Epochs", 5);
            if (weighting.ProfileEvery == 0) return epochs;
            var perClass = data.UnseenShare * (data.TrainPerClass == 0 ? 500 : data.TrainPerClass);
            var unseen = data.Classes * (weighting.ProfilePerClass == 0 ? perClass : Math.Min(weighting.ProfilePerClass, perClass));
            var slice = weighting.ProfileSlice == 0 ? unseen : Math.Min(weighting.ProfileSlice, unseen);
            return epochs * (1 + slice / (3 * Setting(settings, "BatchSize", 256) * weighting.ProfileEvery));
        }
    }

    // Methods name their settings as they like; most have epochs, some inside the method they are built on.
    private static double Setting(JsonNode? settings, string name, double otherwise) => settings is not JsonObject members ? otherwise
        : members[name] is JsonValue value && value.TryGetValue(out double number) ? number
        : members.Select(m => Setting(m.Value, name, double.NaN)).FirstOrDefault(double.IsFinite, otherwise);

    private static void Write<T>(string folder, string name, T value) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(value, CanonicalJson.Options));

    private static T Read<T>(CacheEntry entry, string name) where T : notnull => CanonicalJson.Load<T>(entry.File(name), "Run again with --fresh to make it anew.");
}

/// <summary>
/// The images and the splits of the experiment at hand, loaded when first needed and only then: a job whose stages are all
/// kept reads no image. Experiments on the same images share them.
/// </summary>
internal sealed class Sets(DataShelf shelf, torch.Device device) : IDisposable
{
    private ((DataSpec, InterclassConfusion?) Wanted, ImageSet Images, int[] Confused)? loaded;
    private ((DataSpec, InterclassConfusion?) Wanted, Splits Splits)? drawn;

    public ImageSet Images(ExperimentSpec spec) => Loaded(spec).Images;

    public Splits Splits(ExperimentSpec spec)
    {
        var wanted = (spec.Data, spec.Confusion);
        if (drawn is { } there && there.Wanted == wanted) return there.Splits;
        var (images, confused) = Loaded(spec);
        var splits = spec.Confusion is null
            ? Data.Splits.Of(spec.Data, images.HostLabels, images.TrainCount, images.Classes)
            : Data.Splits.Around(confused, spec.Data, images.HostLabels, images.TrainCount, images.Classes);
        drawn = (wanted, splits);
        return splits;
    }

    public void Dispose() => loaded?.Images.Dispose();

    private (ImageSet Images, int[] Confused) Loaded(ExperimentSpec spec)
    {
        // Images do not depend on how they are split; any rule in range will do. The seed draws the labels that are exchanged.
        var wanted = (spec.Data with { Forget = new ForgetRule(0.5, 0), UnseenShare = 0, Seed = spec.Confusion is null ? 0 : spec.Data.Seed }, spec.Confusion);
        if (loaded is { } there && there.Wanted == wanted) return (there.Images, there.Confused);
        loaded?.Images.Dispose();
        loaded = null;
        var raw = shelf.Read(wanted.Item1);
        var confused = spec.Confusion?.Draw(raw.Labels, raw.TrainCount, spec.Data.Seed) ?? [];
        var images = new ImageSet(spec.Confusion?.Confused(raw, confused) ?? raw, spec.Data.Classes, device);
        loaded = (wanted, images, confused);
        return (images, confused);
    }
}
