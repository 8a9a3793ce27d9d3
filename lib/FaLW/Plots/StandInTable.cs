using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The stand-in for Retrain in numbers: mean true-class probability of unseen images under Original and of images to forget under Retrain.</summary>
public static class StandInTable
{
    /// <summary>One row each for head, middle and tail; over several seeds the mean with a 95 % interval. Where results know Retrain of another seed, the same three with it as the stand-in.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        MethodRuns.OfOneSetting(all);
        var runs = new MethodRuns("Retrain", MethodRuns.References(all).ToValueList());
        return new Table(
            "Unseen images in the place of Retrain",
            [
                new Column("Classes") { Words = true },
                new Column("stand-in") { Meaning = $"Unseen (test) images under Original; in the rows of {RetrainControl.Title}, images to forget under that one." },
                new Column("to forget, Retrain"), new Column("difference"),
            ],
            [.. Rows(runs, "", (run, k) => run.OriginalClasses[k].TestProbability), .. MethodRuns.Noise(all).SelectMany(noise => Rows(noise, $", {RetrainControl.Title}", (run, k) => run.UnlearnedClasses[k].ForgetProbability))])
        {
            Note = "Mean probability of the true class, each class counting once. A difference above zero: Retrain is less sure than the stand-in."
                + (MethodRuns.Noise(all).Count == 0 ? "" : $" {RetrainControl.Title}: the difference that chance alone makes."),
        };
    }

    private static IEnumerable<Row> Rows(MethodRuns runs, string mark, Func<RunResult, int, double> standIn)
    {
        foreach (var (name, members) in new (string, Func<ClassGroups, ValueList<int>>)[] { ("head", g => g.Head), ("middle", g => g.Middle), ("tail", g => g.Tail) })
        {
            double Start(RunResult run) => members(run.Groups).Average(k => standIn(run, k));
            double Target(RunResult run) => members(run.Groups).Average(k => run.RetrainClasses[k].ForgetProbability);
            Cell Mean(Func<RunResult, double> number) => Cell.Of(runs.Over(number));
            yield return new Row([new Cell(name + mark), Mean(Start), Mean(Target), Mean(run => Start(run) - Target(run))]) { Reference = runs.IsNoise };
        }
    }
}
