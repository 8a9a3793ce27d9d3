using MathNet.Numerics.LinearAlgebra;
using static FaLW.Tests.Shared.States;

namespace FaLW.Tests.Weighting;

/// <summary>Soft weights against quadratic programs solved by another program (fixtures/soft.py) and against the published closed forms.</summary>
public sealed class SoftProblemTests
{
    private const double Loss = 1.75, Fraction = 0.4, Penalty = 0.25;

    private static readonly Dictionary<string, double[]> Solved = Read();

    private static double[] F => Solved["task"];

    private static double[] U => Solved["utility"];

    private static SoftProblem Problem { get; } = new(F, U, Loss);

    public static TheoryData<string> Schemes => ["cancel", "cancel_keep", "free", "keep"];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Every_scheme_solves_its_program(string scheme) => Near(Solved[scheme], Of(Problem, scheme).Epsilon);

    /// <summary>As the published code writes them, with the whole task loss.</summary>
    [Fact]
    public void The_closed_forms_are_the_published_ones()
    {
        var (ff, uu, fu) = (Dot(F, F), Dot(U, U), Dot(F, U));
        Near(F.Select(x => Loss * x / ff), Problem.Cancel(1, keepUtility: false).Epsilon);
        Near(F.Zip(U, (x, y) => Loss * (uu * x - fu * y) / (ff * uu - fu * fu)), Problem.Cancel(1, keepUtility: true).Epsilon);
        Near(F.Select(x => x / (2 * Penalty)), Problem.Penalised(Penalty, keepUtility: false).Epsilon);
        Near(F.Zip(U, (x, y) => (x - fu / uu * y) / (2 * Penalty)), Problem.Penalised(Penalty, keepUtility: true).Epsilon);
    }

    [Theory]
    [InlineData(Loss)]
    [InlineData(-Loss)]
    public void What_is_predicted_is_what_was_asked(double loss)
    {
        var problem = new SoftProblem(F, U, loss);
        Assert.Equal(-0.4 * loss, problem.Cancel(0.4, keepUtility: false).TaskChange, 12);
        var kept = problem.Cancel(0.4, keepUtility: true);
        Assert.Equal((-0.4 * loss, 0), (kept.TaskChange, kept.UtilityChange), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12);
        Assert.True(problem.Penalised(1, keepUtility: true).TaskChange * loss < 0);
        Assert.True(problem.Hard(0.3).TaskChange * loss < 0);
    }

    [Fact]
    public void Hard_weights_delete_the_smallest_influences()
    {
        var removed = Problem.Hard(0.34).Epsilon;
        Assert.Equal(3, removed.Count(e => e == -1));
        Assert.Equal(6, removed.Count(e => e == 0));
        Assert.True(F.Where((_, j) => removed[j] == -1).Max() < F.Where((_, j) => removed[j] == 0).Min());
    }

    /// <summary>Were the model linear, the loss after is Loss - e'f, and the penalty that meets the target has e'f = |f|^2 / (2 lambda).</summary>
    [Fact]
    public void The_penalty_is_searched_by_the_measured_task_loss()
    {
        var found = Problem.Searched(keepUtility: false, weights => Loss + weights.TaskChange, fraction: 1);
        var wanted = Dot(F, F) / (2 * Loss);
        var used = F[0] / (2 * found.Epsilon[0]);
        Assert.InRange(used / wanted, Math.Pow(10, -2 / 49.0), Math.Pow(10, 2 / 49.0));
    }

    [Fact]
    public void A_model_is_trained_again_with_one_plus_epsilon() => Assert.Equal([0, 1.5], new SoftWeights([-1, 0.5], 0, 0).FineTuning);

    [Fact]
    public void A_problem_without_solution_is_refused()
    {
        var parallel = new SoftProblem(F, [.. F.Select(x => -3 * x)], Loss);
        Assert.Contains("Drop a demand", Assert.Throws<InvalidOperationException>(() => parallel.Cancel(1, keepUtility: true)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new SoftProblem(new double[3], [1, 2, 3], Loss).Cancel(1, keepUtility: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => Problem.Cancel(0, keepUtility: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => Problem.Penalised(0, keepUtility: false));
    }

    [Fact]
    public void Many_demands_are_met_by_the_shortest_weights()
    {
        Vector<double>[] rows = [Vector<double>.Build.Dense([1, 1, 0, 0]), Vector<double>.Build.Dense([0, 0, 2, 0])];
        Near([0.5, 0.5, 1.5, 0], SoftProblem.SmallestNorm(rows, [1, 3]));
    }

    private static SoftWeights Of(SoftProblem problem, string scheme) => scheme switch
    {
        "cancel" => problem.Cancel(Fraction, keepUtility: false),
        "cancel_keep" => problem.Cancel(Fraction, keepUtility: true),
        "free" => problem.Penalised(Penalty, keepUtility: false),
        _ => problem.Penalised(Penalty, keepUtility: true),
    };

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static Dictionary<string, double[]> Read()
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "Weighting", "fixtures", "soft.csv")).Select(line => line.Split(','))];
        return lines[0].Index().ToDictionary(
            column => column.Item, column => lines[1..].Select(line => double.Parse(line[column.Index], CultureInfo.InvariantCulture)).ToArray(), StringComparer.Ordinal);
    }
}
