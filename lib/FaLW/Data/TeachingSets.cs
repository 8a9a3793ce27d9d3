namespace FaLW.Data;

/// <summary>One applicant for a loan. Income, savings and district are in standard deviations within a group.</summary>
/// <param name="Group">0 or 1; no model of this kit is told.</param>
/// <param name="Income">Decides, and is higher in group 1.</param>
/// <param name="Savings">Decides, and is alike in both groups.</param>
/// <param name="District">Decides nothing, but tells the group.</param>
/// <param name="Deserved">What an officer without prejudice would have decided.</param>
/// <param name="Approved">What is on record: the label.</param>
public sealed record LoanApplicant(int Group, double Income, double Savings, double District, bool Deserved, bool Approved);

/// <summary>
/// A table of loan decisions with a known bias, generated and not collected: nobody's data, no licence, and it is known who was wronged. Groups take turns
/// (0, 1, 0, 1, ...). Income is normal around -IncomeGap and +IncomeGap, district around -DistrictGap and +DistrictGap,
/// savings around 0. A loan is deserved with log-odds 2 income + 1.2 savings + 0.8; a deserved loan of group 0 is refused with
/// the probability Prejudice. With the defaults logistic regression on income, savings and district gives group 1 a
/// probability of approval that is about 0.18 higher on the mean (demographic parity), part of it through income, part through prejudice.
/// </summary>
/// <param name="IncomeGap">Half the distance of the groups in income, not negative.</param>
/// <param name="DistrictGap">Half the distance of the groups in district, not negative.</param>
/// <param name="Prejudice">Share of the deserved loans of group 0 that are refused, 0 to 1.</param>
/// <param name="Seed">Seed of the draws; zero is a seed.</param>
public sealed record LoanTable(double IncomeGap = 0.3, double DistrictGap = 0.7, double Prejudice = 0.25, int Seed = 0)
{
    /// <summary>The first applicants; asking for more leaves these as they are.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="Fault">A setting is out of its range.</exception>
    public ValueList<LoanApplicant> Applicants(int count)
    {
        if (!(IncomeGap >= 0 && DistrictGap >= 0 && Prejudice is >= 0 and <= 1))
            throw new Fault(Invariant(
                $"A loan table needs gaps of 0 or more and a prejudice from 0 to 1, but has {IncomeGap}, {DistrictGap} and {Prejudice}; give 0 to leave a cause of bias out."));
        var stream = new SeededStream(Seed, "loan table");
        return Enumerable.Range(0, count).Select(row => Applicant(row % 2, stream)).ToValueList();
    }

    // Every applicant takes the same number of draws, so that another prejudice changes decisions and nobody's income.
    private LoanApplicant Applicant(int group, SeededStream stream)
    {
        var side = 2 * group - 1;
        var (income, savings, district) = (stream.Normal() + IncomeGap * side, stream.Normal(), stream.Normal() + DistrictGap * side);
        var deserved = stream.Unit() < 1 / (1 + Math.Exp(-(2 * income + 1.2 * savings + 0.8)));
        var refused = stream.Unit() < Prejudice && group == 0;
        return new LoanApplicant(group, income, savings, district, deserved, deserved && !refused);
    }
}

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
