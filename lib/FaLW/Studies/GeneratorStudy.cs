using System.Text.Json.Nodes;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// The question whether a generator forgets a class as a classifier does, and whether LoReUn's weight (arXiv 2507.22499) helps: a class-conditional diffusion model, one trained without the class, and
/// methods of the other studies on the first. How the paper weighs a diffusion model's loss is not known to this kit; that the loss of the step or the mean loss of the image takes the place of the cross-entropy is our reading, and so are all settings.
/// </summary>
/// <param name="Spec">Images, the one class to forget (<see cref="ForgetRule.OfClasses"/>), network and training of the independent classifier that judges samples, seeds. Its method is not looked at.</param>
/// <param name="Network">The generator.</param>
/// <param name="Noise">How noise is mixed in.</param>
/// <param name="Training">How Original and Retrain are trained.</param>
/// <param name="Methods">RL or SalUn, each with or without a weight that is made of losses.</param>
/// <param name="Samples">Images asked of every class, at least 2.</param>
/// <param name="Repeats">Unlearning seeds, at least 1.</param>
public sealed record GeneratorStudy(
    ExperimentSpec Spec, Denoiser Network, NoiseSchedule Noise, TrainSpec Training, ValueList<Method> Methods, int Samples, int Repeats)
{
    /// <summary>The study at a scale.</summary>
    /// <param name="scale">Smoke: some of the digits, seconds. Class: all digits, three minutes on one core. Small and Paper: 600 images of each class of Fashion-MNIST, shrunk to 16 x 16, and a wider generator; no scale has the paper's models.</param>
    public static GeneratorStudy At(Scale scale) => scale.InFull("The study of generators").Name switch
    {
        "smoke" => Of(classes: 4, perClass: 60, judged: 12, new Denoiser(4, Blocks: 2), new NoiseSchedule(50, 0.002, 0.3), epochs: 200, unlearning: 30, [0.1], samples: 40, repeats: 1) is var all ? all with { Methods = [.. all.Methods.SkipLast(2)] } : all,
        "class" => Of(classes: 0, perClass: 0, judged: 20, new Denoiser(10), new NoiseSchedule(), epochs: 200, unlearning: 20, [0.03, 0.1, 0.3], samples: 100, repeats: 3),
        _ => Of(classes: 0, perClass: 600, judged: 10, new Denoiser(10, Units: 512), new NoiseSchedule(), epochs: 100, unlearning: 8, [0.03, 0.1, 0.3], samples: 100, repeats: 3, Benchmark.FashionMnist, side: 16),
    };

    /// <summary>The class to forget.</summary>
    public int Forgotten => Spec.Data.Forget.Classes is [var one] ? one : -1;

    /// <summary>One sentence for each thing that is wrong, beyond what the spec says itself; empty when nothing is.</summary>
    public IEnumerable<string> Faults() =>
    [
        .. Network.Faults(), .. Noise.Faults(), .. Training.Faults().Select(fault => $"The training of the generators: {fault}."),
        .. Forgotten < 0 ? ["A generator forgets one class; name it with `ForgetRule.OfClasses(3)`."] : Array.Empty<string>(),
        .. Network.Labels < Spec.Data.Classes
            ? [Invariant($"The generator can be asked for {Network.Labels} classes, but the images have {Spec.Data.Classes}; give it as many labels.")] : Array.Empty<string>(),
        .. Must.All(Must.BeAtLeast(2, Samples, "the samples of a class"), Must.BeAtLeast(1, Repeats, "the repeats of a method"), Methods.Count == 0 ? "the methods must be at least one" : null).Select(fault => $"{fault}."),
        .. Methods.CountBy(method => method.Label).Where(label => label.Value > 1).Select(label => $"Several methods are called {label.Key}, and no table could tell them apart; put them into studies of their own."),
        .. Methods.SelectMany(method => method.Unlearner.FaultsWith(method.Weighting).Append(Objection(method)).OfType<string>()),
    ];

    internal Stage Stage() => new("generators", CanonicalJson.Node(this)!.AsObject());

    // Original does not know what is forgotten.
    internal Stage Original() => new("generator original", Trained(Spec.Data with { Forget = new ForgetRule(0.5, 0) }, Spec.Seeds.Training));

    internal Stage Retrain(Seeds seeds) => new("generator retrain", Trained(Spec.Data, seeds.Training));

    internal Stage Unlearned(Method method, int seed) => Experiments.Stage.OfModel(
        "generator unlearned", Original(), (nameof(Spec.Data), CanonicalJson.Node(Spec.Data)), ("Method", CanonicalJson.Node(method)), ("Seed", seed));

    // Ours: the rate is the largest of 0.01, 0.03 and 0.1 (SGD) that still leaves the other classes their quality, tried with RL alone.
    private static GeneratorStudy Of(
        int classes, int perClass, int judged, Denoiser network, NoiseSchedule noise, int epochs, int unlearning, double[] temperatures, int samples, int repeats, Benchmark? set = null, int side = 0)
    {
        var random = new RandomLabel(unlearning, 0.1) { BatchSize = classes == 0 ? 64 : 32, WeightDecay = 0, Augmentation = Augmentation.None, Schedule = Schedule.Cosine };
        var (salun, plain) = (new SaliencyMask(random), new UniformWeighting());
        var image = new LossBasedWeighting(0.03, LossSource.Static);
        var data = new DataSpec(set ?? Benchmark.Digits, ForgetRule.OfClasses(3), UnseenShare: 0) { FirstClasses = classes, TrainPerClass = perClass, Side = side };
        return new GeneratorStudy(
            new ExperimentSpec(data, Models.Network.ResNet8 with { Width = 16 }, new TrainSpec(judged, 32, 0.1, Schedule: Schedule.OneCycle), random, plain, new Seeds(0, 0)),
            network, noise, new TrainSpec(epochs, random.BatchSize, 0.003, WeightDecay: 0, Schedule: Schedule.OneCycle) { Optimizer = Optimizer.Adam },
            [
                new(random, plain), .. temperatures.Select(temperature => new Method(random, new LossBasedWeighting(temperature))), new(random, image),
                new(salun, plain), new(salun, new LossBasedWeighting(0.1)), new(salun, image),
            ], samples, repeats);
    }

    private static string? Objection(Method method) => method switch
    {
        { Unlearner: not (RandomLabel or SaliencyMask) } => $"{method.Unlearner.Title} has no form for a generator here; use RandomLabel, or SaliencyMask with it.",
        { Weighting: { ProfileEvery: > 0 } or { SoftDemand: not null } } => $"{method.Weighting.Title} asks probabilities of classes, which a generator has not; use a weighting that is made of losses, such as LossBasedWeighting.",
        _ => null,
    };

    private JsonObject Trained(DataSpec data, int seed) => new()
    {
        [nameof(Spec.Data)] = CanonicalJson.Node(data),
        [nameof(Network)] = CanonicalJson.Node(Network),
        [nameof(Noise)] = CanonicalJson.Node(Noise),
        [nameof(Training)] = CanonicalJson.Node(Training),
        ["Seed"] = seed,
    };
}

