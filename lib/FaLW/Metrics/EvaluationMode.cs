using FaLW.Models;

namespace FaLW.Metrics;

/// <summary>Puts a model into evaluation mode and back into the mode it came in, whatever happens between.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly Classifier model;
    private readonly bool wasTraining;

    public EvaluationMode(Classifier model)
    {
        (this.model, wasTraining) = (model, model.Module.training);
        model.Evaluate();
    }

    public void Dispose()
    {
        if (wasTraining) model.Train();
    }
}
