using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>Generators in a lab: trained, made to forget, asked, and judged; every model and its samples are kept like any other stage.</summary>
public static class GeneratorLab
{
    /// <summary>A study of a generator: from the records, from the cache, or computed.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="study">What is asked, whatever the scale; null for the study of the lab's scale.</param>
    /// <param name="cancellation">Stops at the next step; the same call goes on from there.</param>
    /// <exception cref="Fault">Something about the study is wrong; the sentences say what, and nothing was computed.</exception>
    public static GeneratorTrial Generators(this Lab lab, GeneratorStudy? study = null, CancellationToken cancellation = default)
    {
        var asked = study ?? GeneratorStudy.At(lab.Scale);
        if (string.Join(' ', asked.Faults()) is { Length: > 0 } faults) throw new Fault($"The generator study cannot run, so nothing was computed. {faults}");
        if (lab.Records(GeneratorTrial.Shelf)?.Find(asked.Stage()) is { } known)
        {
            lab.SayRecorded(known.Provenance);
            return known;
        }

        return lab.Run([asked.Spec], job => lab.Experiment(asked.Spec, job).Flow(asked), cancellation);
    }

    /// <summary>Writes the record of a trial, so that it travels with the repository.</summary>
    /// <returns>The file; null in a lab without records.</returns>
    public static string? Keep(this Lab lab, GeneratorTrial trial) => lab.Kept(GeneratorTrial.Shelf)?.FileOf(trial);

    private static Func<GeneratorTrial> Flow(this Experiment experiment, GeneratorStudy study)
    {
        var (seeds, judge) = (study.Spec.Seeds, experiment.Original());
        Sampled Trained(string title, Stage stage, int seed, Func<IReadOnlyList<int>> rows) => experiment.Sampled(
            study, title, seed, experiment.Model(stage, $"Generator: {title}", seed, study.Training.Epochs, progress => experiment.Trained(study, rows(), seed, progress)));
        var original = Trained("Original", study.Original(), seeds.Training, () => [.. experiment.Splits.Forget.Concat(experiment.Splits.Retain).Order()]);
        var retrain = Trained("Retrain", study.Retrain(seeds), seeds.Training, () => experiment.Splits.Retain);
        var other = Trained(RetrainControl.Title, study.Retrain(seeds.OfControl()), seeds.OfControl().Training, () => experiment.Splits.Retain);
        Sampled[] all =
        [
            original, retrain, other,
            .. from method in study.Methods
               from seed in Enumerable.Range(seeds.Unlearning, study.Repeats)
               select experiment.Sampled(study, method.Label, seed, experiment.Model(
                   study.Unlearned(method, seed), $"Generator: {method.Label}", seed, experiment.WorkOf(method), progress => experiment.Unlearned(study, method, original.Model, seed, progress))),
        ];
        return experiment.Kept(study.Stage(), "Samples judged", Experiment.WorkOfScores, "generators.json", _ =>
        {
            using var judging = new Judge(study, experiment.Images, experiment.Splits, experiment.Open(judge));
            var rows = all.Select(judging.Seen).ToList();
            var target = rows[1].Others;
            return new GeneratorTrial(
                study, judging.Accuracy, judging.TestToReal, experiment.Losses(study, original.Model),
                [.. rows.Select((row, i) => row.Row with { ToRetrain = i == 1 ? 0 : Judge.Rounded(row.Others.FrechetDistance(target)), Pictures = row.Row.Seed == all[^1].Seed - study.Repeats + 1 || i < 3 ? row.Row.Pictures : "" })],
                Machine.Provenance(experiment.Device, experiment.Splits.Hash));
        });
    }

    private static Sampled Sampled(this Experiment experiment, GeneratorStudy study, string title, int seed, CacheEntry model) => new(title, seed, model, experiment.Kept(
        Stage.OfModel("generator samples", model.Stage, ("Samples", study.Samples), ("Seed", study.Spec.Data.Seed)), $"Samples of {title}", Experiment.WorkOfScores, "samples.json", _ =>
        {
            using var scope = NewDisposeScope();
            using var generator = Experiment.Open(model, experiment.Fresh(study, 0));
            using var denoising = new Denoising(study.Noise, experiment.Images, new SeededStream(study.Spec.Data.Seed, "samples of generators").Below(int.MaxValue));
            var labels = arange(study.Spec.Data.Classes, dtype: int64, device: experiment.Device).repeat_interleave(study.Samples);
            return new Samples(Convert.ToBase64String(denoising.Sample(generator, labels).cpu().contiguous().bytes));
        }));

    private static (Classifier Model, TrainLog Log) Trained(this Experiment experiment, GeneratorStudy study, IReadOnlyList<int> rows, int seed, IProgress<TrainProgress> progress)
    {
        using var denoising = new Denoising(study.Noise, experiment.Images, seed);
        var model = experiment.Fresh(study, seed);
        var plan = Planners.Supervised(rows, experiment.Images.HostLabels, study.Training.BatchSize, seed);
        return (model, Trainer.Fit(model, experiment.Images, study.Training, plan, denoising.Own, seed, progress: progress, cancellation: experiment.Cancellation));
    }

