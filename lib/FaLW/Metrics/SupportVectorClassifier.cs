using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FaLW.Metrics;

/// <summary>
/// A soft-margin support vector classifier of one number between 0 and 1 with the Gaussian kernel of
/// width 1: the optimum that sequential minimal optimisation approaches, found by an interior point on
/// the exact low-rank form of that kernel. How near it came is no guess: <see cref="Gap"/> bounds it.
/// </summary>
internal sealed class SupportVectorClassifier(double[] weights, double bias, double primal, double dual)
{
    /// <summary>Objective of this classifier: |w|^2 / 2 + C sum of hinge losses; no classifier has one below <see cref="Dual"/>.</summary>
    public double Primal => primal;

    /// <summary>Objective of the dual at the multipliers found.</summary>
    public double Dual => dual;

    /// <summary>How far, relatively, this can be from the optimum at most.</summary>
    public double Gap => (Primal - Dual) / Primal;

    /// <summary>Fits the classifier to numbers from 0 to 1; the result does not depend on their order. The cost is C, the price of one unit of hinge loss.</summary>
    /// <exception cref="Data.Fault">A side is empty, or a number is not from 0 to 1.</exception>
    public static SupportVectorClassifier Fit(IReadOnlyList<float> members, IReadOnlyList<float> nonMembers, double cost = 3)
    {
        Demand.Some(Math.Min(members.Count, nonMembers.Count), "Values of known members and of known non-members");
        Demand.Shares([.. members, .. nonMembers], "Values of known samples");
        Demand.Positive(cost, "The price of the loss");
        // m equal points of one label with the box [0, C] each are one with the box [0, mC]; nothing is rounded.
        var points = members.Select(value => (value, sign: 1.0)).Concat(nonMembers.Select(value => (value, sign: -1.0)))
            .GroupBy(point => point).OrderBy(group => group.Key).ToList();
        double[] signs = [.. points.Select(point => point.Key.sign)], box = [.. points.Select(point => cost * point.Count())];
        var features = new SignedFeatures([.. points.Select(point => (double)point.Key.value)], signs);
        var alpha = InteriorPoint.Solve(features, signs, box);
        var direction = features.Combine(Vector<double>.Build.Dense(alpha));
        double[] scores = [.. signs.Zip(features.Times(direction), (sign, score) => sign * score)];
        var offset = BestBias(scores, signs, box);
        var (norm, hinge) = (direction.Sum(w => w * w) / 2, 0.0);
        for (var i = 0; i < scores.Length; i++) hinge += box[i] * Math.Max(0, 1 - signs[i] * (scores[i] + offset));
        return new SupportVectorClassifier(direction, offset, norm + hinge, alpha.Sum() - norm);
    }

    /// <summary>The decision value of a number from 0 to 1: positive for a member, negative for a non-member, in units of the margin.</summary>
    public double Decide(double value) => SignedFeatures.Dot(SignedFeatures.Row(value, sign: 1), weights) + bias;

    // The best bias for fixed weights, exactly: the hinge loss is piecewise linear in it. Where a whole interval is best its middle, as LIBSVM does.
    private static double BestBias(double[] scores, double[] signs, double[] box)
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

    /// <summary>
    /// The features of each point times its sign: rows v_i with v_i . v_j = y_i y_j K(x_i, x_j), K the Gaussian kernel exp(-(x - x')^2) on [0, 1] as a plain
    /// inner product. With c = x - 1/2 it is exp(-c^2) exp(-c'^2) sum_k (2 c c')^k / k!, and since |2 c c'| is at most 1/2 the sum is exact to
    /// double precision after 16 terms (0.5^16 / 16! is below 1e-18).
    /// </summary>
    private sealed class SignedFeatures(double[] values, double[] signs)
    {
        public const int Columns = 16;

        public double[][] Rows { get; } = [.. values.Zip(signs, Row)];

        public static double[] Row(double x, double sign)
        {
            var (centred, row) = (x - 0.5, new double[Columns]);
            row[0] = sign * Math.Exp(-centred * centred);
            for (var k = 1; k < Columns; k++) row[k] = row[k - 1] * centred * Math.Sqrt(2.0 / k);
            return row;
        }

        public static double Dot(double[] features, double[] weights)
        {
            var sum = 0.0;
            for (var k = 0; k < Columns; k++) sum += features[k] * weights[k];
            return sum;
        }

        /// <summary>V w: the inner product of each row with the weights.</summary>
        public Vector<double> Times(double[] weights) => Vector<double>.Build.Dense(Rows.Length, i => Dot(Rows[i], weights));

        /// <summary>V' z: the sum of the rows, each times its number.</summary>
        public double[] Combine(Vector<double> numbers)
        {
            var sum = new double[Columns];
            foreach (var (i, row) in Rows.Index())
                for (var k = 0; k < Columns; k++) sum[k] += row[k] * numbers[i];
            return sum;
        }
    }

