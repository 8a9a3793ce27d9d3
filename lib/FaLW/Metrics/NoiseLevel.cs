namespace FaLW.Metrics;

/// <summary>How far apart equally good models are: a measure between every two of them, e.g. Retrain against Retrain of another seed.</summary>
/// <param name="Mean">Mean over the pairs; a gap of this size is noise; NaN where a pair has no distance.</param>
/// <param name="Largest">Largest over the pairs.</param>
/// <param name="Models">Number of models; their pairs are not independent, so the models count, not the pairs.</param>
public sealed record NoiseLevel(double Mean, double Largest, int Models)
{
    /// <summary>Measures every pair, each once.</summary>
    /// <typeparam name="T">What is known of one model.</typeparam>
    /// <param name="models">The models; below two there is no pair and the numbers are NaN.</param>
    /// <param name="between">A symmetric distance, not negative.</param>
    public static NoiseLevel Of<T>(IReadOnlyList<T> models, Func<T, T, double> between)
    {
        double[] pairs = [.. from i in Enumerable.Range(0, models.Count) from j in Enumerable.Range(0, i) select between(models[i], models[j])];
        // The largest of the base library passes over NaN.
        var largest = pairs.Any(double.IsNaN) ? double.NaN : pairs.DefaultIfEmpty(double.NaN).Max();
        return new NoiseLevel(pairs.DefaultIfEmpty(double.NaN).Average(), largest, models.Count);
    }
}
