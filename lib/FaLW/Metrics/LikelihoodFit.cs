namespace FaLW.Metrics;

/// <summary>
/// Two normal distributions per sample, fitted without the shadow that is judged and without one shadow of the other side. The second
/// keeps the contest fair: with as many observations in either fit, whoever is judged, scores of both sides have one distribution where nothing was
/// memorised, while a fit that is poorer on the judged side alone would push the area of Retrain below 0.5.
/// </summary>
/// <param name="forgotten">Deviation of forgotten observations pooled over all samples.</param>
/// <param name="unseen">Deviation of unseen observations pooled over all samples.</param>
/// <param name="own">From so many observations on a sample's own deviation is used.</param>
internal sealed class LikelihoodFit(double forgotten, double unseen, int own)
{
    private const double Least = 0.05;

    /// <summary>Log-likelihood ratio of one observation of a sample: positive where it looks forgotten rather than unseen.</summary>
    public double Score(LikelihoodTarget target, Observation observation)
    {
        int[] on = Shadows(target.Forgotten), off = Shadows(target.Unseen);
        var (place, other) = (Array.IndexOf(on, observation.Shadow), Array.IndexOf(off, observation.Shadow));
        return LogDensity(target.Forgotten, observation.Margin, without: on[place >= 0 ? place : other % on.Length], forgotten)
            - LogDensity(target.Unseen, observation.Margin, without: off[other >= 0 ? other : place % off.Length], unseen);
    }

    private double LogDensity(IReadOnlyList<Observation> all, double margin, int without, double pooled)
    {
        double[] others = [.. all.Where(o => o.Shadow != without).Select(o => o.Margin)];
        var mean = others.Average();
        var deviation = others.Length >= own ? Math.Sqrt(others.Sum(m => (m - mean) * (m - mean)) / (others.Length - 1)) : pooled;
        deviation = Math.Max(deviation, Least);
        var z = (margin - mean) / deviation;
        return -z * z / 2 - Math.Log(deviation);
    }

    private static int[] Shadows(IReadOnlyList<Observation> observations) => [.. observations.Select(o => o.Shadow).Distinct()];
}
