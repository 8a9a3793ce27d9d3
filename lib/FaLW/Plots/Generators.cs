using FaLW.Data;
using FaLW.Figures;
using FaLW.Studies;

namespace FaLW.Plots;

/// <summary>Generators side by side: does each still make the class, and what became of the others?</summary>
public static class GeneratorTable
{
    /// <summary>One row per generator, methods as means over their seeds.</summary>
    public static Table Of(GeneratorTrial trial)
    {
        var (gone, retrain) = (trial.Study.Forgotten, trial.Retrain);
        return Table.Of($"Forgetting {trial.Study.Spec.Data.Benchmark.ClassName(gone)} in a generator", GeneratorRuns.Of(trial),
            [
                new("Generator", rows => rows.Key), new("seeds", rows => rows.Count(), "", 0),
                new("forgotten", rows => rows.Average(row => row.Share(gone)), "%", 1) { Meaning = "Of the samples asked for the class, those that the classifier takes for it." },
                new("apart", rows => rows.Key == retrain.Title ? double.NaN : rows.Average(row => row.AnswersApart(retrain, gone)), "%", 1)
                { Meaning = "How differently from Retrain it answers when asked for the class: total variation of what the classifier sees." },
                new("others", rows => rows.Average(row => row.Agreement(gone)), "%", 1) { Meaning = "Samples of the other classes that the classifier takes for what was asked." },
                new("to real", rows => rows.Average(row => row.ToReal)) { Meaning = "Squared Fréchet distance to real images of the other classes, in the classifier's features." },
                new("to Retrain", rows => rows.Key == retrain.Title ? double.NaN : rows.Average(row => row.ToRetrain), "", 3) { Meaning = "The same to Retrain's samples." },
                new("ESS / n", rows => rows.Average(row => row.Effective)) { Meaning = "Effective sample size of the weights, last epoch: near 1 nothing was weighted." },
            ],
            rows => rows.Key == trial.Original.Title || rows.Key == retrain.Title || rows.Key == trial.Other.Title,
            Invariant($"{trial.Study.Samples} samples a class. The classifier is right about {trial.JudgeAccuracy:0.0} % of real test images, whose distance to real is {trial.TestToReal:0.00}."));
    }
}

/// <summary>The share of the forgotten class, and the distance of the others to Retrain, seed by seed.</summary>
public static class GeneratorPlot
{
    // The words of a line stand at its right.
    private const double HeadRoom = 1.25;

    /// <summary>Two panels.</summary>
    public static Figure Of(GeneratorTrial trial)
    {
        var gone = trial.Study.Forgotten;
        var runs = GeneratorRuns.Of(trial).Where(rows => rows.Key != trial.Retrain.Title && rows.Key != trial.Other.Title).ToList();
        Panel Panel(string title, Axis axis, Func<GeneratorRow, double> of, double floor, string words) => new(
            axis with { Low = 0, High = HeadRoom * Math.Max(floor, runs.Max(rows => rows.Max(of))) }, Axis.Of("", runs.Select(rows => rows.Key)),
            [.. runs.Select((rows, place) => new Points(rows.Key, rows.Select(of), rows.Select(_ => (double)place)) { InLegend = false, Paint = Palette.Of(rows.Key.Split(" + ")[0], 0), Radius = 5, Opacity = 0.7 })])
        {
            Title = title,
            Annotations = [new ReferenceLine(floor, words, Upright: true)],
        };
        return new Figure("Which generator still makes the class, and what did it cost the others?",
            [
                Panel(Invariant($"asked for {trial.Study.Spec.Data.Benchmark.ClassName(gone)}"), new Axis("taken for it", "%"), row => row.Share(gone), trial.Other.Share(gone), "Retrain"),
                Panel("asked for the others", new Axis("squared Fréchet distance to Retrain"), row => row.ToRetrain, trial.Other.ToRetrain, "another seed"),
            ])
        {
            Subtitle = GeneratorRuns.Setting(trial),
            Note = "A point is an unlearning seed. Lines: Retrain of another seed, what chance alone does.",
            ShareY = true,
            Legend = false,
            Height = 180 + 34 * runs.Count,
        };
    }
}

