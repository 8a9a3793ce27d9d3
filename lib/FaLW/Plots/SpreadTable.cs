using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The weights of the images to forget under the three ways to count the distance.</summary>
public static class SpreadTable
{
    /// <summary>One row per model and way.</summary>
    /// <param name="views">The same images under one or more models.</param>
    public static Table Of(params ProfileView[] views) => new(
        "The images to forget, weighed in three ways",
        [
            new Column("Under") { Words = true }, new Column("distance counted by") { Words = true },
            new Column("weight at p = 0") { Meaning = "Mean over classes." }, new Column("weight at p = 1") { Meaning = "Mean over classes." }, new Column("mean weight"),
            new Column("saturated", "%", 0) { Meaning = "Images within 0.05 of the highest or the lowest weight of their class." },
            new Column("ρ with the paper's") { Meaning = "Spearman correlation over all images to forget." }, new Column("mean |difference|"),
        ],
        [.. from view in views from spread in SmallUnseenSet.Spreads select Row(SpreadComparison.Of(view, spread))])
    { Note = "Equation 7 with τ = 0.15. Saturated: within 0.05 of the highest or the lowest weight its class can have, where the weight no longer tells images apart." };

    private static Row Row(SpreadComparison found) => new(
    [
        new Cell(found.Model), new Cell(SpreadNames.Of(found.Spread)), Cell.Of(found.Lowest), Cell.Of(found.Highest), Cell.Of(found.Mean),
        Cell.Of(100 * found.Saturated), Cell.Of(found.Agreement), Cell.Of(found.Distance),
    ]);
}
