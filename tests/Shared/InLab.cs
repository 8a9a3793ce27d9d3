namespace FaLW.Tests.Shared;

/// <summary>
/// Tests of a lab with a folder of its own, and what it tells. Four classes of digits and a small perceptron take milliseconds, and every
/// stage is real.
/// </summary>
public abstract class InLab : InFolder
{
    private protected readonly List<LabProgress> news = [];

    private protected static ExperimentSpec FourClasses { get; } = new(
        new DataSpec(Benchmark.Digits, new ForgetRule(0.2, 1, Cap: 0.8)) { FirstClasses = 4, TrainPerClass = 40 },
        Network.Perceptron with { Width = 16 }, new TrainSpec(4, 32, 0.1), new RandomLabel(2, 0.05) { BatchSize = 32, Augmentation = Augmentation.None },
        new UniformWeighting(), new Seeds(1, 2));

    private protected LabSettings Settings => new()
    {
        Cache = home["cache"],
        Records = null,
        Device = "cpu",
        Progress = new Listener<LabProgress>(Hear),
    };

    private protected Lab Open(Scale scale) => Lab.Open(scale, Settings);

    // Two labs may speak at once.
    private protected void Hear(LabProgress piece)
    {
        lock (news) news.Add(piece);
    }
}