/// <summary>What a loss says along the diffusion.</summary>
public static class StepLossPlot
{
    /// <summary>Mean and standard deviation over the images to forget.</summary>
    public static Figure Of(GeneratorTrial trial)
    {
        double[] steps = [.. trial.Losses.Select(loss => (double)loss.Step)];
        return Figure.Of("The loss tells the step before it tells the image", Axis.Whole("step of the diffusion, from clean to noise"), new Axis("loss", "mean squared error") { Low = 0 },
            new Band("one standard deviation over images", steps, trial.Losses.Select(loss => Math.Max(0, loss.Mean - loss.Deviation)), trial.Losses.Select(loss => loss.Mean + loss.Deviation)),
            new Line("mean over images to forget", steps, trial.Losses.Select(loss => loss.Mean)) { Marker = Marker.Circle }) with
        {
            Subtitle = GeneratorRuns.Setting(trial),
            Note = Invariant($"Original. {100 * trial.ShareOfStep:0} % of the variance of these losses is the step's, the rest the image's and the noise's. Band: one standard deviation over images."),
            Height = 420,
        };
    }
}

/// <summary>Samples to look at.</summary>
public static class GeneratorSheet
{
    /// <summary>What each generator makes when asked for one class.</summary>
    /// <exception cref="Fault">No generator was asked for it.</exception>
    public static ImageSheet Of(GeneratorTrial trial, int asked)
    {
        _ = trial.Original.Share(asked);
        return Sheet(trial, $"Asked for {trial.Study.Spec.Data.Benchmark.ClassName(asked)}", GeneratorRuns.Of(trial).Select(rows => (rows.Key, rows.First(), asked)));
    }

    /// <summary>What one generator makes of every class.</summary>
    /// <param name="trial">What was found.</param>
    /// <param name="row">One whose pictures are kept.</param>
    public static ImageSheet Of(GeneratorTrial trial, GeneratorRow row) =>
        Sheet(trial, $"{row.Title}: every class", Enumerable.Range(0, row.Judged.Count).Select(k => (trial.Study.Spec.Data.Benchmark.ClassName(k), row, k)));

    private static ImageSheet Sheet(GeneratorTrial trial, string title, IEnumerable<(string Label, GeneratorRow Row, int Class)> rows)
    {
        var (form, count) = (trial.Study.Spec.Data.Form, Math.Min(GeneratorTrial.Pictured, trial.Study.Samples));
        var kept = rows.Where(row => row.Row.Pictures.Length > 0).ToList();
        byte[] pixels = [.. kept.SelectMany(row => Convert.FromBase64String(row.Row.Pictures).AsSpan(row.Class * count * form.Pixels, count * form.Pixels).ToArray())];
        return new ImageSheet(title, new RawImages(form, pixels, [.. kept.SelectMany(row => Enumerable.Repeat(row.Class, count))], 0),
            [.. kept.Select((row, place) => (row.Label, (ValueList<int>)[.. Enumerable.Range(place * count, count)]))])
        { Subtitle = GeneratorRuns.Setting(trial) };
    }
}

/// <summary>The generators of a trial, those that differ in nothing but the seed together.</summary>
internal static class GeneratorRuns
{
    public static IEnumerable<IGrouping<string, GeneratorRow>> Of(GeneratorTrial trial) => trial.Rows.GroupBy(row => row.Title, StringComparer.Ordinal);

    public static string Setting(GeneratorTrial trial) => Invariant(
        $"{trial.Study.Spec.Data.Benchmark.Name}{(trial.Study.Spec.Data.Side is > 0 and var side ? Invariant($" at {side} × {side}") : "")}, diffusion of {trial.Study.Noise.Steps} steps, perceptron of {trial.Study.Network.Blocks} blocks of {trial.Study.Network.Units} units");
}
