using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>The seeds of one run besides the data seed, each for one purpose.</summary>
/// <param name="Training">Initial weights and batch order of Original and of Retrain.</param>
/// <param name="Unlearning">Everything a method draws: labels, batch order, masks, augmentation.</param>
public sealed record Seeds(int Training, int Unlearning)
{
    // Both numbers are usually equal. Were the second used as it is, FT would go through the retain set in the very order in which Retrain
    // went through it, augmentation included, and be nearer to it for that alone. All methods share one stream, so that they stay paired.
    internal int OfMethods => Own("unlearning");

    internal int OfRelearning => Own("relearning");

    private int Own(string purpose) => new SeededStream(Unlearning, purpose).Below(int.MaxValue);

    /// <summary>The training seed of the other Retrain is that of Retrain plus this: beyond the seeds of reports and of pilots, so that no two runs share one.</summary>
    public const int ControlOffset = 10_000;

    /// <summary>The seeds of the other Retrain (<see cref="RetrainControl"/>).</summary>
    public Seeds OfControl() => this with { Training = Training + ControlOffset };
}
