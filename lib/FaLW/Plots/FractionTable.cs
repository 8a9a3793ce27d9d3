using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The same as <see cref="FractionPlot"/> in numbers.</summary>
public static class FractionTable
{
    /// <summary>One row per share.</summary>
    /// <param name="title">The scheme.</param>
    /// <param name="before">Original.</param>
    /// <param name="rows">Shares ascending.</param>
    public static Table Of(string title, LoanScores before, IEnumerable<FractionRow> rows)
    {
        double Rise(LoanScores scores) => 100 * (scores.Utility / before.Utility - 1);
        return new Table(
            title,
            [
                new Column("asked", "%", 0), new Column("max |ε|"), new Column("promised", "", 3), new Column("one step", "", 3), new Column("trained again", "", 3), new Column("small steps", "", 3),
                new Column("rise, one step", "%", 1), new Column("rise, again", "%", 1), new Column("rise, small", "%", 1),
            ],
            [
                .. rows.Select(r => new Row(
                [
                    Cell.Of(100 * r.Fraction), Cell.Of(r.OneGo.Largest), Cell.Of(r.OneGo.Predicted), Cell.Of(r.OneGo.Step.Task), Cell.Of(r.OneGo.Again.Task), Cell.Of(r.Small.Task),
                    Cell.Of(Rise(r.OneGo.Step)), Cell.Of(Rise(r.OneGo.Again)), Cell.Of(Rise(r.Small)),
                ])),
            ])
        { Note = FormattableString.Invariant($"Demographic parity, {before.Task:F3} before, and rise of the utility loss, {before.Utility:F1} nats before; validation applicants.") };
    }
}
