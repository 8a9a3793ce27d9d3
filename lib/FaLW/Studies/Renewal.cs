namespace FaLW.Studies;

/// <summary>
/// One way to keep the unseen profile fresh, along a run of FaLW: what it cost and how far its weights were from those of Algorithm 1 for
/// the same model and batch. Costs are counted, not timed, so they are the same everywhere.
/// </summary>
/// <param name="LearningRate">Learning rate of the run.</param>
/// <param name="Every">Steps between two renewals.</param>
/// <param name="Slice">Unseen images in a renewal, the rest being carried along; 0 for all of them.</param>
/// <param name="Evaluated">Unseen images taken through the network in the whole run, each time counting.</param>
/// <param name="Trained">Images trained on in the whole run, each time counting.</param>
/// <param name="MeanError">Mean over all forget images of all steps of |weight - weight of Algorithm 1|.</param>
/// <param name="LargestError">Largest over the steps of the mean over the step's forget images.</param>
public sealed record Renewal(double LearningRate, int Every, int Slice, long Evaluated, long Trained, double MeanError, double LargestError)
{
    // A forward pass is a third of a training step: the backward pass computes two gradients where the forward pass computes one product.
    private const double PassesInStep = 3;

    /// <summary>Work of the run in times that of plain random labels, in passes through the network.</summary>
    public double Work => 1 + Evaluated / (PassesInStep * Trained);

    /// <summary>The way in words.</summary>
    public string Title => Slice > 0 ? FormattableString.Invariant($"rolling, {Slice} a step") : Every == 1 ? "all, every step" : FormattableString.Invariant($"all, every {Every} steps");
}
