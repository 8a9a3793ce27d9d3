using FaLW.Data;
using TorchSharp;

namespace FaLW.Experiments;

/// <summary>
/// The images and the splits of the experiment at hand, loaded when first needed and only then: a job whose stages are all
/// kept reads no image. Experiments on the same images share them.
/// </summary>
internal sealed class Sets(DataShelf shelf, torch.Device device) : IDisposable
{
    private (DataSpec Spec, ImageSet Images)? loaded;
    private (DataSpec Spec, Splits Splits)? drawn;

    public ImageSet Images(DataSpec spec)
    {
        var plain = Plain(spec);
        if (loaded is { } there && there.Spec == plain) return there.Images;
        loaded?.Images.Dispose();
        loaded = null;
        var images = ImageSet.Load(plain, device, shelf);
        loaded = (plain, images);
        return images;
    }

    public Splits Splits(DataSpec spec)
    {
        if (drawn is { } there && there.Spec == spec) return there.Splits;
        var images = Images(spec);
        var splits = Data.Splits.Of(spec, images.HostLabels, images.TrainCount, images.Classes);
        drawn = (spec, splits);
        return splits;
    }

    public void Dispose() => loaded?.Images.Dispose();

    // Images do not depend on how they are split; any rule in range will do.
    private static DataSpec Plain(DataSpec spec) => spec with { Forget = new ForgetRule(0.5, 0), UnseenShare = 0, Seed = 0 };
}