    private static (Classifier Model, TrainLog Log) Unlearned(this Experiment experiment, GeneratorStudy study, Method method, CacheEntry original, int seed, IProgress<TrainProgress> progress)
    {
        var own = (study.Spec.Seeds with { Unlearning = seed }).OfMethods;
        using var denoising = new Denoising(study.Noise, experiment.Images, own);
        using var generator = Experiment.Open(original, experiment.Fresh(study, 0));
        return method.Unlearner.Unlearn(new UnlearningTask(generator, experiment.Images, experiment.Splits, method.Weighting, own, progress, experiment.Cancellation) { Denoising = denoising });
    }

    private static ValueList<StepLoss> Losses(this Experiment experiment, GeneratorStudy study, CacheEntry original)
    {
        using var scope = NewDisposeScope();
        using var generator = Experiment.Open(original, experiment.Fresh(study, 0));
        using var denoising = new Denoising(study.Noise, experiment.Images, study.Spec.Data.Seed);
        var course = denoising.Course(generator, Predictions.RowsOn(experiment.Device, experiment.Splits.Forget)).cpu();
        return [.. Enumerable.Range(0, Denoising.Looks).Select(look => new StepLoss(
            (int)denoising.StepOf(look), Judge.Rounded(course[look].mean().item<float>()), Judge.Rounded(course[look].std().item<float>())))];
    }

    private static Classifier Fresh(this Experiment experiment, GeneratorStudy study, int seed)
    {
        var form = experiment.Images.Benchmark;
        return study.Network.For(new InputShape(form.Channels, form.Height, form.Width), seed, experiment.Device);
    }

    private static double WorkOf(this Experiment experiment, Method method) => experiment.Sibling(experiment.Spec.With(method)).WorkOfMethod;
}

/// <summary>A generator of a study, and what it made.</summary>
internal sealed record Sampled(string Title, int Seed, CacheEntry Model, Func<Samples> Samples);

/// <summary>Samples class by class, bytes of pixels in base 64.</summary>
internal sealed record Samples(string Pixels);

/// <summary>The independent classifier, and the real images of the classes that stay, as it sees them.</summary>
internal sealed class Judge(GeneratorStudy study, ImageSet images, Splits splits, Classifier judge) : IDisposable
{
    // Enough to tell generators apart, and the same on every processor more often than not.
    private const int Decimals = 4;

    private readonly GaussianFit real = Fit(judge, images, splits.Retain);

    public double Accuracy => Rounded(Predictions.Of(judge, images, splits.Test).Accuracy);

    public double TestToReal => Rounded(Fit(judge, images, [.. splits.Test.Where(row => images.HostLabels[row] != study.Forgotten)]).FrechetDistance(real));

    public static double Rounded(double value) => Math.Round(value, Decimals);

    /// <summary>One generator in numbers, and the law of its samples of the classes that stay.</summary>
    public (GeneratorRow Row, GaussianFit Others) Seen(Sampled made)
    {
        var (classes, each, form) = (study.Spec.Data.Classes, study.Samples, images.Benchmark);
        var pixels = Convert.FromBase64String(made.Samples().Pixels);
        int[] asked = [.. Enumerable.Range(0, classes * each).Select(row => row / each)];
        using var samples = new ImageSet(new RawImages(form, pixels, asked, 0), classes, images.Device);
        var predicted = Predictions.Of(judge, samples, [.. Enumerable.Range(0, asked.Length)]).Predicted;
        ValueList<int> Answers(int k) => [.. Enumerable.Range(0, classes).Select(seen => predicted.AsSpan(k * each, each).Count(seen))];
        var others = Fit(judge, samples, [.. Enumerable.Range(0, asked.Length).Where(row => asked[row] != study.Forgotten)]);
        var shown = Math.Min(each, GeneratorTrial.Pictured) * form.Pixels;
        byte[] pictures = [.. Enumerable.Range(0, classes).SelectMany(k => pixels.AsSpan(k * each * form.Pixels, shown).ToArray())];
        var weights = Experiment.LogOf(made.Model).Weights;
        var effective = weights.Count == 0 ? double.NaN : Rounded(weights[^1].EffectiveSampleSize / weights[^1].Count);
        return (new GeneratorRow(made.Title, made.Seed, [.. Enumerable.Range(0, classes).Select(Answers)], Rounded(others.FrechetDistance(real)), double.NaN, effective, Convert.ToBase64String(pictures)), others);
    }

    public void Dispose() => judge.Dispose();

    private static GaussianFit Fit(Classifier judge, ImageSet set, IReadOnlyList<int> rows)
    {
        using var scope = NewDisposeScope();
        var features = new LastLayer(judge).Features(set, Predictions.RowsOn(set.Device, [.. rows])).to_type(float64).cpu().contiguous();
        var (numbers, width) = (features.data<double>().ToArray(), (int)features.shape[1]);
        return GaussianFit.Of([.. Enumerable.Range(0, rows.Count).Select(row => numbers.AsSpan(row * width, width).ToArray())]);
    }
}