/// <summary>One generator in numbers, as the classifier sees its samples.</summary>
/// <param name="Title">"Original", "Retrain", "Retrain, another seed", or the method with what tells it apart.</param>
/// <param name="Seed">Its unlearning seed; of Original and Retrain the training seed.</param>
/// <param name="Judged">For every class asked for, how many samples were taken for which class.</param>
/// <param name="ToReal">Squared Fréchet distance (<see cref="GaussianFit.FrechetDistance"/>) of samples of the other classes to their training images, in the classifier's features.</param>
/// <param name="ToRetrain">The same to Retrain's samples of the other classes.</param>
/// <param name="Effective">Effective sample size of the weights over their number, last epoch, above 0 to 1; near 1 nothing was weighted, NaN without weights.</param>
/// <param name="Pictures">The first samples of every class, bytes of pixels in base 64; empty where none are kept.</param>
public sealed record GeneratorRow(string Title, int Seed, ValueList<ValueList<int>> Judged, double ToReal, double ToRetrain, double Effective, string Pictures)
{
    /// <summary>Of the samples asked for a class, those that are taken for it; percent.</summary>
    /// <exception cref="Fault">The generator was never asked for it.</exception>
    public double Share(int asked) => 100.0 * Answers(asked)[asked] / Answers(asked).Sum();

