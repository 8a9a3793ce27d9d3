using FaLW.Metrics;
using FaLW.Models;

namespace FaLW.Experiments;

internal sealed partial class Experiment
{
    private const string MarginsFile = "margins.json";
    private const string RelearningFile = "relearning.json";
    private const string ConfusionFile = "confusion.json";

    // More digits than a threshold will ever need, and a table of them stays small.
    private const int Decimals = 4;

    /// <summary>All three models and their margins on every image.</summary>
    public EnsembleMember Member()
    {
        var models = Three();
        IReadOnlyList<double>[] margins = [.. models.Select(Margins)];
        return new EnsembleMember(
            spec, sets.Splits(spec), sets.Images(spec).HostLabels, margins[0], margins[1], margins[2],
            [.. models.Select(StageTime.Of)]);
    }

    /// <summary>How fast forgotten samples come back in each of the three models.</summary>
    public RelearnAudit Relearned(RelearnSpec relearn)
    {
        Relearning[] found = [.. Three().Select(model => Relearned(model, relearn))];
        return new RelearnAudit([.. found.Select(of => of.OnForget)], [.. found.Select(of => of.OnRetain)]);
    }

    /// <summary>How often each of the three models takes one of two classes for the other on test images, whose labels nobody exchanged; percent.</summary>
    public Audited<double> Confused()
    {
        double[] found = [.. Three().Select(Confusion)];
        return new Audited<double>(found[0], found[1], found[2]);
    }

    /// <summary>ZRF of each of the three models.</summary>
    public Audited<double> ZeroRetrain(int untrained)
    {
        var (images, forget) = (sets.Images(spec), sets.Splits(spec).Forget);
        LogitTable[] random = [.. Enumerable.Range(1, untrained).Select(i =>
        {
            using var model = spec.Network.Create(
                images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, spec.Seeds.Training + i, device);
            return Predictions.WithLogits(model, images, forget).Logits;
        })];
        double Of(CacheEntry entry)
        {
            using var model = Open(entry);
            return ZeroRetrainForgetting.Of(Predictions.WithLogits(model, images, forget).Logits, random);
        }

        double[] found = [.. Three().Select(Of)];
        return new Audited<double>(found[0], found[1], found[2]);
    }

    private CacheEntry[] Three()
    {
        var original = Original();
        return [original, Retrain(), Unlearned(original)];
    }

    private Relearning Relearned(CacheEntry entry, RelearnSpec relearn)
    {
        RelearnCurve Curve(IReadOnlyList<int> rows, int epochs)
        {
            using var model = Open(entry);
            return relearn.Curve(model, sets.Images(spec), rows, sets.Splits(spec).Forget, epochs, spec.Seeds.OfRelearning, cancellation);
        }

        return Read<Relearning>(workshop.Get(Stage.Relearned(entry.Stage, spec, relearn), $"Relearning of {NameOf(entry)}", (folder, _) => Write(
            folder, RelearningFile, new Relearning(Curve(sets.Splits(spec).Forget, relearn.ForgetEpochs), Curve(sets.Splits(spec).Retain, relearn.RetainEpochs)))), RelearningFile);
    }

    private double Confusion(CacheEntry entry)
    {
        var test = spec.Confusion ?? throw new InvalidOperationException("Without exchanged labels there is no confusion to measure.");
        return Read<double>(workshop.Get(Stage.Confusion(entry.Stage, spec), $"Confusion of {NameOf(entry)}", (folder, _) =>
        {
            using var model = Open(entry);
            var found = Predictions.Of(model, sets.Images(spec), sets.Splits(spec).Test);
            Write(folder, ConfusionFile, test.Confusion(found.Labels, found.Predicted));
        }), ConfusionFile);
    }

    /// <summary>The margin a model of this experiment gives every image.</summary>
    public IReadOnlyList<double> Margins(CacheEntry model)
    {
        var entry = workshop.Get(Stage.Margins(model.Stage, spec.Data), $"Margins of {NameOf(model)}", (folder, _) =>
        {
            using var classifier = Open(model);
            var images = sets.Images(spec);
            var (_, logits) = Predictions.WithLogits(classifier, images, [.. Enumerable.Range(0, images.Count)]);
            Write<double[]>(folder, MarginsFile, [.. logits.Margins().Select(margin => Math.Round(margin, Decimals))]);
        });
        return Read<double[]>(entry, MarginsFile);
    }

    private sealed record Relearning(RelearnCurve OnForget, RelearnCurve OnRetain);
}
