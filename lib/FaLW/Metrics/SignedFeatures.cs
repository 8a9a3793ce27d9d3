namespace FaLW.Metrics;

/// <summary>The features of each point times its sign: rows v_i with v_i . v_j = y_i y_j K(x_i, x_j).</summary>
internal sealed class SignedFeatures
{
    private const int Columns = GaussianFeatures.Count;
    private readonly double[] rows;

    public SignedFeatures(WeightedPoints points)
    {
        Count = points.Count;
        rows = new double[Count * Columns];
        for (var i = 0; i < Count; i++)
        {
            var row = rows.AsSpan(i * Columns, Columns);
            GaussianFeatures.Write(points.Values[i], row);
            for (var k = 0; k < Columns; k++) row[k] *= points.Signs[i];
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>The features of one point.</summary>
    public ReadOnlySpan<double> this[int row] => rows.AsSpan(row * Columns, Columns);

    /// <summary>V' z: the sum of the rows, each times its number.</summary>
    public double[] Combine(double[] numbers)
    {
        var sum = new double[Columns];
        for (var i = 0; i < Count; i++)
        {
            var row = this[i];
            for (var k = 0; k < Columns; k++) sum[k] += row[k] * numbers[i];
        }

        return sum;
    }

    /// <summary>v_i . w for one row.</summary>
    public double Dot(int row, double[] weights)
    {
        var features = this[row];
        var sum = 0.0;
        for (var k = 0; k < Columns; k++) sum += features[k] * weights[k];
        return sum;
    }
}
