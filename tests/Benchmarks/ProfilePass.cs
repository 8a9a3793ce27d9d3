namespace FaLW.Benchmarks;

/// <summary>
/// Processor milliseconds an image of the pass that renews FaLW's profile, by rows in one forward pass. Time of the processor, not of the
/// clock: it is what a busy neighbour falsifies least.
/// </summary>
internal static class ProfilePass
{
    private const int Images = 1_000;

    public static void Print(int rounds)
    {
        using var images = ImageSet.Load(SmallStudy.Data, CPU, DataShelf.Default());
        var shape = images.Benchmark;
        using var model = SmallStudy.Spec.Network.Create(shape.Channels, shape.Height, shape.Width, images.Classes, 0, CPU);
        model.ChannelsLast = true;
        using var rows = arange(Images, dtype: int64);
        int[] sizes = [16, 32, 64, 128, 512];
        var found = sizes.ToDictionary(size => size, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
            foreach (var turn in Enumerable.Range(round, sizes.Length))
                found[sizes[turn % sizes.Length]].Add(Milliseconds(model, images, rows, sizes[turn % sizes.Length]));
        Console.WriteLine("The profile of 1,000 images: processor milliseconds an image, every round\n\n| rows in a pass | median | all |\n|---|---|---|");
        foreach (var (size, values) in found)
            Console.WriteLine(FormattableString.Invariant($"| {size} | {values.Order().ElementAt(rounds / 2):F2} | {string.Join(", ", values.Select(v => v.ToString("F2", CultureInfo.InvariantCulture)))} |"));
    }

    private static double Milliseconds(Classifier model, ImageSet images, Tensor rows, int size)
    {
        var before = Environment.CpuUsage.TotalTime;
        Predictions.TrueClassProbability(model, images, rows, size).Dispose();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Images;
    }
}
