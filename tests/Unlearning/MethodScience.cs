using System.Globalization;
using System.Text;
using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Tests.Snapshots;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Tests.Unlearning;

/// <summary>
/// Small science, written down: which method brings the forget accuracy of which group of classes nearer to Retrain's on images that the
/// Original has memorised. Words and no numbers, because numbers differ in their digits between processors; the settings were chosen
/// so that one thread and two, which add in different orders, agree in every word.
/// </summary>
[Collection(nameof(World))]
public sealed class MethodScience(World world)
{
    private static readonly (string Settings, Unlearner Method, LossWeighting Weighting)[] Methods =
    [
        ("6 epochs, rate 0.1, decay 5e-3", new FineTune(6, 0.1) { BatchSize = 64, WeightDecay = 5e-3, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("2 epochs, rate 0.01", World.RandomLabels with { LearningRate = 0.01 }, new UniformWeighting()),
        ("2 epochs, rate 0.005, forgetting-aware", World.RandomLabels with { LearningRate = 0.005 }, new ForgettingAwareWeighting()),
        ("2 epochs, rate 0.01, sequential, forgetting-aware", World.RandomLabels with { LearningRate = 0.01, Order = LabelOrder.Sequential }, new ForgettingAwareWeighting()),
        ("2 epochs, rate 0.01", new SaliencyMask(World.RandomLabels with { LearningRate = 0.01 }), new UniformWeighting()),
        ("4 epochs, rate 0.01", new GradientAscent(4, 0.01) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("6 epochs, rate 0.1, alpha 0.006", new L1Sparse(0.006, 6, 0.1) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("3 epochs, rate 0.006", new BoundaryShrink(3, 0.006) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("3 epochs, rate 0.01", new BoundaryExpand(3, 0.01) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("3 epochs, rate 0.01", new Scrub(3, 0.01) { BatchSize = 64, ForgetBatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("2 epochs, rate 0.03, beta 0.5", new NegGradPlus(2, 0.03, 0.5) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("1 epoch, rate 0.03", new BadTeacher(1, 0.03) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("alpha 5e-4, damping 0.1 of the mean", new InfluenceUnlearning(5e-4, Samples: 300), new UniformWeighting()),
        ("alpha 15", new InfluenceUnlearning(15, InfluenceInverse.PublishedRecursion), new UniformWeighting()),
        ("60 iterations, rate 0.02, alpha 25, period 3", new SFRon(60, 0.02, 25, 3) { BatchSize = 64, Augmentation = Augmentation.None }, new UniformWeighting()),
        ("alpha 10, batches of 64", new SelectiveSynapticDampening(10, 1, 64), new UniformWeighting()),
    ];

    [Fact]
    public void Where_every_method_takes_the_forget_accuracy()
    {
        var groups = world.Splits.Groups;
        (string Name, Func<int, bool> Has)[] columns = [("all", _ => true), ("head", groups.Head.Contains), ("middle", groups.Middle.Contains), ("tail", groups.Tail.Contains)];
        var (before, wanted) = (Forgotten(world.Original), Forgotten(world.Retrain));
        var text = new StringBuilder("Forget accuracy: where it goes from the Original's, seen from Retrain's\n");
        text.Append(CultureInfo.InvariantCulture, $"Forget samples: {string.Join(", ", columns.Select(column => $"{column.Name} {wanted.Labels.Count(column.Has)}"))}\n");
        foreach (var (settings, method, weighting) in Methods)
        {
            var after = world.Unlearned(method, Forgotten, weighting);
            var words = columns.Select(column => $"{column.Name} {Word(before.AccuracyWhere(column.Has), after.AccuracyWhere(column.Has), wanted.AccuracyWhere(column.Has))}");
            text.Append(CultureInfo.InvariantCulture, $"{method.Title} ({settings}): {string.Join(", ", words)}\n");
        }

        Snapshot.Match(text.ToString());
    }

    private Prediction Forgotten(Classifier model) => Predictions.Of(model, world.Images, world.Splits.Forget);

    private static string Word(double before, double after, double wanted)
    {
        var (far, left) = (Math.Abs(before - wanted), Math.Abs(after - wanted));
        return left < far ? "nearer" : far == 0 ? "FAILS: was there" : left == far && after == before ? "FAILS: unmoved" : "FAILS: overshoots";
    }
}
