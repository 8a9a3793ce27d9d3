namespace FaLW.Metrics;

/// <summary>Whether a model has lost everything: then its scores are those of guessing, and a mean over it describes no method.</summary>
public static class Collapse
{
    private const double Part = 0.05;

    /// <summary>Whether the accuracy on data to be kept lies within a twentieth of the way from guessing (100 / classes) to 100 %; our rule.</summary>
    /// <param name="retainAccuracy">Accuracy on the retain set, 0 to 100.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    public static bool Is(double retainAccuracy, int classes)
    {
        var chance = 100.0 / classes;
        return retainAccuracy <= chance + (Part * (100 - chance));
    }
}
