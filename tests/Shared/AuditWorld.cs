namespace FaLW.Tests.Shared;

/// <summary>
/// Ensembles of perceptrons that memorise synthetic images, each in a tenth of a second: enough models for every audit to be tried on what it
/// must find (Original) and on what it must not (Retrain). The method is a short fine-tuning, which forgets next to nothing.
/// </summary>
[CollectionDefinition(nameof(AuditWorld))]
public sealed class AuditWorld : IDisposable, ICollectionFixture<AuditWorld>
{
    private readonly TemporaryFolder home = new();
    private readonly Lazy<IReadOnlyList<EnsembleMember>> members;

    public AuditWorld()
    {
        Lab = Lab.Open(Scale.Paper, new LabSettings { Cache = home.Path, Device = "cpu", Records = null });
        members = new(() => Lab.Ensemble(Ensemble.Repeated(Spec, 12)));
    }

    public static ExperimentSpec Spec { get; } = new(
        new DataSpec(Benchmark.Synthetic, new ForgetRule(0.2, 1, Cap: 0.8), UnseenShare: 0.2), Network.Perceptron,
        new TrainSpec(20, 64, 0.1, Schedule: Schedule.OneCycle), new FineTune(1, 0.01) { BatchSize = 64, Augmentation = Augmentation.None },
        new UniformWeighting(), new Seeds(0, 0));

    public Lab Lab { get; }

    /// <summary>One setting, twelve seeds.</summary>
    public IReadOnlyList<EnsembleMember> Members => members.Value;

    public void Dispose()
    {
        Lab.Dispose();
        home.Dispose();
    }
}
