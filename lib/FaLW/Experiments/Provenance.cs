namespace FaLW.Experiments;

/// <summary>Where and with what a number was computed. It never enters a key.</summary>
/// <param name="Kit">Version of this kit and, when built from a git checkout, the commit: "0.1.0+4f2c...".</param>
/// <param name="Libtorch">Version of libtorch.</param>
/// <param name="Device">"cpu" or "cuda".</param>
/// <param name="Processor">Name of the processor.</param>
/// <param name="Threads">Threads libtorch uses for one operation.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="When">Universal time of the computation, ISO 8601, to the second.</param>
/// <param name="SplitsHash">Hash of the four index lists; empty where no split was involved.</param>
public sealed record Provenance(
    string Kit, string Libtorch, string Device, string Processor, int Threads, string System, string Runtime, string When,
    string SplitsHash = "");
