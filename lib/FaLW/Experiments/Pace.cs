using System.Diagnostics;
using FaLW.Data;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Experiments;

/// <summary>How fast a network trains here: a few seconds of the one training loop on images made up for it.</summary>
internal sealed class Pace(CancellationTokenSource enough) : IProgress<TrainProgress>
{
    private const int Batches = 4, Endless = 1_000_000;

    // So small that nothing is learned and nothing can diverge.
    private const double Rate = 1e-9;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    private readonly Stopwatch clock = new();
    private int steps;

    /// <summary>Training images a second of the network of an experiment.</summary>
    public static double Of(ExperimentSpec spec, Device device, CancellationToken cancellation = default)
    {
        var (form, training) = (spec.Data.Form, spec.Training with { Epochs = Endless, LearningRate = Rate });
        int[] rows = [.. Enumerable.Range(0, Batches * training.BatchSize)];
        var raw = new RawImages(form, [.. Enumerable.Range(0, rows.Length * form.Pixels).Select(place => (byte)(place * 37))], [.. rows.Select(row => row % spec.Data.Classes)], rows.Length);
        using var images = new ImageSet(raw, spec.Data.Classes, device);
        using var model = spec.Network.Create(form.Channels, form.Height, form.Width, spec.Data.Classes, seed: 0, device);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pace = new Pace(enough);
        try
        {
            Trainer.Fit(model, images, training, Planners.Supervised(rows, images.HostLabels, training.BatchSize, seed: 0), Objectives.CrossEntropy, seed: 0, progress: pace, cancellation: enough.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It was enough.
        }
        return pace.steps * training.BatchSize / pace.clock.Elapsed.TotalSeconds;
    }

    // The loss of an epoch is waited for, so that a GPU is done with its steps; the first epoch warms up.
    void IProgress<TrainProgress>.Report(TrainProgress value)
    {
        if (double.IsNaN(value.Loss)) return;
        if (clock.IsRunning) steps += Batches;
        else clock.Start();
        if (steps == 0 || clock.Elapsed < Long) return;
        clock.Stop();
        enough.Cancel();
    }
}
