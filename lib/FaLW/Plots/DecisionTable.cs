using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The models of the plane in numbers.</summary>
public static class DecisionTable
{
    /// <summary>One row per model.</summary>
    /// <param name="views">The models.</param>
    public static Table Of(params PlaneView[] views) => new(
        "Two moons in numbers",
        [
            new Column("") { Words = true }, new Column("forget", "%", 1), new Column("retain", "%", 1), new Column("test", "%", 1),
            new Column("p of unseen points") { Meaning = "Mean probability of the true class over unseen points: what the weighting measures with." },
        ],
        [.. views.Select(view => new Row([new Cell(view.Title), Cell.Of(view.ForgetAccuracy), Cell.Of(view.RetainAccuracy), Cell.Of(view.TestAccuracy), Cell.Of(view.UnseenProbability)]))])
    { Note = "Accuracy on points to forget, to retain and to test; mean probability of the true class on unseen points." };
}
