namespace FaLW.Tests.Plots;

/// <summary>Figures and tables about soft weights, on rows made by hand.</summary>
public sealed class SoftWeightedFigures
{
    private static readonly TableScores Before = Scores(0.2, 300);

    private static readonly SchemeRow[] Directions =
        [.. from scheme in new[] { "hard", "2.0, 2.1", "2.2, 2.3" } from k in Enumerable.Range(1, 3) select Row(scheme, k / 4.0, scheme.Length)];

    private static readonly FractionRow[] Fractions =
        [.. new[] { 0.25, 0.5, 1 }.Select(share => new FractionRow(share, Row("2.1", share, 8), Scores(0.2 * (1 - share), 300 + 30 * share), share / 5))];

    private static readonly InfluenceRow[] Left = [.. Enumerable.Range(0, 9).Select(i => new InfluenceRow(i, i - 4, i - 4 + 0.1 * (i % 2), 4 - i, (4 - i) * 1.1))];

    private static readonly SoftTask Parity = new("demographic parity", theta => theta);

    // Soft is a point more accurate and as good for utility, give or take the seed; nothing else differs.
    private static readonly PlugInRow[] Carried =
        [.. from method in new[] { "GA", "FT" } from seed in Enumerable.Range(0, 3) from soft in new[] { false, true } select new PlugInRow(method, soft, seed, soft ? 0.1 : 0.2, new TableScores(0.1, 300, 6, 12, 80 + (soft ? 1 + 0.1 * seed : 0), double.NaN, double.NaN))];

    private static readonly Dictionary<string, Figure> Drawn = new(StringComparer.Ordinal)
    {
        ["influence"] = InfluenceScatter.Of(Left, "demographic parity"),
        ["trade-off"] = TradeOffPlot.Of(Parity, Before, Directions),
        ["over-unlearning"] = TradeOffPlot.OverUnlearning(Parity, Before, Directions),
        ["fraction"] = FractionPlot.Of(Before, ("Scheme 2.1", Fractions), ("Scheme 2.3", Fractions)),
    };