    /// <summary>Agreement of the classifier with what was asked, over all classes but one; percent.</summary>
    /// <param name="but">The class that does not count.</param>
    public double Agreement(int but) => Enumerable.Range(0, Judged.Count).Where(k => k != but).Average(Share);

    /// <summary>How differently two generators answer when asked for a class: total variation of what the classifier sees, 0 to 100 percent.</summary>
    public double AnswersApart(GeneratorRow other, int asked)
    {
        var (own, theirs) = (Answers(asked), other.Answers(asked));
        return 50 * own.Zip(theirs, (a, b) => Math.Abs((double)a / own.Sum() - (double)b / theirs.Sum())).Sum();
    }

    private ValueList<int> Answers(int asked) => asked >= 0 && asked < Judged.Count ? Judged[asked] : throw new Fault(
        Invariant($"{Title} was never asked for class {asked}: its classes are 0 to {Judged.Count - 1}."));
}

/// <summary>The loss of images to forget under Original at one step of the diffusion.</summary>
/// <param name="Step">The step, from 0; the larger, the more noise.</param>
/// <param name="Mean">Mean over images.</param>
/// <param name="Deviation">Standard deviation over images.</param>
public sealed record StepLoss(int Step, double Mean, double Deviation);

/// <summary>What <see cref="GeneratorLab.Generators"/> found. Plain numbers.</summary>
/// <param name="Study">What was asked.</param>
/// <param name="JudgeAccuracy">Test accuracy of the classifier, percent.</param>
/// <param name="TestToReal">Squared Fréchet distance of real test images of the other classes to their training images: what other real images have.</param>
/// <param name="Losses">Loss of the images to forget along the diffusion.</param>
/// <param name="Rows">Original, Retrain, Retrain of another seed, then every method with every seed.</param>
/// <param name="Provenance">Where it was computed.</param>
public sealed record GeneratorTrial(
    GeneratorStudy Study, double JudgeAccuracy, double TestToReal, ValueList<StepLoss> Losses, ValueList<GeneratorRow> Rows, Provenance Provenance)
{
    /// <summary>Pictures of each class that a record keeps.</summary>
    public const int Pictured = 10;

    /// <summary>The records in a folder of records.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
    public static RecordShelf<GeneratorTrial> Shelf(string folder, IProgress<string>? notice = null) =>
        new(folder, Path.Combine(folder, "generators"), trial => trial.Study.Stage(), trial => trial.Study.Stage().Key, notice);

    /// <summary>Trained on everything.</summary>
    public GeneratorRow Original => Rows[0];

    /// <summary>Trained without the class.</summary>
    public GeneratorRow Retrain => Rows[1];

    /// <summary>Trained without the class from another seed: the noise floor.</summary>
    public GeneratorRow Other => Rows[2];

    /// <summary>How much of the spread of the losses is the step's and not the image's, 0 to 1: the variance of the means over that of all losses.</summary>
    public double ShareOfStep
    {
        get
        {
            var (mean, within) = (Losses.Average(loss => loss.Mean), Losses.Average(loss => loss.Deviation * loss.Deviation));
            var between = Losses.Average(loss => (loss.Mean - mean) * (loss.Mean - mean));
            return between / (between + within);
        }
    }
}

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
                study, judging.Accuracy, judging.TestToReal(), experiment.Losses(study, original.Model),
                [.. rows.Select((row, i) => row.Row with { ToRetrain = i == 1 ? 0 : Judge.Rounded(row.Others.FrechetDistance(target)), Pictures = row.Row.Seed == all[^1].Seed - study.Repeats + 1 || i < 3 ? row.Row.Pictures : "" })],
                Machine.Made(experiment.Device, experiment.Splits.Hash));
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

    public double Accuracy { get; } = Rounded(Predictions.Of(judge, images, splits.Test).Accuracy);

    public double TestToReal() => Rounded(Fit(judge, images, [.. splits.Test.Where(row => images.HostLabels[row] != study.Forgotten)]).FrechetDistance(real));

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
