using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What a weighting does to images that are exactly as well known as unseen ones: it should do nothing, on average.</summary>
public static class CalibrationTable
{
    /// <summary>One row per model and way to count the distance.</summary>
    /// <param name="seed">Seed of the halving; zero is a seed.</param>
    /// <param name="views">The same images under one or more models.</param>
    public static Table Of(int seed, params ProfileView[] views) => new(
        "Unseen images weighed by other unseen images",
        [
            new Column("Under") { Words = true }, new Column("distance counted by") { Words = true }, new Column("mean weight"),
            new Column("pushed", "%", 0) { Meaning = "Share with a weight above 1; 50 % would be fair." }, new Column("5 % below"), new Column("95 % below"),
            new Column("ceiling") { Meaning = "Weight of an image with probability 1, mean over classes." },
        ],
        [.. from view in views from spread in SmallUnseenSet.Spreads select Row(WeightCalibration.Of(view, spread, seed))])
    { Note = "One half of the unseen images makes the profile, the other is weighed (Equation 5, η = 1); 50 halvings. A law that fits gives mean 1, 50 % pushed, 5 % and 95 % at 0.07 and 1.93." };

    private static Row Row(WeightCalibration found) => new(
    [
        new Cell(found.Model), new Cell(SpreadNames.Of(found.Spread)), Cell.Of(found.Mean), Cell.Of(100 * found.Pushed), Cell.Of(found.Low), Cell.Of(found.High),
        Cell.Of(found.Ceiling),
    ]);
}
