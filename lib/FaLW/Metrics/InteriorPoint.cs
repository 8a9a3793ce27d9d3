namespace FaLW.Metrics;

/// <summary>
/// Solves the dual of a support vector classifier: minimise a'VV'a / 2 - sum a subject to 0 to box for each
/// a and y'a = 0. Primal-dual interior point with Mehrotra's predictor and corrector ("On the
/// implementation of a primal-dual interior point method", SIAM J. Optim. 2, 1992), with the low-rank
/// kernel of Fine and Scheinberg (JMLR 2, 2001). No randomness, no order of points that could matter.
/// </summary>
internal sealed class InteriorPoint
{
    private const int MostSteps = 100;
    private const double Enough = 1e-10;

    private readonly SignedFeatures features;
    private readonly double[] signs, alpha, room, lower, upper;
    private double bias;

    private InteriorPoint(SignedFeatures features, double[] signs, double[] box)
    {
        (this.features, this.signs) = (features, signs);
        alpha = [.. box.Select(most => most / 2)];
        room = [.. alpha];
        lower = [.. Enumerable.Repeat(1.0, box.Length)];
        upper = [.. lower];
    }

    /// <summary>The multipliers a, one per point.</summary>
    public double[] Alpha => alpha;

    private double Complementarity => Products(0, default) / (1 + alpha.Sum());

    /// <summary>Iterates until the products of multipliers and slacks are negligible or rounding stops progress.</summary>
    /// <param name="features">V, one row per point.</param>
    /// <param name="signs">y, +1 or -1.</param>
    /// <param name="box">Upper bound of each multiplier.</param>
    public static double[] Solve(SignedFeatures features, double[] signs, double[] box)
    {
        var point = new InteriorPoint(features, signs, box);
        var steps = 0;
        while (steps++ < MostSteps && point.Complementarity > Enough && point.Advance()) { }
        return point.alpha;
    }

    private bool Advance()
    {
        double[] inverse = [.. alpha.Select((a, i) => 1 / (lower[i] / a + upper[i] / room[i]))];
        if (DiagonalPlusKernel.Factor(features, inverse) is not { } system) return false;
        var residual = Residual();
        var predictor = Towards(system, residual, i => -lower[i] * alpha[i], i => -upper[i] * room[i]);
        var before = Products(0, default);
        var ratio = Products(Longest(predictor), predictor) / before;
        var centre = ratio * ratio * ratio * before / (2 * alpha.Length);
        var corrector = Towards(
            system, residual,
            i => centre - lower[i] * alpha[i] - predictor.Lower[i] * predictor.Alpha[i],
            i => centre - upper[i] * room[i] + predictor.Upper[i] * predictor.Alpha[i]);
        Move(corrector, Math.Min(1, 0.995 * Longest(corrector)));
        return true;
    }

    private double[] Residual()
    {
        var weights = features.Combine(alpha);
        return [.. signs.Select((y, i) => 1 - features.Dot(i, weights) - bias * y + lower[i] - upper[i])];
    }

    private Direction Towards(DiagonalPlusKernel system, double[] residual, Func<int, double> atLower, Func<int, double> atUpper)
    {
        double[] down = [.. signs.Select((_, i) => atLower(i))], up = [.. signs.Select((_, i) => atUpper(i))];
        var free = system.Solve([.. residual.Select((r, i) => r + down[i] / alpha[i] - up[i] / room[i])]);
        var bySign = system.Solve(signs);
        var shift = (Dot(signs, free) + Dot(signs, alpha)) / Dot(signs, bySign);
        double[] move = [.. free.Zip(bySign, (f, s) => f - shift * s)];
        return new Direction(
            move, shift,
            [.. move.Select((d, i) => (down[i] - lower[i] * d) / alpha[i])],
            [.. move.Select((d, i) => (up[i] + upper[i] * d) / room[i])]);
    }

    private double Longest(Direction direction)
    {
        var longest = 1.0;
        for (var i = 0; i < alpha.Length; i++)
        {
            longest = Math.Min(longest, Reach(alpha[i], direction.Alpha[i]));
            longest = Math.Min(longest, Reach(room[i], -direction.Alpha[i]));
            longest = Math.Min(longest, Reach(lower[i], direction.Lower[i]));
            longest = Math.Min(longest, Reach(upper[i], direction.Upper[i]));
        }

        return longest;
    }

    private double Products(double step, Direction direction)
    {
        var sum = 0.0;
        for (var i = 0; i < alpha.Length; i++)
            sum += step == 0
                ? lower[i] * alpha[i] + upper[i] * room[i]
                : (lower[i] + step * direction.Lower[i]) * (alpha[i] + step * direction.Alpha[i])
                    + (upper[i] + step * direction.Upper[i]) * (room[i] - step * direction.Alpha[i]);
        return sum;
    }

    private void Move(Direction direction, double step)
    {
        for (var i = 0; i < alpha.Length; i++)
        {
            alpha[i] += step * direction.Alpha[i];
            room[i] -= step * direction.Alpha[i];
            lower[i] += step * direction.Lower[i];
            upper[i] += step * direction.Upper[i];
        }

        bias += step * direction.Bias;
    }

    private static double Reach(double value, double change) => change < 0 ? -value / change : 1;

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private readonly record struct Direction(double[] Alpha, double Bias, double[] Lower, double[] Upper);
}
