namespace FaLW.Metrics;

/// <summary>The best bias for fixed weights, exactly: the hinge loss is piecewise linear in it.</summary>
internal static class HingeBias
{
    /// <summary>
    /// The bias with the smallest loss; where a whole interval is best its middle, as LIBSVM does.
    /// </summary>
    /// <param name="scores">Decision value of each point without a bias.</param>
    /// <param name="signs">+1 or -1; both occur.</param>
    /// <param name="box">Price of one unit of hinge loss of each point.</param>
    public static double Of(double[] scores, double[] signs, double[] box)
    {
        // Left of every kink all positive points lose and no negative one does.
        var slope = -signs.Zip(box, (sign, price) => sign > 0 ? price : 0).Sum();
        var flat = 1e-12 * box.Sum();
        double[] kinks = [.. scores.Zip(signs, (score, sign) => sign - score)];
        var start = double.NaN;
        foreach (var i in Enumerable.Range(0, kinks.Length).OrderBy(i => kinks[i]))
        {
            slope += box[i];
            if (slope > flat) return double.IsNaN(start) ? kinks[i] : start + (kinks[i] - start) / 2;
            if (slope >= -flat && double.IsNaN(start)) start = kinks[i];
        }

        return kinks.Max();
    }

    /// <summary>The priced hinge loss: sum of box times max(0, 1 - y (score + bias)).</summary>
    public static double Loss(double[] scores, double[] signs, double[] box, double bias)
    {
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++) sum += box[i] * Math.Max(0, 1 - signs[i] * (scores[i] + bias));
        return sum;
    }
}
