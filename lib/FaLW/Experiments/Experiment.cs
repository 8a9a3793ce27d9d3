using System.Globalization;
using System.Text.Json;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>The stages of one experiment, each made when it is not kept. A model is always read back from its file, so that a run that was cut and one that was not compute the same.</summary>
internal sealed class Experiment(ExperimentSpec spec, Sets sets, Workshop workshop, torch.Device device, CancellationToken cancellation)
{
    private const string ModelFile = "model.safetensors";
    private const string LogFile = "log.json";
    private const string ScoresFile = "scores.json";

    private readonly ExperimentSpec spec = OpenTypes.AsWritten(spec);

    public ExperimentSpec Spec => spec;

    public ImageSet Images => sets.Images(spec);

    public Splits Splits => sets.Splits(spec);

    public torch.Device Device => device;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Trained on forget and retain, in an order that does not tell which is which.</summary>
    public CacheEntry Original() => Model(Stage.Original(spec), "Original", spec.Seeds.Training, reporter =>
    {
        int[] rows = [.. sets.Splits(spec).Forget.Concat(sets.Splits(spec).Retain).Order()];
        return Supervised(_ => rows, reporter);
    });

    /// <summary>Trained on retain only.</summary>
    public CacheEntry Retrain() => Model(Stage.Retrain(spec), "Retrain", spec.Seeds.Training, reporter =>
        Supervised(_ => sets.Splits(spec).Retain, reporter));

    /// <summary>Retrain with retain rows drawn by class, so that each class comes up as often as before the deletion.</summary>
    public CacheEntry ReweightedRetrain() => Model(Stage.Reweighted(spec), Experiments.ReweightedRetrain.Title, spec.Seeds.Training, reporter =>
    {
        var rows = new ReweightedRows(sets.Splits(spec), sets.Images(spec).HostLabels);
        return Supervised(epoch => rows.OfEpoch(spec.Seeds.Training, epoch), reporter);
    });

    /// <summary>Retrain once more from another seed: what chance alone makes of the target.</summary>
    public CacheEntry RetrainControl() => Sibling(spec.OtherTraining()).Retrain();

    /// <summary>The method applied to Original.</summary>
    public CacheEntry Unlearned(CacheEntry original)
    {
        var weighting = Weighting(original);
        return Model(Stage.Unlearned(spec), spec.Label, spec.Seeds.Unlearning, reporter =>
        {
            using var model = Open(original);
            return spec.Unlearner.Unlearn(new UnlearningTask(
                model, sets.Images(spec), sets.Splits(spec), weighting, spec.Seeds.OfMethods, reporter, cancellation));
        });
    }

    /// <summary>A model measured on the sets of this experiment.</summary>
    public Evaluation Scores(CacheEntry model)
    {
        return Kept(Stage.Scores(model.Stage, spec.Data), $"Scores of {NameOf(model)}", ScoresFile, _ =>
        {
            using var classifier = Open(model);
            return Measurement.Of(classifier, Images, Splits, spec.Data.Seed);
        });
    }

    /// <summary>Everything put together.</summary>
    public RunResult Result(
        (CacheEntry Entry, Evaluation Scores) original, (CacheEntry Entry, Evaluation Scores) retrain, (CacheEntry Entry, Evaluation Scores)? control,
        (CacheEntry Entry, Evaluation Scores) unlearned)
    {
        var result = RunResult.Of(
            spec, original.Scores, retrain.Scores, unlearned.Scores,
            [.. new[] { original, retrain, unlearned }.Select(s => StageTime.Of(s.Entry))],
            unlearned.Entry.Made.Provenance with { SplitsHash = unlearned.Scores.SplitsHash },
            Read<TrainLog>(unlearned.Entry, LogFile));
        return control is { } other ? result.With(other.Scores, original.Scores, retrain.Scores, unlearned.Scores, StageTime.Of(other.Entry)) : result;
    }

    /// <summary>Original, Retrain, Unlearned.</summary>
    public CacheEntry[] Three()
    {
        var original = Original();
        return [original, Retrain(), Unlearned(original)];
    }

    /// <summary>The entry of a stage that holds one value.</summary>
    public T Kept<T>(Stage stage, string text, string file, Func<StageReporter, T> make) =>
        Read<T>(workshop.Get(stage, text, (folder, reporter) => Write(folder, file, make(reporter))), file);

    private Experiment Sibling(ExperimentSpec other) => new(other, sets, workshop, device, cancellation);

    // A twin weighs what its pattern weighed on average, so the pattern runs first.
    private LossWeighting Weighting(CacheEntry original) => spec.Weighting is ConstantTwin twin
        ? twin.With(Read<TrainLog>(Sibling(spec with { Weighting = twin.Of }).Unlearned(original), LogFile).Weights.Select(epoch => epoch.Mean))
        : spec.Weighting;

    private CacheEntry Model(Stage stage, string name, int seed, Func<StageReporter, (Classifier Model, TrainLog Log)> make) =>
        workshop.Get(stage, string.Create(CultureInfo.InvariantCulture, $"{name}, seed {seed}"), (folder, reporter) =>
        {
            var (model, log) = make(reporter);
            using (model) model.Save(Path.Combine(folder, ModelFile));
            Write(folder, LogFile, log);
        });

    private (Classifier Model, TrainLog Log) Supervised(Func<int, IReadOnlyList<int>> rows, StageReporter reporter)
    {
        var images = sets.Images(spec);
        var model = Create(images);
        var log = Trainer.Fit(
            model, images, spec.Training, epoch => Planners.Supervised(rows(epoch), images.HostLabels, spec.Training.BatchSize, spec.Seeds.Training)(epoch),
            Objectives.CrossEntropy, spec.Seeds.Training, progress: reporter, cancellation: cancellation);
        return (model, log);
    }

    public Classifier Open(CacheEntry entry)
    {
        var model = Create(sets.Images(spec));
        model.Load(entry.File(ModelFile));
        return model;
    }

    private Classifier Create(ImageSet images)
    {
        try
        {
            return spec.Network.Create(images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, spec.Seeds.Training, device);
        }
        catch (InvalidOperationException fault)
        {
            throw new Fault(fault.Message, fault);
        }
    }

    public string NameOf(CacheEntry model) => model.Stage.Name switch
    {
        "original" => "Original",
        "retrain" when model.Stage.Key != Stage.Retrain(spec).Key => Experiments.RetrainControl.Title,
        "retrain" => "Retrain",
        "reweighted" => Experiments.ReweightedRetrain.Title,
        _ => spec.Label,
    };

    private static void Write<T>(string folder, string name, T value) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(value, CanonicalJson.Options));

    private static T Read<T>(CacheEntry entry, string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(entry.File(name)), CanonicalJson.Options)
        ?? throw new Fault($"{entry.File(name)} holds nothing; run again with --fresh to make it anew.");
}
