using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Figures;

/// <summary>Images in labelled rows, every pixel a square: to see what numbers are about.</summary>
/// <param name="Title">One line that says what is seen.</param>
/// <param name="Images">Where the rows come from; null where the image set is not on this machine, which the sheet then says.</param>
/// <param name="Rows">A label and the rows of the image set beside it.</param>
public sealed record ImageSheet(string Title, RawImages? Images, ValueList<(string Label, ValueList<int> Rows)> Rows)
{
    private const int Most = 12;

    /// <summary>A line under the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The first images of some classes.</summary>
    /// <param name="title">One line that says what is seen.</param>
    /// <param name="images">The image set; null where it is not on this machine.</param>
    /// <param name="classes">The classes, one row each.</param>
    public static ImageSheet OfClasses(string title, RawImages? images, IEnumerable<int> classes) => new(
        title, images, classes.Select(k => (FormattableString.Invariant($"class {k}"), FirstOf(images, k))).ToValueList());

    /// <summary>Images to forget: the two classes most forgotten, the one in the middle, the two least forgotten.</summary>
    /// <param name="run">Any result; only its forget set is read.</param>
    /// <param name="images">The image set it ran on; null where it is not on this machine.</param>
    public static ImageSheet OfRequest(RunResult run, RawImages? images)
    {
        var order = Measures.HeadToTail(run);
        int[] ranks = [0, 1, order.Count / 2, order.Count - 2, order.Count - 1];
        return new ImageSheet("Images to forget, from head to tail", images, ranks.Select(rank => (
            string.Create(CultureInfo.InvariantCulture, $"{run.Groups.NameOf(order[rank]).ToLowerInvariant()}: class {order[rank]}, {run.ForgetCounts[order[rank]]} images"),
            Measures.OfRank(run, rank).Take(Most).Select(s => s.Row).ToValueList())).ToValueList())
        { Subtitle = Setting.Of(run.Spec).Words };
    }

    /// <summary>The images on which a method is furthest from Retrain, in both directions.</summary>
    /// <param name="run">One run of the method.</param>
    /// <param name="images">The image set it ran on; null where it is not on this machine.</param>
    public static ImageSheet OfMisses(RunResult run, RawImages? images)
    {
        var order = run.Samples.OrderByDescending(s => s.Deviation).ToArray();
        return new ImageSheet($"{run.Label}: the images furthest from Retrain", images,
        [
            ("most under-forgotten", order.Take(Most).Select(s => s.Row).ToValueList()),
            ("most over-forgotten", order.Reverse().Take(Most).Select(s => s.Row).ToValueList()),
        ])
        { Subtitle = Setting.Of(run.Spec).Words };
    }

    /// <summary>What the sheet shows, in a few lines.</summary>
    public string Summary => Images is null
        ? Title + "\n  The image set is not on this machine, so there is nothing to see here; everything else goes on without it. 'falw data list' says how to get it."
        : Title + "\n" + string.Join('\n', Rows.Select(row => FormattableString.Invariant($"  {row.Label}: {row.Rows.Count} pictures")));

    /// <summary>The sheet for a notebook host: a picture, where there is one, and plain text.</summary>
    public IReadOnlyDictionary<string, object> ToMimeBundle()
    {
        var bundle = new Dictionary<string, object>(StringComparer.Ordinal) { ["text/plain"] = Summary };
        if (Images is not null) bundle["image/png"] = PngFile.Write(Painter.Draw(ImageSheetLayout.Of(this), Png.Scale), Png.Scale);
        return bundle;
    }

    /// <summary>Shows the sheet where the program runs: in the notebook, or as text.</summary>
    public void Show() => Display.Show(this);

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;

    private static ValueList<int> FirstOf(RawImages? images, int label) => images is null ? []
        : Enumerable.Range(0, images.TrainCount).Where(row => images.Labels[row] == label).Take(Most).ToValueList();
}
