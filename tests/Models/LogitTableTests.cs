namespace FaLW.Tests.Models;

public sealed class LogitTableTests
{
    /// <summary>
    /// Song and Mittal's modified entropy by hand for p = (0.7, 0.2, 0.1), true class 0: -0.3 ln 0.7 - 0.2 ln 0.8 - 0.1 ln 0.9 = 0.162168. Code in
    /// circulation, which takes ln p_i for ln(1 - p_i), gives 0.659.
    /// </summary>
    [Theory]
    [InlineData(0, 0.107002483 + 0.044628710 + 0.010536052)]
    [InlineData(1, 1.287550330 + 0.842780963 + 0.010536052)]
    [InlineData(2, 2.072326584 + 0.842780963 + 0.044628710)]
    public void Modified_entropy_by_hand(int label, double expected) =>
        Assert.Equal(expected, Of([0.7, 0.2, 0.1], label).ModifiedEntropies()[0], 1e-6);

    [Fact]
    public void Entropy_margin_and_softmax_by_hand()
    {
        var table = Of([0.7, 0.2, 0.1], 0);
        Assert.Equal(0.7 * 0.356674944 + 0.2 * 1.609437912 + 0.1 * 2.302585093, table.Entropies()[0], 1e-6);
        Assert.Equal(Math.Log(0.7 / 0.3), table.Margins()[0], 1e-6);
        Assert.Equal([0.7, 0.2, 0.1], table.Softmax(0).Select(p => Math.Round(p, 6)));
    }

    /// <summary>Two classes 40 apart: p is 1 even in double precision, the margin is still 40, and a certain error has a finite modified entropy: 40 from either class.</summary>
    [Fact]
    public void A_saturated_softmax_keeps_its_digits()
    {
        var right = new LogitTable([40, 0], 2, [0]);
        Assert.Equal(40, right.Margins()[0], 1e-9);
        Assert.Equal(0, right.ModifiedEntropies()[0], 1e-15);
        var wrong = new LogitTable([40, 0], 2, [1]);
        Assert.Equal(-40, wrong.Margins()[0], 1e-9);
        Assert.Equal(80, wrong.ModifiedEntropies()[0], 1e-9);
    }

    [Fact]
    public void The_margin_is_the_log_odds_of_the_true_class() => Rows.Sample(row =>
    {
        var table = new LogitTable([.. row], row.Length, [row.Length - 1]);
        var p = table.Softmax(0)[^1];
        return Math.Abs(table.Margins()[0] - Math.Log(p / (1 - p))) < 1e-6;
    }, iter: 100);

    [Fact]
    public void Both_entropies_are_what_their_sums_say() => Rows.Sample(row =>
    {
        var table = new LogitTable([.. row], row.Length, [0]);
        var p = table.Softmax(0);
        var modified = -(1 - p[0]) * Math.Log(p[0]) - p.Skip(1).Sum(q => q * Math.Log(1 - q));
        return Math.Abs(table.ModifiedEntropies()[0] - modified) < 1e-7 && Math.Abs(table.Entropies()[0] + p.Sum(q => q * Math.Log(q))) < 1e-9;
    }, iter: 100);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Numbers_that_do_not_fit_are_refused(int logits, int classes) =>
        Assert.Throws<ArgumentException>(() => new LogitTable(new float[logits], classes, [0]));

    private static LogitTable Of(double[] shares, int label) => new([.. shares.Select(p => (float)Math.Log(p))], shares.Length, [label]);

    private static Gen<float[]> Rows { get; } = Gen.Int[-8000, 8000].Select(value => value / 1000f).Array[2, 20];
}
