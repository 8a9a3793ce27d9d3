using FaLW.Data;
using FaLW.Metrics;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>
/// The images and the splits of the experiment at hand, loaded when first needed and only then: a job whose stages are all
/// kept reads no image. Experiments on the same images share them.
/// </summary>
internal sealed class Sets(DataShelf shelf, torch.Device device) : IDisposable
{
    private (ExperimentSet Wanted, ImageSet Images, int[] Confused)? loaded;
    private (ExperimentSet Wanted, Splits Splits)? drawn;

    public ImageSet Images(ExperimentSpec spec) => Loaded(spec).Images;

    public Splits Splits(ExperimentSpec spec)
    {
        var wanted = ExperimentSet.Split(spec);
        if (drawn is { } there && there.Wanted == wanted) return there.Splits;
        var (images, confused) = Loaded(spec);
        var splits = spec.Confusion is null
            ? Data.Splits.Of(spec.Data, images.HostLabels, images.TrainCount, images.Classes)
            : Data.Splits.Around(confused, spec.Data, images.HostLabels, images.TrainCount, images.Classes);
        drawn = (wanted, splits);
        return splits;
    }

    public void Dispose() => loaded?.Images.Dispose();

    private (ImageSet Images, int[] Confused) Loaded(ExperimentSpec spec)
    {
        var wanted = ExperimentSet.Labelled(spec);
        if (loaded is { } there && there.Wanted == wanted) return (there.Images, there.Confused);
        loaded?.Images.Dispose();
        loaded = null;
        var raw = shelf.Read(wanted.Data);
        var confused = spec.Confusion?.Draw(raw.Labels, raw.TrainCount, spec.Data.Seed) ?? [];
        var images = new ImageSet(spec.Confusion?.Confused(raw, confused) ?? raw, spec.Data.Classes, device);
        loaded = (wanted, images, confused);
        return (images, confused);
    }

    // Which images with which labels, or also how they are split.
    private sealed record ExperimentSet(DataSpec Data, InterclassConfusion? Confusion)
    {
        public static ExperimentSet Split(ExperimentSpec spec) => new(spec.Data, spec.Confusion);

        // Images do not depend on how they are split; any rule in range will do. The seed draws the labels that are exchanged.
        public static ExperimentSet Labelled(ExperimentSpec spec) => new(
            spec.Data with { Forget = new ForgetRule(0.5, 0), UnseenShare = 0, Seed = spec.Confusion is null ? 0 : spec.Data.Seed }, spec.Confusion);
    }
}
