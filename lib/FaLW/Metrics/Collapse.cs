using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>Whether a model has lost everything: then its scores are those of guessing, and a mean over it describes no method.</summary>
public static class Collapse
{
    private const double Part = 0.05;

    /// <summary>Whether the accuracy on data to be kept lies within a twentieth of the way from guessing (100 / classes) to 100 %; our rule.</summary>
    /// <param name="retainAccuracy">Accuracy on the retain set, 0 to 100.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <exception cref="Fault">The accuracy is no percentage.</exception>
    public static bool Is(double retainAccuracy, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Demand.Shares([retainAccuracy / 100], "Accuracies, in percent by 100,");
        var chance = 100.0 / classes;
        return retainAccuracy <= chance + (Part * (100 - chance));
    }
}
