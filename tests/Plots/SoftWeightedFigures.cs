using FaLW.Data;
using FaLW.Figures;
using FaLW.Plots;
using FaLW.Studies;
using FaLW.Tests.Snapshots;

namespace FaLW.Tests.Plots;

/// <summary>Figures and tables about soft weights, on rows made by hand.</summary>
public sealed class SoftWeightedFigures
{
    private static readonly LoanScores Before = Scores(0.2, 300);

    private static readonly SchemeRow[] Directions =
        [.. from scheme in new[] { "hard", "2.0, 2.1", "2.2, 2.3" } from k in Enumerable.Range(1, 3) select Row(scheme, k / 4.0, scheme.Length)];

    private static readonly FractionRow[] Fractions =
        [.. new[] { 0.25, 0.5, 1 }.Select(share => new FractionRow(share, Row("2.1", share, 8), Scores(0.2 * (1 - share), 300 + 30 * share), share / 5))];

    private static readonly InfluenceRow[] Left = [.. Enumerable.Range(0, 9).Select(i => new InfluenceRow(i, i - 4, i - 4 + 0.1 * (i % 2), 4 - i, (4 - i) * 1.1))];

    private static readonly WeightedApplicant[] Applicants =
        [.. new LoanTable().Applicants(40).Select((applicant, i) => new WeightedApplicant(applicant, Math.Sin(i)))];

    private static readonly Dictionary<string, Figure> Drawn = new(StringComparer.Ordinal)
    {
        ["influence"] = InfluenceScatter.Of(Left, "demographic parity"),
        ["trade-off"] = TradeOffPlot.Of(Before, Directions),
        ["fraction"] = FractionPlot.Of(Before, ("Scheme 2.1", Fractions), ("Scheme 2.3", Fractions)),
        ["map"] = SoftWeightMap.Of("a wave", Applicants),
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
        var (fair, robust) = (SchemeTable.OfFairness(Before, Directions), SchemeTable.OfRobustness(Before, Directions));
        Assert.All(new[] { fair, robust }, table =>
        {
            Assert.True(table.Rows[0].Reference && double.IsNaN(table.Rows[0].Cells[1].Value));
            Assert.Equal(0.2, table.Rows[0].Cells[3].Value);
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count));
        });
        Assert.Equal([30.0, 300, 80, 82], fair.Rows[0].Cells.Skip(5).Select(c => c.Value));
        Assert.Equal([80.0, 20, 21], robust.Rows[0].Cells.Skip(5).Select(c => c.Value));
    }

    [Fact]
    public void Applicants_are_counted_by_group()
    {
        LoanApplicant[] three = [new(0, 1, 2, 3, true, false), new(0, 3, 2, 1, true, true), new(1, 0, 0, 0, false, false)];
        Assert.Equal([0, 2, 2, 2, 2, 100, 50, 1], ApplicantTable.Of(three).Rows[0].Cells.Select(c => c.Value));
    }

    [Fact]
    public void The_map_shows_every_applicant_once()
    {
        var marks = Drawn["map"].Panels.SelectMany(p => p.Traces.Cast<Points>()).Where(p => p.Name.Length > 0).ToArray();
        Assert.Equal(40, marks.Sum(p => p.X.Count));
        Assert.Single(marks, p => p.Shading!.Bar);
        Assert.All(marks, p => Assert.Equal(0, p.Shading!.Middle));
    }

    private static SchemeRow Row(string scheme, double strength, int cost) => new(
        scheme, 0.2 * (1 - strength), 300, 4 * strength, Scores(0.2 * (1 - strength) + 0.02 * strength, 300 + cost * strength), Scores(0.2 * (1 - strength) + 0.01 * strength, 300 + cost / 2.0 * strength));

    private static LoanScores Scores(double task, double utility) => new(task, utility, 30, 80, 82, 20, 21);
}
