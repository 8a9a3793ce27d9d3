using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// A two-layer perceptron on a table: soft weights are solved for on its last layer, as in the code of Soft Weighted Machine Unlearning (arXiv 2505.18783), and plugged
/// into methods that move all of it. The code names its hosts and its loaders tell how weights reach them; the recipes are our reading of that.
/// </summary>
public sealed class PerceptronStudy : IDisposable
{
    private const int Epochs = 5, Batch = 64, Tries = 8;

    // Few epochs: a network that knows its table by heart has people without influence.
    private static readonly TrainSpec Training = new(5, 32, 0.05, WeightDecay: 1e-3, Schedule: Schedule.OneCycle);

    private readonly ImageSet images;
    private readonly Classifier model;
    private readonly TabularSplit split;
    private readonly TabularPart[] parts;

    /// <summary>Trains the network, and its last layer anew to the optimum.</summary>
    /// <param name="split">Taken over; its seed is that of weights, order and methods.</param>
    public PerceptronStudy(TabularSplit split)
    {
        (this.split, parts) = (split, [split.Train, split.Validation, split.Test]);
        using var scope = NewDisposeScope();
        var features = cat([.. parts.Select(part => part.Features.narrow(1, 0, part.Features.shape[1] - 1))]);
        images = ImageSet.Of(split.Set.Name, features, [.. parts.SelectMany(part => part.HostLabels).Select(label => label ? 1 : 0)], split.Train.Count + split.Validation.Count);
        var form = images.Benchmark;
        model = Network.Perceptron.Create(form.Channels, form.Height, form.Width, form.Classes, split.Seed, CPU);
        Trainer.Fit(model, images, Training, Planners.Supervised(Rows(0), images.HostLabels, Training.BatchSize, split.Seed), Objectives.CrossEntropy, split.Seed);
        Head = new SoftWeightedStudy([.. Enumerable.Range(0, 3).Select(part => Hidden(model, images, part))], SoftWeightedStudy.TableRidge, Attacked);
        new LastLayer(model).Set(Head.Original);
    }

    /// <summary>Logistic regression on the hidden layer: influences, schemes, one step, training the last layer again.</summary>
    public SoftWeightedStudy Head { get; }

    /// <summary>
    /// A hard and a soft way to cancel a share of a task loss, of which influence promises the same: deleting as many people as it takes, and the smallest weights. Each by one
    /// influence step and through GA, FT, Fisher and SCRUB; their learning rate (SSD's alpha) is halved in on eight times, from 0.0001 to 1 (1000 to 0.1), towards the one whose task loss on the validation part
    /// is what was asked, and the nearest is taken.
    /// </summary>
    /// <param name="task">Demographic parity or equal opportunity of <see cref="Head"/>.</param>
    /// <param name="fraction">Share of the task loss to cancel, above 0, at most 1.</param>
    /// <param name="keepUtility">Scheme 2.3, the utility must stay; false is 2.1.</param>
    public ValueList<PlugInRow> PlugIns(SoftTask task, double fraction, bool keepUtility)
    {
        var (problem, goal) = (Head.Problem(task), (1 - fraction) * Head.Before(task).Task);
        return
        [
            .. from soft in new[] { false, true }
               let weights = soft ? problem.Cancel(fraction, keepUtility) : problem.HardFor(fraction)
               from host in Hosts.Prepend(null)
               select new PlugInRow(host?.Title ?? "influence step", soft, split.Seed, weights.Moved, host is null ? Stepped(task, weights) : Nearest(host, task, goal, weights, soft)),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (IDisposable[])[images, model, .. parts, Head]) part.Dispose();
    }

    private static IEnumerable<Unlearner> Hosts =>
    [
        Table(new GradientAscent(Epochs)), Table(new FineTune(Epochs)), new SelectiveSynapticDampening(), Table(new Scrub(Epochs) { ForgetBatchSize = Batch }),
    ];

    private static GradientUnlearner Table(GradientUnlearner host) => host with { BatchSize = Batch, Augmentation = Augmentation.None };

    private int[] Rows(int part) => [.. Enumerable.Range(parts[..part].Sum(each => each.Count), parts[part].Count)];

