using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>Sheets of the images that a request and its results are about.</summary>
public static class ImageSheets
{
    private const int Most = 12;

    extension(ImageSheet)
    {
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
    }

    private static ValueList<int> FirstOf(RawImages? images, int label) => images is null ? []
        : Enumerable.Range(0, images.TrainCount).Where(row => images.Labels[row] == label).Take(Most).ToValueList();
}
