using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>What was asked of <c>falw run</c>.</summary>
internal sealed record RunOrder(Study Study, Scale Scale, int Seeds, string Device, bool Fresh, bool UseRecords, bool Keep)
{
    /// <summary>Models of an ensemble at a time; null leaves it to the lab.</summary>
    public int? Replicas { get; init; }

    /// <summary>Whether stages count that were computed on another ground.</summary>
    public bool AnyGround { get; init; }

    /// <summary>Whether to compute nothing and take what is known.</summary>
    public bool KnownOnly { get; init; }

    public LabSettings Settings(IProgress<LabProgress> listener) => new()
    {
        Device = Device,
        Fresh = Fresh,
        Records = UseRecords ? RecordShelf.DefaultFolder : null,
        Replicas = Replicas,
        Control = !Study.PilotSeeds,
        AnyGround = AnyGround,
        Progress = listener,
    };

    /// <summary>The first line a reader sees: what runs, on which images, where, how often.</summary>
    public string Heading(IReadOnlyList<ExperimentSpec> specs, TorchSharp.torch.Device device)
    {
        var benchmark = specs[0].Data;
        return FormattableString.Invariant(
            $"{Study.Title}: scale {Scale.Name} ({Scale.Size}), {benchmark.Benchmark.Name}, {benchmark.Classes} classes, {Seeds} seed{(Seeds == 1 ? "" : "s")}, {specs.Count} runs, on {Machine.NameOf(device)}.");
    }
}
