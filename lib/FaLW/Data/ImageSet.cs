using static TorchSharp.torch;

namespace FaLW.Data;

/// <summary>
/// An image set that lives whole on one device, train rows first, each part in official order. Every
/// subset is a list of row numbers; labels are never rewritten.
/// </summary>
public sealed class ImageSet : IDisposable
{
    private readonly Tensor scale, shift;

    /// <summary>Copies host images to a device.</summary>
    /// <param name="raw">The images.</param>
    /// <param name="classes">Classes in use, labels 0 to this - 1.</param>
    /// <param name="device">Where they shall live.</param>
    public ImageSet(RawImages raw, int classes, Device device)
        : this(raw.Benchmark, classes, raw.TrainCount, raw.Labels, device, Upload(raw, device)) { }

    private ImageSet(Benchmark benchmark, int classes, int trainCount, IReadOnlyList<int> labels, Device device, Tensor images)
    {
        (Benchmark, Classes, TrainCount, HostLabels, Device, Images) = (benchmark, classes, trainCount, labels, device, images);
        Labels = tensor([.. labels.Select(label => (long)label)], [labels.Count], dtype: int64, device: device).DetachFromDisposeScope();
        scale = PerChannel(c => 1 / (255 * benchmark.Deviation[c]));
        shift = PerChannel(c => -benchmark.Mean[c] / benchmark.Deviation[c]);
    }

    /// <summary>Which set.</summary>
    public Benchmark Benchmark { get; }

    /// <summary>Classes in use, labels 0 to this - 1.</summary>
    public int Classes { get; }

    /// <summary>The first so many rows are the train part; the rest is the test part.</summary>
    public int TrainCount { get; }

    /// <summary>Number of rows.</summary>
    public int Count => HostLabels.Count;

    /// <summary>The label of every row, on the host.</summary>
    public IReadOnlyList<int> HostLabels { get; }

    /// <summary>Where images and labels live.</summary>
    public Device Device { get; }

    /// <summary>uint8 [N, C, H, W], 0..255.</summary>
    public Tensor Images { get; }

    /// <summary>int64 [N].</summary>
    public Tensor Labels { get; }

    /// <summary>Reads the images a spec asks for and puts them on a device.</summary>
    /// <param name="spec">Benchmark, first classes, training images per class, difficulty.</param>
    /// <param name="device">Where they shall live.</param>
    /// <param name="shelf">Where the files are looked for.</param>
    /// <exception cref="Fault">The set is not found, or one of its files is not what it should be.</exception>
    public static ImageSet Load(DataSpec spec, Device device, DataShelf shelf) => new(shelf.Read(spec), spec.Classes, device);

    /// <summary>The images of some rows, ready for a network.</summary>
    /// <param name="rows">int64 [n] on <see cref="Device"/>.</param>
    /// <returns>float32 [n, C, H, W], scaled by 1/255 and normalised with the benchmark's mean and deviation.</returns>
    public Tensor Pixels(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return Normalised(Images.index_select(0, rows)).MoveToOuterDisposeScope();
    }

    /// <summary>Scales and normalises raw images; the only place where pixels become numbers.</summary>
    /// <param name="images">uint8 [n, C, H, W] on <see cref="Device"/>.</param>
    /// <returns>float32 [n, C, H, W]: (x / 255 - mean) / deviation for every channel.</returns>
    public Tensor Normalised(Tensor images) => images.to_type(ScalarType.Float32).mul_(scale).add_(shift);

    /// <summary>The way back from <see cref="Normalised"/>: what a network sees as the pixels it came from.</summary>
    /// <param name="images">float32 [n, C, H, W], normalised.</param>
    /// <returns>float32 [n, C, H, W], 0 to 255 up to rounding.</returns>
    public Tensor Raw(Tensor images)
    {
        using var scope = NewDisposeScope();
        return ((images - shift) / scale).MoveToOuterDisposeScope();
    }

    /// <summary>A copy on a device; this set stays.</summary>
    /// <param name="device">Where the copy shall live.</param>
    public ImageSet To(Device device) =>
        new(Benchmark, Classes, TrainCount, HostLabels, device, Images.to(device, copy: true).DetachFromDisposeScope());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (Tensor[])[Images, Labels, scale, shift]) part.Dispose();
    }

    private static Tensor Upload(RawImages raw, Device device)
    {
        var shape = raw.Benchmark;
        return tensor(raw.Pixels, [raw.Labels.Length, shape.Channels, shape.Height, shape.Width], device: device).DetachFromDisposeScope();
    }

    private Tensor PerChannel(Func<int, double> value)
    {
        float[] values = [.. Enumerable.Range(0, Benchmark.Channels).Select(c => (float)value(c))];
        return tensor(values, [1, values.Length, 1, 1], device: Device).DetachFromDisposeScope();
    }
}
