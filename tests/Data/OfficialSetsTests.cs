using FaLW.Data;

namespace FaLW.Tests.Data;

/// <summary>The real files, where they are at hand. What is read is compared with the published digests while reading.</summary>
public class OfficialSetsTests
{
    private static readonly DataShelf Shelf = DataShelf.Default();

    [Fact]
    public void Cifar100_reads_with_its_published_checksum_counts_and_mean()
    {
        var images = Read(Benchmark.Cifar100);
        Assert.Equal((50_000, 60_000), (images.TrainCount, images.Labels.Length));
        Assert.All(Enumerable.Range(0, 100), k => Assert.Equal(500, images.Labels.AsSpan(0, 50_000).Count(k)));
        Assert.All(Enumerable.Range(0, 100), k => Assert.Equal(100, images.Labels.AsSpan(50_000).Count(k)));
        AssertMean(images);
    }

    [Fact]
    public void Cifar10_reads_with_its_published_checksums_counts_and_mean()
    {
        var images = Read(Benchmark.Cifar10);
        Assert.Equal((50_000, 60_000), (images.TrainCount, images.Labels.Length));
        Assert.All(Enumerable.Range(0, 10), k => Assert.Equal((5_000, 1_000), (images.Labels.AsSpan(0, 50_000).Count(k), images.Labels.AsSpan(50_000).Count(k))));
        AssertMean(images);

        // A frog whose first red pixels are 59, 43, 50, widely quoted.
        Assert.Equal(6, images.Labels[0]);
        Assert.Equal([59, 43, 50], images.Pixels[..3]);
    }

    [Fact]
    public void FashionMnist_reads_with_its_published_checksums_and_counts()
    {
        var images = Read(Benchmark.FashionMnist);
        Assert.Equal((60_000, 70_000), (images.TrainCount, images.Labels.Length));
        Assert.All(Enumerable.Range(0, 10), k => Assert.Equal(6_000, images.Labels.AsSpan(0, 60_000).Count(k)));
        Assert.Equal([9, 0, 0, 3], images.Labels[..4]);
    }

    [Fact]
    public void The_sample_of_Cifar10_has_the_known_class_counts()
    {
        var images = Read(Benchmark.Cifar10Sample);
        Assert.Equal([396, 366, 420, 384, 422, 393, 414, 385, 407, 413], Enumerable.Range(0, 10).Select(k => images.Labels.Count(l => l == k)));

        // The first pixels of the first image of data_batch_1 (a frog) are widely quoted: red 59, 43, 50.
        Assert.Equal(6, images.Labels[0]);
        Assert.Equal([59, 43, 50], images.Pixels[..3]);
    }

    [Fact]
    public void Stored_files_hold_their_published_sizes_and_checksums()
    {
        Assert.SkipUnless(Shelf.Find(Benchmark.FashionMnist) is not null, "Fashion-MNIST is not on this machine.");
        Assert.All(Shelf.Verify(Benchmark.FashionMnist), check => Assert.True(check.Holds, check.Finding));
    }

    private static void AssertMean(RawImages images)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            long sum = 0;
            for (var row = 0; row < images.TrainCount; row++)
                foreach (var pixel in images.Pixels.AsSpan(row * 3072 + channel * 1024, 1024)) sum += pixel;
            Assert.Equal(images.Benchmark.Mean[channel], sum / (255.0 * images.TrainCount * 1024), tolerance: 1e-3);
        }
    }

    private static RawImages Read(Benchmark benchmark)
    {
        Assert.SkipUnless(Shelf.Find(benchmark) is not null, $"{benchmark.Name} is not on this machine.");
        return Shelf.Read(new DataSpec(benchmark, new ForgetRule(0.2, 1)));
    }
}
