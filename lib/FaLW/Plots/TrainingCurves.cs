using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The loss while unlearning or training, epoch by epoch.</summary>
public static class TrainingCurves
{
    /// <summary>The unlearning loss of every method; over several seeds the mean, with a band from lowest to highest.</summary>
    /// <param name="results">Any number of methods, seeds and settings.</param>
    /// <exception cref="Fault">There is no result.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var methods = MethodRuns.Of(results);
        var traces = methods.Where(m => m.Runs[0].Log.EpochLoss.Count > 0).SelectMany(m => Curve(m.Title, [.. m.Runs.Select(r => r.Log.EpochLoss)]));
        return Figure.Of("Loss while unlearning", Axis.Whole("epoch"), new Axis("mean loss of the epoch", "nats"), [.. traces]) with
        {
            Subtitle = Setting.WordsOf(methods),
            Note = "Each method minimises a loss of its own (GA maximises), so heights are not comparable between methods.",
            Height = 480,
        };
    }

    /// <summary>Curves of any losses.</summary>
    /// <param name="title">One line that says what is seen.</param>
    /// <param name="losses">Name and loss per epoch.</param>
    public static Figure Of(string title, params (string Name, IReadOnlyList<double> Loss)[] losses) => Figure.Of(
        title, Axis.Whole("epoch"), new Axis("loss", "nats"), [.. losses.SelectMany(l => Curve(l.Name, [l.Loss]))]);

    private static IEnumerable<Trace> Curve(string name, IReadOnlyList<IReadOnlyList<double>> runs)
    {
        var epochs = Enumerable.Range(0, runs.Min(r => r.Count)).ToArray();
        var places = epochs.Select(e => e + 1.0).ToArray();
        if (runs.Count > 1) yield return new Band(name, places, epochs.Select(e => runs.Min(r => r[e])), epochs.Select(e => runs.Max(r => r[e])));
        yield return new Line(name, places, epochs.Select(e => runs.Average(r => r[e]))) { Marker = epochs.Length <= 20 ? Marker.Circle : Marker.None };
    }
}
