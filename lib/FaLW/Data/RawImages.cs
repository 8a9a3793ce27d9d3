namespace FaLW.Data;

/// <summary>An image set on the host, as its files give it: the train part first, each part in official order.</summary>
public sealed class RawImages
{
    /// <summary>Takes pixels and labels that belong together and checks that they fit.</summary>
    /// <param name="benchmark">Which set; its shape gives the bytes of one image.</param>
    /// <param name="pixels">All images, one after the other, each channel by channel, row by row; 0..255.</param>
    /// <param name="labels">The label of every image.</param>
    /// <param name="trainCount">The first so many images are the train part.</param>
    /// <exception cref="Fault">Counts do not fit, or a label lies outside the classes.</exception>
    public RawImages(Benchmark benchmark, byte[] pixels, int[] labels, int trainCount)
    {
        if (pixels.LongLength != (long)labels.Length * benchmark.Pixels || trainCount < 0 || trainCount > labels.Length)
            throw new Fault(FormattableString.Invariant(
                $"{labels.Length} labels, {trainCount} of them to train on, do not fit {pixels.LongLength} pixel bytes of {benchmark.Name} at {benchmark.Pixels} an image."));
        if (Array.FindIndex(labels, label => label < 0 || label >= benchmark.Classes) is var odd and >= 0)
            throw new Fault(FormattableString.Invariant(
                $"Image {odd} of {benchmark.Name} has label {labels[odd]}, but labels go from 0 to {benchmark.Classes - 1}: the file is corrupt or not this set; fetch it again."));
        (Benchmark, Pixels, Labels, TrainCount) = (benchmark, pixels, labels, trainCount);
    }

    /// <summary>Which set.</summary>
    public Benchmark Benchmark { get; }

    /// <summary>All images, channel by channel, row by row.</summary>
    public byte[] Pixels { get; }

    /// <summary>The label of every image.</summary>
    public int[] Labels { get; }

    /// <summary>The first so many images are the train part.</summary>
    public int TrainCount { get; }

    /// <summary>
    /// The images a spec asks for: its first classes, and of each the first training images. Official
    /// order is kept; labels need no renumbering since the first classes are 0 to k - 1.
    /// </summary>
    /// <param name="spec">Only <see cref="DataSpec.FirstClasses"/> and <see cref="DataSpec.TrainPerClass"/> are looked at.</param>
    public RawImages Only(DataSpec spec)
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
