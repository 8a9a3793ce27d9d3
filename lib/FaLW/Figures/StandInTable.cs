using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Figures;

/// <summary>The stand-in for Retrain in numbers: mean true-class probability of unseen images under Original and of images to forget under Retrain.</summary>
public static class StandInTable
{
    /// <summary>One row each for head, middle and tail; over several seeds the mean with a 95 % interval.</summary>
    /// <param name="results">Any number of methods and seeds, one setting; methods are not looked at.</param>
    /// <exception cref="Fault">There is no result, or results of different settings.</exception>
    public static Table Of(IEnumerable<RunResult> results)
    {
        var all = results.ToArray();
        MethodRuns.OfOneSetting(all);
        var runs = new MethodRuns("Retrain", MethodRuns.References(all).ToValueList());
        return new Table(
            "Unseen images in the place of Retrain",
            [new Column("Classes") { Words = true }, new Column("unseen, Original"), new Column("to forget, Retrain"), new Column("difference")],
            [Row(runs, "head", g => g.Head), Row(runs, "middle", g => g.Middle), Row(runs, "tail", g => g.Tail)])
        { Note = "Mean probability of the true class, each class counting once. A difference above zero: Retrain is less sure than the stand-in." };
    }

    private static Row Row(MethodRuns runs, string name, Func<ClassGroups, ValueList<int>> members)
    {
        double Start(RunResult run) => members(run.Groups).Average(k => run.OriginalClasses[k].TestProbability);
        double Target(RunResult run) => members(run.Groups).Average(k => run.RetrainClasses[k].ForgetProbability);
        Cell Mean(Func<RunResult, double> number) => Cell.Of(runs.Over(number));
        return new Row([new Cell(name), Mean(Start), Mean(Target), Mean(run => Start(run) - Target(run))]);
    }
}
