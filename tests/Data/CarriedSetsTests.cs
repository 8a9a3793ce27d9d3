using FaLW.Data;

namespace FaLW.Tests.Data;

public class CarriedSetsTests
{
    [Fact]
    public void Digits_are_all_there_in_the_documented_cut()
    {
        // Counts and the mean and deviation in Benchmark were computed with NumPy from scikit-learn's copy.
        var digits = new Digits().Read("");
        Assert.Equal((1442, 1797), (digits.TrainCount, digits.Labels.Length));
        Assert.Equal([35, 36, 35, 36, 36, 36, 36, 35, 34, 36], CountsOf(digits.Labels[1442..]));
        Assert.Equal([143, 146, 142, 147, 145, 146, 145, 144, 140, 144], CountsOf(digits.Labels[..1442]));
        Assert.Equal([0, 0, 80, 207, 143, 16, 0, 0, 0, 0, 207, 239, 159, 239, 80, 0], digits.Pixels[..16]);
    }

    [Fact]
    public void Digits_are_normalised_by_their_own_train_part()
    {
        var digits = new Digits().Read("");
        double[] train = [.. digits.Pixels[..(1442 * 64)].Select(p => p / 255.0)];
        var mean = train.Average();
        Assert.Equal(Benchmark.Digits.Mean[0], mean, 3);
        Assert.Equal(Benchmark.Digits.Deviation[0], Math.Sqrt(train.Average(p => (p - mean) * (p - mean))), 3);
    }

    [Fact]
    public void Turned_digits_are_the_digits_each_turned_once_in_its_own_class()
    {
        RawImages upright = new Digits().Read(""), turned = new TurnedDigits().Read("");
        Assert.Equal((1442, 1797), (turned.TrainCount, turned.Labels.Length));
        Assert.Equal(upright.Labels, turned.Labels.Select(label => label / 4));
        Assert.All(Enumerable.Range(0, 40), k => Assert.InRange(turned.Labels.AsSpan(0, 1442).Count(k), 35, 37));
        Assert.All(Enumerable.Range(0, 40), k => Assert.InRange(turned.Labels.AsSpan(1442).Count(k), 8, 10));
        for (var row = 0; row < 1797; row++)
        {
            // Clockwise: what stood in the left column, from below, becomes the first row.
            Func<int, int> source = (turned.Labels[row] % 4) switch
            {
                0 => i => i,
                1 => i => (7 - i % 8) * 8 + i / 8,
                2 => i => 63 - i,
                _ => i => i % 8 * 8 + 7 - i / 8,
            };
            Assert.Equal(Enumerable.Range(0, 64).Select(i => upright.Pixels[row * 64 + source(i)]), turned.Pixels[(row * 64)..(row * 64 + 64)]);
        }
    }

    [Fact]
    public void Synthetic_images_are_the_same_every_time_and_change_with_the_difficulty_only()
    {
        RawImages one = new Synthetic(0.5).Read(""), two = new Synthetic(0.5).Read(""), harder = new Synthetic(0.9).Read("");
        Assert.Equal(one.Pixels, two.Pixels);
        Assert.NotEqual(one.Pixels, harder.Pixels);
        Assert.Equal(one.Labels, harder.Labels);
        Assert.Equal(Enumerable.Repeat(40, 10), CountsOf(one.Labels[one.TrainCount..]));
    }

    [Fact]
    public void Difficulty_lowers_what_the_nearest_class_mean_gets_right()
    {
        double[] accuracy = [.. new[] { 0.0, 0.5, 1.0 }.Select(difficulty => NearestMeanAccuracy(new Synthetic(difficulty).Read("")))];
        Assert.True(accuracy[0] > 0.97, $"difficulty 0 gives {accuracy[0]:P1}");
        Assert.InRange(accuracy[1], 0.6, 0.9);
        Assert.InRange(accuracy[2], 0.05, 0.16);
    }

    [Fact]
    public void Subsets_keep_first_classes_and_first_images_in_official_order()
    {
        var spec = new DataSpec(Benchmark.Digits, new ForgetRule(0.2, 1)) { FirstClasses = 3, TrainPerClass = 5 };
        RawImages whole = new Digits().Read(""), part = whole.Only(spec);
        Assert.Equal(15, part.TrainCount);
        Assert.Equal([5, 5, 5], CountsOf(part.Labels[..15])[..3]);
        Assert.Equal(106, part.Labels.Length - 15);
        var third = Enumerable.Range(0, whole.TrainCount).Where(row => whole.Labels[row] < 3).ElementAt(2);
        Assert.Equal(whole.Pixels.AsSpan(third * 64, 64), part.Pixels.AsSpan(2 * 64, 64));
        Assert.Same(whole, whole.Only(spec with { FirstClasses = 0, TrainPerClass = 0 }));
    }

    [Fact]
    public void Pixels_and_labels_that_do_not_fit_are_a_sentence() =>
        Assert.Contains("do not fit", Assert.Throws<Fault>(() => new RawImages(Benchmark.Digits, new byte[65], [0], 1)).Message, StringComparison.Ordinal);

    private static int[] CountsOf(int[] labels) => [.. Enumerable.Range(0, 10).Select(k => labels.Count(label => label == k))];

    private static double NearestMeanAccuracy(RawImages images)
    {
        var mean = new double[10, 64];
        for (var i = 0; i < images.TrainCount * 64; i++) mean[images.Labels[i / 64], i % 64] += images.Pixels[i] / 100.0;
        double Distance(int row, int label) => Enumerable.Range(0, 64).Sum(p => Math.Pow(images.Pixels[row * 64 + p] - mean[label, p], 2));
        var test = Enumerable.Range(images.TrainCount, images.Labels.Length - images.TrainCount).ToList();
        return test.Average(row => Enumerable.Range(0, 10).MinBy(label => Distance(row, label)) == images.Labels[row] ? 1.0 : 0.0);
    }
}