    private TabularPart Hidden(Classifier network, ImageSet set, int part) =>
        parts[part].With(new LastLayer(network).FeaturesAndOne(set, Predictions.RowsOn(CPU, Rows(part))));

    private TableScores Stepped(SoftTask task, SoftWeights weights)
    {
        using var scope = NewDisposeScope();
        return Head.Scores(task, Head.Stepped(weights));
    }

    // Logarithms are halved; who diverges went too far.
    private TableScores Nearest(Unlearner host, SoftTask task, double goal, SoftWeights weights, bool soft)
    {
        var (nearest, weak, strong, sign) = (double.PositiveInfinity, -4.0, 0.0, Math.Sign(Head.Before(task).Task));
        Classifier? best = null;
        for (var i = 0; i < Tries; i++)
        {
            var middle = (weak + strong) / 2;
            var strength = Math.Pow(10, middle);
            var unlearned = Unlearned(host.WithSearched(host is SelectiveSynapticDampening ? 0.1 / strength : strength), weights, soft);
            var missed = unlearned is null ? double.NaN : Scored(task, unlearned, reported: false).Task - goal;
            var isBest = Math.Abs(missed) < nearest;
            (isBest ? best : unlearned)?.Dispose();
            if (isBest) (best, nearest) = (unlearned, Math.Abs(missed));
            if (sign * missed > 0) weak = middle;
            else strong = middle;
        }

        using (best) return best is null ? TableScores.None : Scored(task, best, reported: true);
    }

    private Classifier? Unlearned(Unlearner method, SoftWeights weights, bool soft)
    {
        // Deletion is a soft weight of -1: SSD takes both by one rule, row by row.
        var lessened = Rows(0).ToLookup(row => weights.Epsilon[row] < 0);
        var splits = new Splits([.. lessened[true]], [.. lessened[false]], Rows(1), Rows(2), images.HostLabels, images.TrainCount, 2);
        LossWeighting weighting = soft && method.CanWeigh ? new SoftWeighting(Signed: method.CanWeighNegatively) : new UniformWeighting();
        try
        {
            return method.Unlearn(new UnlearningTask(model, images, splits, weighting, split.Seed)
            {
                Soft = soft || method is SelectiveSynapticDampening ? [.. weights.Epsilon.Select(e => (float)e), .. new float[images.Count - weights.Epsilon.Count]] : null,
            }).Model;
        }
        catch (DivergedException)
        {
            return null;
        }
    }

    // Until it is reported, nobody looks at the test part.
    private TableScores Scored(SoftTask task, Classifier network, bool reported)
    {
        using var scope = NewDisposeScope();
        using TabularPart validation = Hidden(network, images, 1), test = Hidden(network, images, reported ? 2 : 1);
        return Head.Scores(task, new LastLayer(network).Theta(), validation, test);
    }

    // Moves what goes into the network and gives what comes out of its hidden layer.
    private Tensor Attacked(TabularPart part, Tensor theta, double radius)
    {
        using var scope = NewDisposeScope();
        using var victim = model.Copy();
        new LastLayer(victim).Set(theta);
        victim.Evaluate();
        var place = part == Head.Train ? 0 : part == Head.Validation ? 1 : 2;
        var moved = HeadLosses.Attacked(victim.Logits, images.Pixels(Predictions.RowsOn(CPU, Rows(place))), part.Labels, radius);
        using var set = ImageSet.Of("moved", moved.flatten(1), [.. part.HostLabels.Select(label => label ? 1 : 0)], part.Count);
        return new LastLayer(victim).FeaturesAndOne(set, arange(part.Count)).MoveToOuterDisposeScope();
    }
}

/// <summary>What became of a network under hard or soft weights.</summary>
/// <param name="Method">The method that carried them.</param>
/// <param name="IsSoft">Soft weights; false for deletion.</param>
/// <param name="Seed">Seed of the draw, the network and the method.</param>
/// <param name="Moved">Mean |epsilon|: of a deletion the share that is deleted.</param>
/// <param name="Scores">The network in numbers; NaN where every setting diverged.</param>
public sealed record PlugInRow(string Method, bool IsSoft, int Seed, double Moved, TableScores Scores);