    public static TheoryData<string> Kinds => [.. Drawn.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_figure_says_what_was_accepted(string kind) => Snapshot.Match(Drawn[kind].Summary, kind);

    [Fact]
    public void Perfect_agreement_is_written_into_the_panel()
    {
        var notes = Drawn["influence"].Panels.Select(p => ((Note)p.Annotations[0]).Text).ToArray();
        Assert.StartsWith("r = 1.000, ρ = 1.000", notes[1], StringComparison.Ordinal);
        Assert.Equal(Left.Select(r => r.TaskTrue), ((Points)Drawn["influence"].Panels[0].Traces[1]).Y);
    }

    [Fact]
    public void Every_direction_starts_at_Original()
    {
        var lines = Drawn["trade-off"].Panels[1].Traces.Cast<Line>().ToArray();
        Assert.Equal(["hard", "2.0, 2.1", "2.2, 2.3"], lines.Select(l => l.Name));
        Assert.All(lines, line => Assert.Equal((0.2, 0.0, 4), (line.X[0], line.Y[0], line.X.Count)));
    }

    /// <summary>The rows grow in proportion, 4 at the whole share: a weight of 1 is reached at a quarter.</summary>
    [Fact]
    public void The_ground_is_shaded_from_where_a_weight_reaches_one()
    {
        Assert.Equal(0.25, FractionPlot.Limit(Fractions), 12);
        Assert.Equal((25.0, 100.0), Drawn["fraction"].Panels[0].Annotations.OfType<Zone>().Select(z => (z.From, z.To)).Single());
        var tame = Fractions.Select(r => r with { OneGo = r.OneGo with { Largest = r.Fraction / 2 } }).ToArray();
        Assert.Empty(FractionPlot.Of(Before, ("tame", tame)).Panels[0].Annotations.OfType<Zone>());
    }

    [Fact]
    public void Costs_are_percent_of_the_loss_before()
    {
        var row = FractionTable.Of("Scheme 2.1", Before, Fractions).Rows[^1].Cells;
        Assert.Equal([100, 4, 0, 0.02, 0.01, 0, 8.0 / 3, 4.0 / 3, 10], row.Select(c => Math.Round(c.Value, 9)), (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void Tables_put_Original_first_and_leave_its_promises_empty()
    {
        var (fair, robust) = (SchemeTable.OfFairness(Parity, Before, Directions), SchemeTable.OfRobustness(Parity, Before, Directions));
        Assert.All(new[] { fair, robust }, table =>
        {
            Assert.True(table.Rows[0].Reference && double.IsNaN(table.Rows[0].Cells[1].Value));
            Assert.Equal(0.2, table.Rows[0].Cells[3].Value);
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count));
        });
        Assert.Equal([30.0, 12, 300, 80], fair.Rows[0].Cells.Skip(5).Select(c => c.Value));
        Assert.Equal([80.0, 20, 21], robust.Rows[0].Cells.Skip(5).Select(c => c.Value));
    }

    [Fact]
    public void People_are_counted_by_group()
    {
        var table = GroupTable.Of(TabularSet.GermanCredit().Split(0, 500, 250));
        Assert.Equal(["women", "men"], table.Rows.Select(row => row.Cells[0].Text));
        Assert.Equal(500, table.Rows.Sum(row => row.Cells[1].Value));
        Assert.Contains("German Credit: 500 people to train on, 250 to validate with, 250 to test", table.Title, StringComparison.Ordinal);
    }

    /// <summary>Differences 1, 1.1 and 1.2: mean 1.1, deviation 0.1, t = 19.05 on two degrees of freedom, p = 0.00274; of six tests two are this one and four are of equal lists.</summary>
    [Fact]
    public void Soft_and_hard_are_compared_in_pairs_and_corrected_together()
    {
        var table = PlugInTable.Paired(Carried);
        Assert.Equal(6, table.Rows.Count);
        var accuracy = table.Rows.Where(row => row.Cells[1].Text.StartsWith("accuracy", StringComparison.Ordinal)).ToArray();
        Assert.All(accuracy, row => Assert.Equal([1.1, 0.00274, 6 * 0.00274], row.Cells.Skip(2).Select(c => c.Value), (a, b) => Math.Abs(a - b) < 1e-4));
        Assert.All(table.Rows.Except(accuracy), row => Assert.Equal([0.0, 1, 1], row.Cells.Skip(2).Select(c => c.Value)));
        var means = PlugInTable.Of(Parity, Carried);
        Assert.Equal([("GA", "hard"), ("GA", "soft"), ("FT", "hard"), ("FT", "soft")], means.Rows.Select(row => (row.Cells[0].Text, row.Cells[1].Text)));
        Assert.Equal([20.0, 0.1, 6, 12, 300, 80], means.Rows[0].Cells.Skip(2).Select(c => Math.Round(c.Value, 9)));
    }

    /// <summary>Ours only where the table is the same; a published number is never moved.</summary>
    [Fact]
    public void Published_numbers_stand_in_columns_of_their_own()
    {
        TableScores[] seed = [Before, Before with { Accuracy = 70 }, Before with { Accuracy = 60 }];
        var table = PlugInTable.AgainstPublished("adult", [seed, seed]);
        Assert.Equal(12, table.Rows.Count);
        Assert.Equal([82.20, 17.80, 80, 20, 81.34, 81.78, 70, 20, 82.24, 82.20, 60, 20], table.Rows.Take(3).SelectMany(row => row.Cells.Skip(2)).Select(c => c.Value));
        Assert.All(table.Rows.Skip(3).SelectMany(row => row.Cells.Skip(4)), cell => Assert.True(double.IsNaN(cell.Value)));
        Assert.All(PlugInTable.AgainstPublished("german credit", [seed]).Rows.SelectMany(row => row.Cells.Skip(4)), cell => Assert.True(double.IsNaN(cell.Value)));
    }

    [Fact]
    public void Noise_is_a_row_for_every_share()
    {
        NoiseRow[] rows = [.. from share in new[] { 0.2, 0.1 } from seed in Enumerable.Range(0, 3) select new NoiseRow(share, seed, 0.7, 0.04, Before, Before, Before with { Accuracy = 81 + 0.1 * seed })];
        var table = NoiseTable.Of(rows);
        Assert.Equal([10.0, 20], table.Rows.Select(row => row.Cells[0].Value));
        Assert.All(table.Rows, row => Assert.Equal([0.7, 80, 4, 80, 81.1, 1.1, 2 * 0.00274], row.Cells.Skip(1).Select(c => c.Value), (a, b) => Math.Abs(a - b) < 1e-4));
    }

    private static SchemeRow Row(string scheme, double strength, int cost) => new(
        scheme, 0.2 * (1 - strength), 300, 4 * strength, 0.1 * strength, Scores(0.2 * (1 - strength) + 0.02 * strength, 300 + cost * strength), Scores(0.2 * (1 - strength) + 0.01 * strength, 300 + cost / 2.0 * strength));

    private static TableScores Scores(double task, double utility) => new(task, utility, 30, 12, 80, 20, 21);
}
