using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Weighting;
using MathNet.Numerics.Statistics;

namespace FaLW.Plots;

/// <summary>Is it normal? In numbers, over classes.</summary>
public static class NormalityTable
{
    /// <summary>One row per model and scale of the probability.</summary>
    /// <param name="views">The same images under one or more models.</param>
    public static Table Of(params ProfileView[] views) => new(
        "Distance from a normal law, over classes",
        [
            new Column("Unseen images under") { Words = true }, new Column("law") { Words = true }, new Column("median D"), new Column("normal samples: 95 % below"),
            new Column("classes above") { Words = true }, new Column("mean skewness", "", 1) { Meaning = "0 for a normal law; negative: the long tail is on the left." },
            new Column("law outside 0 to 1", "%", 0) { Meaning = "Share of the fitted law at probabilities that do not exist, mean over classes." },
        ],
        [.. from view in views from spread in (Spread[])[Spread.Gaussian, Spread.GaussianOfLogit] select Row(view, spread)])
    {
        Note = FormattableString.Invariant($"Of {views[0].HeadToTail.Count} normal classes {0.05 * views[0].HeadToTail.Count:0.#} would lie above by chance."),
    };

    private static Row Row(ProfileView view, Spread spread)
    {
        var (fits, level) = (NormalityPlot.Fits(view, spread), NormalityPlot.Chance(view).Level());
        return new Row(
        [
            new Cell(view.Model), new Cell(SpreadNames.Of(spread)), Cell.Of(fits.Select(fit => fit.Distance).Median()), Cell.Of(level),
            new Cell(FormattableString.Invariant($"{fits.Count(fit => fit.Distance > level)} of {fits.Count}")), Cell.Of(fits.Average(fit => fit.Skewness)),
            Cell.Of(spread == Spread.Gaussian ? 100 * fits.Average(fit => fit.Outside(0, 1)) : 0),
        ]);
    }
}
