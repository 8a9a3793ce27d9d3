using FaLW.Audits;
using FaLW.Metrics;
using FaLW.Models;

namespace FaLW.Experiments;

internal sealed partial class Experiment
{
    private const string MarginsFile = "margins.json";

    // More digits than a threshold will ever need, and a table of them stays small.
    private const int Decimals = 4;

    /// <summary>All three models and their margins on every image.</summary>
    public EnsembleMember Member()
    {
        var original = Original();
        CacheEntry[] models = [original, Retrain(), Unlearned(original)];
        IReadOnlyList<double>[] margins = [.. models.Select(Margins)];
        return new EnsembleMember(
            spec, sets.Splits(spec.Data), sets.Images(spec.Data).HostLabels, margins[0], margins[1], margins[2],
            [.. models.Select(StageTime.Of)]);
    }

    /// <summary>How fast forgotten samples come back in each of the three models.</summary>
    public RelearnAudit Relearned(RelearnSpec relearn)
    {
        var (original, splits) = (Original(), sets.Splits(spec.Data));
        RelearnCurve[] Curves(IReadOnlyList<int> rows, int epochs) => [.. new[] { original, Retrain(), Unlearned(original) }.Select(entry =>
        {
            using var model = Open(entry);
            return relearn.Curve(model, sets.Images(spec.Data), rows, splits.Forget, epochs, spec.Seeds.Unlearning, cancellation);
        })];
        return new RelearnAudit(Curves(splits.Forget, relearn.ForgetEpochs), Curves(splits.Retain, relearn.RetainEpochs));
    }

    /// <summary>ZRF of each of the three models.</summary>
    public (double Original, double Retrain, double Unlearned) ZeroRetrain(int untrained)
    {
        var (original, images, forget) = (Original(), sets.Images(spec.Data), sets.Splits(spec.Data).Forget);
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

        return (Of(original), Of(Retrain()), Of(Unlearned(original)));
    }

    private IReadOnlyList<double> Margins(CacheEntry model)
    {
        var entry = workshop.Get(Stage.Margins(model.Stage, spec.Data), $"Margins of {NameOf(model)}", (folder, _) =>
        {
            using var classifier = Open(model);
            var images = sets.Images(spec.Data);
            var (_, logits) = Predictions.WithLogits(classifier, images, [.. Enumerable.Range(0, images.Count)]);
            Write<double[]>(folder, MarginsFile, [.. logits.Margins().Select(margin => Math.Round(margin, Decimals))]);
        });
        return Read<double[]>(entry, MarginsFile);
    }
}