    /// <summary>Solves (D + V V') x = z for a positive diagonal D through the Woodbury identity, so that only a matrix as large as the number of features is ever factored.</summary>
    private sealed record DiagonalPlusKernel(SignedFeatures Features, Vector<double> Inverse, Cholesky<double> Core)
    {
        /// <summary>Null when rounding has made the core lose its positive definiteness.</summary>
        /// <param name="features">V.</param>
        /// <param name="inverse">1 / D, one number per point.</param>
        public static DiagonalPlusKernel? Factor(SignedFeatures features, Vector<double> inverse)
        {
            const int Size = SignedFeatures.Columns;
            var sum = new double[Size, Size];
            foreach (var (i, row) in features.Rows.Index())
                for (var k = 0; k < Size; k++)
                    for (var l = 0; l <= k; l++) sum[k, l] += inverse[i] * row[k] * row[l];
            try
            {
                return new(features, inverse, Matrix<double>.Build.Dense(Size, Size, (k, l) => sum[Math.Max(k, l), Math.Min(k, l)] + (k == l ? 1 : 0)).Cholesky());
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        public Vector<double> Solve(Vector<double> z)
        {
            var scaled = z.PointwiseMultiply(Inverse);
            return scaled - Inverse.PointwiseMultiply(Features.Times(Core.Solve(Vector<double>.Build.Dense(Features.Combine(scaled))).AsArray()));
        }
    }

    /// <summary>
    /// Solves the dual of a support vector classifier: minimise a'VV'a / 2 - sum a subject to 0 to box for each
    /// a and y'a = 0. Primal-dual interior point with Mehrotra's predictor and corrector ("On the
    /// implementation of a primal-dual interior point method", SIAM J. Optim. 2, 1992), with the low-rank
    /// kernel of Fine and Scheinberg (JMLR 2, 2001). No randomness, no order of points that could matter. Alpha is a, Room what is
    /// left of the box above each, Lower and Upper are the multipliers of the bounds, Bias is that of y'a = 0.
    /// </summary>
    private sealed record InteriorPoint(Vector<double> Alpha, Vector<double> Room, Vector<double> Lower, Vector<double> Upper, double Bias)
    {
        private const int MostSteps = 100;
        private const double Enough = 1e-10;

        private double Products => (Lower.PointwiseMultiply(Alpha) + Upper.PointwiseMultiply(Room)).Sum();

        // Until the products of multipliers and slacks are negligible or rounding stops progress.
        public static double[] Solve(SignedFeatures features, double[] signs, double[] box)
        {
            Vector<double> half = Vector<double>.Build.Dense(box) / 2, ones = Vector<double>.Build.Dense(box.Length, 1);
            var point = new InteriorPoint(half, half, ones, ones, 0);
            for (var step = 0; step < MostSteps && point.Products / (1 + point.Alpha.Sum()) > Enough && point.Next(features, Vector<double>.Build.Dense(signs)) is { } next; step++) point = next;
            return [.. point.Alpha];
        }

        private InteriorPoint? Next(SignedFeatures features, Vector<double> signs)
        {
            var inverse = (Lower.PointwiseDivide(Alpha) + Upper.PointwiseDivide(Room)).Map(d => 1 / d);
            if (DiagonalPlusKernel.Factor(features, inverse) is not { } system) return null;
            var residual = 1 - features.Times(features.Combine(Alpha)) - Bias * signs + Lower - Upper;
            Vector<double> low = Lower.PointwiseMultiply(Alpha), high = Upper.PointwiseMultiply(Room);
            var predictor = Towards(system, signs, residual, -low, -high);
            var ratio = Moved(predictor, Longest(predictor)).Products / Products;
            var centre = ratio * ratio * ratio * Products / (2 * Alpha.Count);
            var corrector = Towards(
                system, signs, residual,
                centre - low - predictor.Lower.PointwiseMultiply(predictor.Alpha), centre - high + predictor.Upper.PointwiseMultiply(predictor.Alpha));
            return Moved(corrector, Math.Min(1, 0.995 * Longest(corrector)));
        }

        // The direction in which the products change by what is asked.
        private InteriorPoint Towards(DiagonalPlusKernel system, Vector<double> signs, Vector<double> residual, Vector<double> down, Vector<double> up)
        {
            var free = system.Solve(residual + down.PointwiseDivide(Alpha) - up.PointwiseDivide(Room));
            var bySign = system.Solve(signs);
            double Balance(Vector<double> of) => signs.PointwiseMultiply(of).Sum();
            var shift = (Balance(free) + Balance(Alpha)) / Balance(bySign);
            var move = free - shift * bySign;
            return new InteriorPoint(
                move, -move, (down - Lower.PointwiseMultiply(move)).PointwiseDivide(Alpha), (up + Upper.PointwiseMultiply(move)).PointwiseDivide(Room), shift);
        }

        private double Longest(InteriorPoint move)
        {
            static double Reach(Vector<double> from, Vector<double> by) => from.Zip(by, (value, change) => change < 0 ? -value / change : 1).Min();
            return new[] { 1, Reach(Alpha, move.Alpha), Reach(Room, move.Room), Reach(Lower, move.Lower), Reach(Upper, move.Upper) }.Min();
        }

        private InteriorPoint Moved(InteriorPoint move, double step) => new(
            Alpha + step * move.Alpha, Room + step * move.Room, Lower + step * move.Lower, Upper + step * move.Upper, Bias + step * move.Bias);
    }
}
