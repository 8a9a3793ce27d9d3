namespace FaLW.Metrics;

/// <summary>
/// How forget samples lie among unseen images of their class, by the probability of the true class. Forgetting makes them like unseen ones;
/// pushing them below is suppression: the images stand out from those never trained on, and an attacker who looks for the
/// least probable ones finds them (a Streisand effect).
/// </summary>
/// <param name="Area">
/// For each forget sample the share of unseen images of its class that are less probable, ties counting half; mean over the forget samples whose class
/// has unseen images. 0.5: they look unseen; 0: they lie below every unseen image; 1: above. NaN when no sample could be judged.
/// </param>
/// <param name="Below">Share of those samples below nineteen in twenty unseen images of their class, 0 to 1; about 0.05 when they look unseen.</param>
public sealed record UnseenStanding(double Area, double Below)
{
    /// <summary>An area below this is markedly under one half: seven in ten unseen images are more probable than a forget sample.</summary>
    public const double SuppressedArea = 0.3;

    /// <summary>Forget accuracy counts as kept when it is no further below Retrain's than this, in points.</summary>
    public const double KeptAccuracy = 5;

    private const double Most = 0.95;

    /// <summary>
    /// Suppression: <see cref="Area"/> &lt; 0.3 although forget accuracy is at most 5 points below Retrain's. The model still names the images rightly and
    /// was only made to be less sure of them than of images it never saw. False where the area is not known.
    /// </summary>
    /// <param name="standing">Of the model.</param>
    /// <param name="forgetAccuracy">Of the model, percent.</param>
    /// <param name="retrain">Retrain's forget accuracy, percent.</param>
    public static bool IsSuppressed(UnseenStanding standing, double forgetAccuracy, double retrain) =>
        standing.Area < SuppressedArea && forgetAccuracy >= retrain - KeptAccuracy;

    /// <summary>Compares the two sets under one model.</summary>
    /// <param name="forget">Predictions on the forget set.</param>
    /// <param name="unseen">Predictions on images that no model trained on.</param>
    public static UnseenStanding Of(Prediction forget, Prediction unseen)
    {
        var known = unseen.Labels.Zip(unseen.TrueClassProbability).GroupBy(row => row.First)
            .ToDictionary(rows => rows.Key, rows => rows.Select(row => row.Second).ToArray());
        (double Lower, double Higher)[] places = [.. forget.Labels.Zip(forget.TrueClassProbability)
            .Where(row => known.ContainsKey(row.First)).Select(row => Place(row.Second, known[row.First]))];
        return places.Length == 0
            ? new UnseenStanding(double.NaN, double.NaN)
            : new UnseenStanding(places.Average(place => place.Lower), places.Count(place => place.Higher >= Most) / (double)places.Length);
    }

    private static (double Lower, double Higher) Place(float own, float[] others)
    {
        var (lower, higher) = (others.Count(other => other < own), others.Count(other => other > own));
        return ((lower + (0.5 * (others.Length - lower - higher))) / others.Length, (double)higher / others.Length);
    }
}
