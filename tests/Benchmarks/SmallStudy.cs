namespace FaLW.Benchmarks;

/// <summary>The main study at small scale as it runs on this machine.</summary>
internal static class SmallStudy
{
    public static ExperimentSpec Spec { get; } = Scale.Small.Rewrite(Protocol.Cifar100, set => DataShelf.Default().Find(set) is not null);

    public static DataSpec Data => Spec.Data;
}
