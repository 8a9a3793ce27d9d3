using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What it costs to keep the unseen profile fresh, and what is lost by keeping it less fresh.</summary>
public static class RenewalPlot
{
    private const double NearEnough = 0.02, Room = 0.15;

    /// <summary>One panel per learning rate.</summary>
    /// <param name="trial">The runs.</param>
    public static Figure Of(ProfileTrial trial) => new("Fresh enough? What the profile costs, and how far the weights go astray",
        [.. trial.Renewals.GroupBy(found => found.LearningRate).Select(rate => Panel(rate.Key, [.. rate.OrderBy(found => found.Work)]))])
    {
        Subtitle = Setting.Of(trial.Study.Spec).Words,
        Note = "Work: passes through the network, a training step counting three. Error: mean over all steps of |weight − weight of Algorithm 1| for the same model and batch.",
        ShareX = true,
        Height = 560,
    };

    private static Panel Panel(double rate, Renewal[] found) => new(
        new Axis("work", "times plain random labels") { Low = 1 - Room * (found[^1].Work - 1), High = 1 + (1 + Room) * (found[^1].Work - 1) }, new Axis("mean |error of the weight|") { Low = 0 },
        [
            Course("all unseen images, every n steps", Palette.Series[1], [.. found.Where(one => one.Slice == 0)]),
            Course("a rolling slice of k, every step", Palette.Series[0], [.. found.Where(one => one.Slice > 0)]),
        ])
    {
        Title = FormattableString.Invariant($"learning rate {rate}"),
        Annotations =
        [
            new ReferenceLine(NearEnough, "0.02"),
            .. found.Select(one => Named(one, onLeft: one.Slice > 0 && one.Slice < found.Max(other => other.Slice))),
        ],
    };

    private static Line Course(string name, Paint paint, Renewal[] found) =>
        new(name, found.Select(one => one.Work), found.Select(one => one.MeanError)) { Paint = paint, Marker = Marker.Circle };

    // Where the curve comes down there is room on its left, where it ends on its right.
    private static Note Named(Renewal one, bool onLeft)
    {
        var name = one.Slice > 0 ? FormattableString.Invariant($"k = {one.Slice}") : FormattableString.Invariant($"n = {one.Every}");
        return new Note(one.Work, one.MeanError, onLeft ? $"{name}  " : $"  {name}") { Align = onLeft ? Align.Right : Align.Left };
    }
}
