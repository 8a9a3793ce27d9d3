using FaLW.Data;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The loan decisions group by group.</summary>
public static class ApplicantTable
{
    /// <summary>One row per group.</summary>
    /// <param name="applicants">At least one.</param>
    public static Table Of(IEnumerable<LoanApplicant> applicants) => new(
        "Applicants for a loan (generated)",
        [
            new Column("group", "", 0), new Column("applicants", "", 0), new Column("income"), new Column("savings"), new Column("district"),
            new Column("deserved", "%", 1), new Column("approved", "%", 1), new Column("overruled", "", 0) { Meaning = "Deserved and yet refused." },
        ],
        [.. applicants.GroupBy(a => a.Group).OrderBy(g => g.Key).Select(Group)])
    { Note = "Means in standard deviations within a group. The model sees income, savings and district, and learns what was approved." };

    private static Row Group(IGrouping<int, LoanApplicant> group) => new(
    [
        Cell.Of(group.Key), Cell.Of(group.Count()), Cell.Of(group.Average(a => a.Income)), Cell.Of(group.Average(a => a.Savings)), Cell.Of(group.Average(a => a.District)),
        Cell.Of(100.0 * group.Count(a => a.Deserved) / group.Count()), Cell.Of(100.0 * group.Count(a => a.Approved) / group.Count()), Cell.Of(group.Count(a => a.Overruled)),
    ]);
}
