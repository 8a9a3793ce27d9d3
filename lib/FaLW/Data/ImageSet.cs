using static TorchSharp.torch;

namespace FaLW.Data;

/// <summary>An image set on the host, as its files give it: the train part first, each part in official order.</summary>
public sealed class RawImages
{
    internal RawImages(Benchmark benchmark, byte[] pixels, int[] labels, int trainCount)
    {
        if (pixels.LongLength != (long)labels.Length * benchmark.Pixels || trainCount < 0 || trainCount > labels.Length)
            throw new Fault(Invariant(
                $"{labels.Length} labels, {trainCount} of them to train on, do not fit {pixels.LongLength} pixel bytes of {benchmark.Name} at {benchmark.Pixels} an image."));
        if (Array.FindIndex(labels, label => label < 0 || label >= benchmark.Classes) is var odd and >= 0)
            throw new Fault(Invariant(
                $"Image {odd} of {benchmark.Name} has label {labels[odd]}, but labels go from 0 to {benchmark.Classes - 1}: the file is corrupt or not this set; fetch it again."));
        (Benchmark, Pixels, Labels, TrainCount) = (benchmark, pixels, labels, trainCount);
    }

    internal Benchmark Benchmark { get; }

    // One image after the other, each channel by channel, row by row.
    internal byte[] Pixels { get; }

    internal int[] Labels { get; }

    internal int TrainCount { get; }

    /// <summary>
    /// The images a spec asks for: its first classes, and of each the first training images, shrunk to its side. Official
    /// order is kept; labels need no renumbering since the first classes are 0 to k - 1.
    /// </summary>
    internal RawImages Only(DataSpec spec) => Chosen(spec).Shrunk(spec);

    // Weights are whole numbers, overlaps in parts of a pixel, so that every machine rounds alike.
    private RawImages Shrunk(DataSpec spec)
    {
        var (from, to) = (Benchmark, spec.Form);
        if (from == to) return this;
        var pixels = new byte[Labels.Length * to.Pixels];
        var (rows, columns) = (Overlaps(from.Height, to.Height), Overlaps(from.Width, to.Width));
        Parallel.For(0, Labels.Length * from.Channels, plane =>
        {
            ReadOnlySpan<byte> old = Pixels.AsSpan(plane * from.Height * from.Width);
            var made = pixels.AsSpan(plane * to.Height * to.Width);
            for (var pixel = 0; pixel < to.Height * to.Width; pixel++)
            {
                var sum = 0;
                foreach (var (y, high) in rows[pixel / to.Width])
                    foreach (var (x, wide) in columns[pixel % to.Width])
                        sum += high * wide * old[y * from.Width + x];
                made[pixel] = (byte)((2 * sum + from.Height * from.Width) / (2 * from.Height * from.Width));
            }
        });
        return new RawImages(to, pixels, Labels, TrainCount);
    }

    // Of every new pixel the old ones under it, and how far they lie in it; an old one is as wide as there are new ones.
    private static (int Old, int Part)[][] Overlaps(int from, int to) =>
    [
        .. Enumerable.Range(0, to).Select(pixel => Enumerable.Range(0, from)
            .Select(old => (old, Math.Min((old + 1) * to, (pixel + 1) * from) - Math.Max(old * to, pixel * from))).Where(overlap => overlap.Item2 > 0).ToArray()),
    ];

    private RawImages Chosen(DataSpec spec)
    {
        if (spec.Classes == Benchmark.Classes && spec.TrainPerClass == 0) return this;
        var taken = new int[Benchmark.Classes];
        var most = spec.TrainPerClass == 0 ? int.MaxValue : spec.TrainPerClass;
        int[] rows = [.. Enumerable.Range(0, Labels.Length)
            .Where(row => Labels[row] < spec.Classes && (row >= TrainCount || taken[Labels[row]]++ < most))];
        var pixels = new byte[rows.Length * Benchmark.Pixels];
        for (var i = 0; i < rows.Length; i++)
            Pixels.AsSpan(rows[i] * Benchmark.Pixels, Benchmark.Pixels).CopyTo(pixels.AsSpan(i * Benchmark.Pixels));
        return new RawImages(Benchmark, pixels, [.. rows.Select(row => Labels[row])], rows.Count(row => row < TrainCount));
    }
}

/// <summary>
/// An image set that lives whole on one device, train rows first, each part in official order. Every
/// subset is a list of row numbers; labels are never rewritten.
/// </summary>
public sealed class ImageSet : IDisposable
{
    private readonly Tensor scale, shift;

    internal ImageSet(RawImages raw, int classes, Device device) : this(
        raw.Benchmark, classes, raw.TrainCount, raw.Labels, device,
        tensor(raw.Pixels, [raw.Labels.Length, raw.Benchmark.Channels, raw.Benchmark.Height, raw.Benchmark.Width], device: device).DetachFromDisposeScope())
    {
    }

    private ImageSet(Benchmark benchmark, int classes, int trainCount, IReadOnlyList<int> labels, Device device, Tensor images)
    {
        (Benchmark, Classes, TrainCount, HostLabels, Device, Images) = (benchmark, classes, trainCount, labels, device, images);
        Labels = tensor([.. labels.Select(label => (long)label)], [labels.Count], dtype: int64, device: device).DetachFromDisposeScope();
        scale = PerChannel(benchmark.Deviation.Select(deviation => (float)(1 / (255 * deviation))));
        shift = PerChannel(benchmark.Mean.Zip(benchmark.Deviation, (mean, deviation) => (float)(-mean / deviation)));
    }

    /// <summary>A table as if each person were an image of one row of float32 features, which are given as they are: no pixel, no scale.</summary>
    internal static ImageSet Of(string name, Tensor features, IReadOnlyList<int> labels, int trainCount) => new(
        new Benchmark(name, 2, 1, 1, (int)features.shape[1], [0], [1 / 255.0]), 2, trainCount, labels, features.device,
        features.to_type(float32, copy: true).view(features.shape[0], 1, 1, features.shape[1]).DetachFromDisposeScope());

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

    /// <summary>uint8 [N, C, H, W], 0..255; float32 of a table.</summary>
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
    /// <returns>float32 [n, C, H, W], scaled by 1/255 and normalised with the benchmark's mean and deviation, in the caller's dispose scope.</returns>
    public Tensor Pixels(Tensor rows) => Normalised(Images.index_select(0, rows));

    /// <summary>Raw images, uint8 [n, C, H, W], as float32: (x / 255 - mean) / deviation; the only place where pixels become numbers.</summary>
    internal Tensor Normalised(Tensor images) => images.to_type(ScalarType.Float32).mul_(scale).add_(shift);

    /// <summary>The way back from <see cref="Normalised"/>: float32, 0 to 255 up to rounding.</summary>
    internal Tensor Raw(Tensor images) => (images - shift) / scale;

    internal ImageSet To(Device device) =>
        new(Benchmark, Classes, TrainCount, HostLabels, device, Images.to(device, copy: true).DetachFromDisposeScope());

    /// <inheritdoc/>
    public void Dispose() => Owned.Release(Images, Labels, scale, shift);

    private Tensor PerChannel(IEnumerable<float> values) => tensor([.. values], [1, Benchmark.Channels, 1, 1], device: Device).DetachFromDisposeScope();
}
