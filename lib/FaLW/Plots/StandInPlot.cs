using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>
/// May unseen images stand in for Retrain? Per class, what Original makes of images it has never seen against what
/// Retrain makes of the images to forget: the replacement that FaLW rests on, looked at before it is used.
/// </summary>
public static class StandInPlot
{
    private static readonly (string Name, Marker Shape)[] Groups = [("head", Marker.Circle), ("middle", Marker.Square), ("tail", Marker.Triangle)];

    /// <summary>One point per class and seed; where results know Retrain of another seed, a small grey one for it in the place of Original and unseen images.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Figure Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        var setting = Setting.Of(MethodRuns.OfOneSetting(all)[0].Runs[0].Spec);
        var runs = MethodRuns.References(all);
        return Figure.Of(
            "Do unseen images tell what Retrain would say?",
            new Axis("unseen (test) images under Original, mean p") { Low = 0, High = 1 }, new Axis("images to forget under Retrain, mean p") { Low = 0, High = 1 },
            [new Line("equal", [0, 1], [0, 1]) { InLegend = false, Paint = Palette.Ink, Width = 1.25 }, .. Noise(all), .. Groups.Select(group => Group(group.Name, group.Shape, runs))]) with
        {
            Subtitle = setting.Words,
            Note = "p: probability of the true class; one point per class and seed. Below the line Retrain is less sure than unseen images under Original suggest."
                + (MethodRuns.Noise(all).Count == 0 ? "" : $" {RetrainControl.Title}: images to forget under that one on the x axis; how far these lie from the line is chance."),
            Width = 640,
            Height = 620,
        };
    }

    private static IEnumerable<Trace> Noise(IReadOnlyList<RunResult> all) => MethodRuns.Noise(all).Select(noise =>
    {
        var classes = noise.Runs.SelectMany(run => Measures.HeadToTail(run).Select(k => (Start: run.UnlearnedClasses[k].ForgetProbability, Target: run.RetrainClasses[k].ForgetProbability))).ToArray();
        return new Points(noise.Title, classes.Select(c => c.Start), classes.Select(c => c.Target)) { Marker = Marker.Diamond, Radius = 3.5, Paint = Palette.Muted };
    });

    private static Points Group(string name, Marker shape, IReadOnlyList<RunResult> runs)
    {
        var classes = runs.SelectMany(run => Members(run.Groups, name).Select(k => (Start: run.OriginalClasses[k].TestProbability, Target: run.RetrainClasses[k].ForgetProbability))).ToArray();
        return new Points(name, classes.Select(c => c.Start), classes.Select(c => c.Target)) { Marker = shape, Radius = 5 };
    }

    private static ValueList<int> Members(ClassGroups groups, string name) => name switch
    {
        "head" => groups.Head,
        "middle" => groups.Middle,
        _ => groups.Tail,
    };
}
