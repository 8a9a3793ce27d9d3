using FaLW.Data;
using static TorchSharp.torch;

namespace FaLW.Tests.Data;

public class ImageSetTests
{
    private static readonly DataShelf Empty = new([], "");

    [Fact]
    public void Pixels_are_scaled_once_and_normalised_per_channel()
    {
        var benchmark = Benchmark.Cifar10 with { Name = "two by one", Height = 1, Width = 2 };
        using var images = new ImageSet(new RawImages(benchmark, [0, 255, 51, 102, 255, 0], [3], 1), 10, CPU);
        using var scope = NewDisposeScope();
        var pixels = images.Pixels(tensor(new long[] { 0 }, [1])).data<float>().ToArray();
        double[] expected = [(0 - 0.4914) / 0.2470, (1 - 0.4914) / 0.2470, (0.2 - 0.4822) / 0.2435, (0.4 - 0.4822) / 0.2435, (1 - 0.4465) / 0.2616, (0 - 0.4465) / 0.2616];
        Assert.All(pixels.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 5));
    }

    [Fact]
    public void A_subset_has_labels_from_zero_and_rows_in_official_order()
    {
        using var images = ImageSet.Load(Spec(Benchmark.Digits) with { FirstClasses = 4, TrainPerClass = 10 }, CPU, Empty);
        Assert.Equal((4, 40), (images.Classes, images.TrainCount));
        Assert.Equal([images.Count, 1, 8, 8], images.Images.shape);
        Assert.Equal(images.HostLabels.Select(label => (long)label), images.Labels.data<long>().ToArray());
        Assert.Equal(3, images.HostLabels.Max());
    }

    [Fact]
    public void A_copy_on_a_device_outlives_the_set_it_came_from()
    {
        var images = ImageSet.Load(Spec(Benchmark.Synthetic), CPU, Empty);
        using var copy = images.To(CPU);
        images.Dispose();
        using var scope = NewDisposeScope();
        Assert.Equal([2, 1, 8, 8], copy.Pixels(tensor(new long[] { 0, 5 }, [2])).shape);
        Assert.True(images.Images.IsInvalid);
    }

    [Fact]
    public void Splits_of_a_loaded_set_fit_its_rows()
    {
        using var images = ImageSet.Load(Spec(Benchmark.Synthetic), CPU, Empty);
        var splits = Splits.Of(Spec(Benchmark.Synthetic), images.HostLabels, images.TrainCount, images.Classes);
        Assert.Equal((180, 720, 100, 400), (splits.Forget.Count, splits.Retain.Count, splits.Unseen.Count, splits.Test.Count));
    }

    private static DataSpec Spec(Benchmark benchmark) => new(benchmark, new ForgetRule(0.2, 1));
}
