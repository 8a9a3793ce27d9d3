using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaLW.Tests.Parity;

/// <summary>Five steps of each optimizer, and twenty epochs of each schedule, against Python's torch.</summary>
public sealed class OptimizerTests
{
    private static readonly Lazy<List<Run>> Runs = new(() => Portable.Stored<List<Run>>("optimizers.json"));
    private static readonly Lazy<List<Course>> Courses = new(() => Portable.Stored<List<Course>>("schedules.json"));

    private static readonly long[][] Shapes = [[3, 2], [4], [2]];

    public static TheoryData<string> RunNames => [.. Runs.Value.Select(r => r.Name)];

    public static TheoryData<string> CourseNames => [.. Courses.Value.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(RunNames))]
    public void An_optimizer_agrees(string name)
    {
        using var scope = NewDisposeScope();
        var run = Runs.Value.Single(r => r.Name == name);
        var parameters = Shapes.Select((shape, i) => new Parameter(Portable.Noise(shape, i))).ToArray();
        using var optimizer = Make(run, parameters);
        for (var step = 0; step < run.Steps.Count; step++)
        {
            for (var i = 0; i < 2; i++)
                parameters[i].grad = Portable.Noise(Shapes[i], 50 + (10 * step) + i) + (0.1 * parameters[i].detach());
            optimizer.step();
            for (var i = 0; i < parameters.Length; i++)
                Near.Equal(run.Steps[step][i], parameters[i], FormattableString.Invariant($"step {step}, parameter {i}"), 1e-6);
        }
        Assert.Null(parameters[2].grad);
    }

    [Theory]
    [MemberData(nameof(CourseNames))]
    public void A_schedule_agrees(string name)
    {
        using var scope = NewDisposeScope();
        var course = Courses.Value.Single(c => c.Name == name);
        using var optimizer = Optimizers.TwoGroups();
        var schedule = Optimizers.Schedules[name](optimizer);
        for (var epoch = 0; epoch < course.Rates.Count; epoch++)
        {
            if (epoch > 0) schedule.step();
            var groups = optimizer.ParamGroups.ToList();
            for (var i = 0; i < groups.Count; i++) Assert.Equal(course.Rates[epoch][i], groups[i].LearningRate, 1e-12);
            Assert.Equal(groups.Select(g => g.LearningRate), schedule.get_last_lr());
            Assert.Equal(course.Momenta[epoch], ((optim.IMomentum)groups[0]).Momentum, 1e-12);
        }
    }

    [Fact]
    public void Every_schedule_here_has_its_numbers() => Assert.Equal(
        Optimizers.Schedules.Keys.Order(StringComparer.Ordinal), Courses.Value.Select(c => c.Name).Order(StringComparer.Ordinal));

    private static optim.Optimizer Make(Run run, Parameter[] parameters)
    {
        var o = run.Options;
        return run.Kind switch
        {
            "SGD" => optim.SGD(parameters, o.Lr, o.Momentum, o.Dampening, o.Weight_decay, o.Nesterov, o.Maximize),
            "Adam" => optim.Adam(parameters, o.Lr, weight_decay: o.Weight_decay, amsgrad: o.Amsgrad, maximize: o.Maximize),
            "AdamW" => optim.AdamW(parameters, o.Lr, weight_decay: o.Weight_decay, amsgrad: o.Amsgrad),
            _ => throw new InvalidOperationException($"The fixture asks for {run.Kind}, which this test does not know."),
        };
    }

    private sealed record Settings(
        double Lr, double Momentum, double Dampening, double Weight_decay, bool Nesterov, bool Maximize, bool Amsgrad);

    private sealed record Run(string Name, string Kind, Settings Options, List<double[][]> Steps);

    private sealed record Course(string Name, List<double[]> Rates, List<double> Momenta);
}
