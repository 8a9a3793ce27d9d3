using FaLW.Experiments;
using FaLW.Training;

namespace FaLW.Cli;

/// <summary>What was asked of <c>falw run</c>.</summary>
internal sealed record RunOrder(Study Study, Scale Scale, int Seeds, string Device, bool Fresh, bool UseRecords, bool Keep)
{
    /// <summary>Models of an ensemble at a time; null leaves it to the lab.</summary>
    public int? Replicas { get; init; }

    /// <summary>Whether stages count that were computed on another ground.</summary>
    public bool AnyGround { get; init; }

    /// <summary>The stretch of the study to compute; null for all of it.</summary>
    public Stretch? Part { get; init; }

    /// <summary>Whether to say how much is left instead of computing it.</summary>
    public bool PlanOnly { get; init; }

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

    /// <summary>The results of the order: of the whole study, of what is known of it, or, after a stretch, of that and all else that is known.</summary>
    public IReadOnlyList<RunResult> Results(Lab lab, IReadOnlyList<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException> diverged, CancellationToken cancellation)
    {
        if (KnownOnly || Study.IsView) return lab.Known(specs);
        var own = lab.RunAsIs(Part?.Of(specs) ?? specs, diverged, cancellation);
        return Part is null || Fresh ? own : lab.Known(specs);
    }

    /// <summary>How much is left, in a sentence.</summary>
    public string Outstanding(Lab lab, IReadOnlyList<ExperimentSpec> specs)
    {
        var (stages, images) = lab.Outstanding(Part?.Of(specs) ?? specs);
        return FormattableString.Invariant(
            $"Left to compute: {stages} stages, {images / 1e6:0.##} million images in training steps; at {Speed:N0} images a second (assumed, not measured) {images / Speed / 60:0.#} minutes.");
    }

    // What a fast GPU may do with ResNet-18 on images of 32 pixels.
    private const double Speed = 10_000;

    /// <summary>The first line a reader sees: what runs, on which images, where, how often.</summary>
    public string Heading(IReadOnlyList<ExperimentSpec> specs, TorchSharp.torch.Device device)
    {
        var benchmark = specs[0].Data;
        return FormattableString.Invariant(
            $"{Study.Title}: scale {Scale.Name} ({Scale.Size}), {benchmark.Benchmark.Name}, {benchmark.Classes} classes, {Seeds} seed{(Seeds == 1 ? "" : "s")}, {specs.Count} runs, on {Machine.NameOf(device)}.");
    }
}
