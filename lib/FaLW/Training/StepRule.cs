using FaLW.Models;

namespace FaLW.Training;

/// <summary>
/// What happens around an optimizer step besides the step itself: masks, clipping. Both hooks run without
/// gradient tracking. The classifier's <see cref="Classifier.Parameters"/> are the same objects at every
/// step of one training. This base rule does nothing.
/// </summary>
public class StepRule
{
    /// <summary>After the gradients are computed, before the optimizer uses them: scale, mask or clip <c>parameter.grad</c>.</summary>
    /// <param name="model">The classifier in training.</param>
    public virtual void BeforeStep(Classifier model) { }

    /// <summary>After the optimizer moved the weights: restore those that must not move.</summary>
    /// <param name="model">The classifier in training.</param>
    public virtual void AfterStep(Classifier model) { }
}
