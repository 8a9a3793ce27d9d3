using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What it costs to keep the unseen profile fresh, in numbers.</summary>
public static class RenewalTable
{
    /// <summary>One row per learning rate and way.</summary>
    /// <param name="trial">The runs.</param>
    public static Table Of(ProfileTrial trial) => new(
        "Keeping the profile fresh",
        [
            new Column("learning rate"), new Column("unseen images asked") { Words = true }, new Column("passes, profile", "", 0), new Column("passes, training", "", 0),
            new Column("work", "times RL"), new Column("mean |error|", "", 3) { Meaning = "|weight - weight of Algorithm 1|, mean over all forget images of all steps." },
            new Column("largest of a step", "", 3),
        ],
        [.. trial.Renewals.Select(Row)])
    { Note = "Passes: images taken through the network; a training step counts three. Algorithm 1 is the first row of each rate: all, every step." };

    private static Row Row(Renewal found) => new(
    [
        Cell.Of(found.LearningRate), new Cell(found.Title), Cell.Of(found.Evaluated), Cell.Of(3 * found.Trained), Cell.Of(found.Work), Cell.Of(found.MeanError),
        Cell.Of(found.LargestError),
    ]);
}
