namespace FaLW.Data;

/// <summary>
/// Two interleaved half circles in the plane, blurred by Gaussian noise: classes small enough to look at. Every point is
/// also a picture, a soft dot at its place, so that networks and methods for images take it as it is and can memorise it.
/// </summary>
internal sealed class TwoMoons
{
    /// <summary>The plane that a picture shows, in the unit of the moons' radius: half its width, half its height, and its centre.</summary>
    public const double HalfWidth = 2.4, HalfHeight = 2, CentreX = 0.5, CentreY = 0.25;

    // A grid leaves out the rim, where no point lies and every boundary is an accident.
    private const double Inner = 0.9;
    private const int Side = 12;
    private const double Blur = 0.8;

    // Classes take turns (0, 1, 0, 1, ...); the noise is a standard deviation in radii.
    public TwoMoons(int train = 400, int test = 400, double noise = 0.2, int seed = 0)
    {
        var stream = new SeededStream(seed, "two moons");
        int[] labels = [.. Enumerable.Range(0, train + test).Select(row => row % 2)];
        var points = labels.Select(label => Point(label, noise, stream)).ToArray();
        (X, Y) = (points.Select(p => p.X).ToValueList(), points.Select(p => p.Y).ToValueList());
        Pictures = new RawImages(Benchmark, [.. points.SelectMany(p => Picture(p.X, p.Y))], labels, train);
    }

    /// <summary>The pictures' form; pixel mean and deviation are rounded.</summary>
    public static Benchmark Benchmark { get; } = new("Two moons", 2, 1, Side, Side, [0.1], [0.25]);

    public ValueList<double> X { get; }

    public ValueList<double> Y { get; }

    public RawImages Pictures { get; }

    /// <summary>A grid over the plane as pictures (of no class: 0), row by row from the lowest y, each from the lowest x.</summary>
    public static RawImages Grid(int columns, int rows)
    {
        var pixels = from row in Enumerable.Range(0, rows)
                     from column in Enumerable.Range(0, columns)
                     from pixel in Picture(GridX(column, columns), GridY(row, rows))
                     select pixel;
        return new RawImages(Benchmark, [.. pixels], new int[rows * columns], rows * columns);
    }

    public static double GridX(int column, int columns) => CentreX + Inner * HalfWidth * (2.0 * column / (columns - 1) - 1);

    public static double GridY(int row, int rows) => CentreY + Inner * HalfHeight * (2.0 * row / (rows - 1) - 1);

    private static (double X, double Y) Point(int label, double noise, SeededStream stream)
    {
        var angle = Math.PI * stream.Unit();
        var (x, y) = label == 0 ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
        return (x + noise * stream.Normal(), y + noise * stream.Normal());
    }

    private static IEnumerable<byte> Picture(double x, double y)
    {
        var column = ((x - CentreX) / HalfWidth + 1) / 2 * Side - 0.5;
        var row = ((y - CentreY) / HalfHeight + 1) / 2 * Side - 0.5;
        return from r in Enumerable.Range(0, Side)
               from c in Enumerable.Range(0, Side)
               let distance = (r - row) * (r - row) + (c - column) * (c - column)
               select (byte)Math.Round(255 * Math.Exp(-distance / (2 * Blur * Blur)));
    }
}
