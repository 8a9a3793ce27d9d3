namespace FaLW.Tests.Data;

public class CarriedSetsTests
{
    private static readonly RawImages Digits = new Digits().Read("");

    [Fact]
    public void Digits_are_all_there_in_the_documented_cut_and_normalised_by_their_own_train_part()
    {
        // Counts and the mean and deviation in Benchmark were computed with NumPy from scikit-learn's copy.
        Assert.Equal((1442, 1797), (Digits.TrainCount, Digits.Labels.Length));
        Assert.Equal([35, 36, 35, 36, 36, 36, 36, 35, 34, 36], CountsOf(Digits.Labels[1442..]));
        Assert.Equal([143, 146, 142, 147, 145, 146, 145, 144, 140, 144], CountsOf(Digits.Labels[..1442]));
        Assert.Equal([0, 0, 80, 207, 143, 16, 0, 0, 0, 0, 207, 239, 159, 239, 80, 0], Digits.Pixels[..16]);
        double[] train = [.. Digits.Pixels[..(1442 * 64)].Select(p => p / 255.0)];
        var mean = train.Average();
        Assert.Equal(Benchmark.Digits.Mean[0], mean, 3);
        Assert.Equal(Benchmark.Digits.Deviation[0], Math.Sqrt(train.Average(p => (p - mean) * (p - mean))), 3);
    }

    [Fact]
    public void Turned_digits_are_the_digits_each_turned_once_in_its_own_class()
    {
        var turned = new TurnedDigits().Read("");
        Assert.Equal((1442, 1797), (turned.TrainCount, turned.Labels.Length));
        Assert.Equal(Digits.Labels, turned.Labels.Select(label => label / 4));
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
            Assert.Equal(Enumerable.Range(0, 64).Select(i => Digits.Pixels[row * 64 + source(i)]), turned.Pixels[(row * 64)..(row * 64 + 64)]);
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

    [Theory]
    [InlineData(0.0, 0.97, 1)]
    [InlineData(0.5, 0.6, 0.9)]
    [InlineData(1.0, 0.05, 0.16)]
    public void Difficulty_lowers_what_the_nearest_class_mean_gets_right(double difficulty, double least, double most)
    {
        var images = new Synthetic(difficulty).Read("");
        var mean = new double[10, 64];
        for (var i = 0; i < images.TrainCount * 64; i++) mean[images.Labels[i / 64], i % 64] += images.Pixels[i] / 100.0;
        double Distance(int row, int label) => Enumerable.Range(0, 64).Sum(p => Math.Pow(images.Pixels[row * 64 + p] - mean[label, p], 2));
        var test = Enumerable.Range(images.TrainCount, images.Labels.Length - images.TrainCount);
        Assert.InRange(test.Average(row => Enumerable.Range(0, 10).MinBy(label => Distance(row, label)) == images.Labels[row] ? 1.0 : 0.0), least, most);
    }

    [Fact]
    public void Subsets_keep_first_classes_and_first_images_in_official_order()
    {
        var spec = new DataSpec(Benchmark.Digits, new ForgetRule(0.2, 1)) { FirstClasses = 3, TrainPerClass = 5 };
        var part = Digits.Only(spec);
        Assert.Equal(15, part.TrainCount);
        Assert.Equal([5, 5, 5], CountsOf(part.Labels[..15])[..3]);
        Assert.Equal(106, part.Labels.Length - 15);
        var third = Enumerable.Range(0, Digits.TrainCount).Where(row => Digits.Labels[row] < 3).ElementAt(2);
        Assert.Equal(Digits.Pixels.AsSpan(third * 64, 64), part.Pixels.AsSpan(2 * 64, 64));
        Assert.Same(Digits, Digits.Only(spec with { FirstClasses = 0, TrainPerClass = 0 }));
        Assert.Contains("The setting `Side` must be 0 (as they are) or 4 to 8 of Digits, but is 9", Assert.Throws<Fault>(() => (spec with { Side = 9 }).Checked()).Message, StringComparison.Ordinal);
        Assert.Contains("do not fit", Assert.Throws<Fault>(() => new RawImages(Benchmark.Digits, new byte[65], [0], 1)).Message, StringComparison.Ordinal);
    }

    /// <summary>Told another way: every pixel as 5 x 5 equal ones, of which every 8 x 8 are one again.</summary>
    [Fact]
    public void A_shrunk_image_has_the_mean_over_the_area_of_each_of_its_pixels()
    {
        var spec = new DataSpec(Benchmark.Digits, new ForgetRule(0.2, 1)) { Side = 5 };
        var shrunk = Digits.Only(spec);
        Assert.Equal((5, 5, Digits.Labels.Length * 25), (shrunk.Benchmark.Height, shrunk.Benchmark.Width, shrunk.Pixels.Length));
        foreach (var image in new[] { 0, 700, Digits.Labels.Length - 1 })
            for (var pixel = 0; pixel < 25; pixel++)
            {
                var sum = 0;
                for (var y = 8 * (pixel / 5); y < 8 * (pixel / 5) + 8; y++)
                    for (var x = 8 * (pixel % 5); x < 8 * (pixel % 5) + 8; x++)
                        sum += Digits.Pixels[image * 64 + y / 5 * 8 + x / 5];
                Assert.Equal(Math.Round(sum / 64.0, MidpointRounding.AwayFromZero), shrunk.Pixels[image * 25 + pixel]);
            }
        using var images = ImageSet.Load(spec, CPU, new DataShelf([], ""));
        Assert.Equal([(long)Digits.Labels.Length, 1, 5, 5], images.Images.shape);
    }

    private static int[] CountsOf(int[] labels) => [.. Enumerable.Range(0, 10).Select(k => labels.Count(label => label == k))];
}

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
        Assert.Equal((4, 40, 3), (images.Classes, images.TrainCount, images.HostLabels.Max()));
        Assert.Equal([images.Count, 1, 8, 8], images.Images.shape);
        Assert.Equal(images.HostLabels.Select(label => (long)label), images.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Splits_fit_the_rows_of_a_set_and_a_copy_on_a_device_outlives_the_set_it_came_from()
    {
        var images = ImageSet.Load(Spec(Benchmark.Synthetic), CPU, Empty);
        var splits = Splits.Of(Spec(Benchmark.Synthetic), images.HostLabels, images.TrainCount, images.Classes);
        Assert.Equal((180, 720, 100, 400), (splits.Forget.Count, splits.Retain.Count, splits.Unseen.Count, splits.Test.Count));
        using var copy = images.To(CPU);
        images.Dispose();
        using var scope = NewDisposeScope();
        Assert.Equal([2, 1, 8, 8], copy.Pixels(tensor(new long[] { 0, 5 }, [2])).shape);
        Assert.True(images.Images.IsInvalid);
    }

    private static DataSpec Spec(Benchmark benchmark) => new(benchmark, new ForgetRule(0.2, 1));
}

/// <summary>The toy in the plane, and its pictures.</summary>
public sealed class TwoMoonsTests
{
    [Fact]
    public void Without_noise_the_points_lie_on_two_half_circles()
    {
        var moons = new TwoMoons(40, 40, noise: 0);
        for (var row = 0; row < 80; row++)
        {
            var (label, x, y) = (row % 2, moons.X[row], moons.Y[row]);
            Assert.Equal(label, moons.Pictures.Labels[row]);
            Assert.Equal(1, label == 0 ? x * x + y * y : (x - 1) * (x - 1) + (y - 0.5) * (y - 0.5), 12);
            Assert.True(label == 0 ? y >= 0 : y <= 0.5);
        }
    }

    [Fact]
    public void The_brightest_pixel_is_where_the_point_is()
    {
        var moons = new TwoMoons(20, 2, seed: 5);
        var side = TwoMoons.Benchmark.Width;
        for (var row = 0; row < 20; row++)
        {
            var picture = moons.Pictures.Pixels.AsSpan(row * side * side, side * side).ToArray();
            var brightest = Array.IndexOf(picture, picture.Max());
            Assert.InRange(brightest % side - (((moons.X[row] - TwoMoons.CentreX) / TwoMoons.HalfWidth + 1) / 2 * side - 0.5), -0.51, 0.51);
            Assert.InRange(brightest / side - (((moons.Y[row] - TwoMoons.CentreY) / TwoMoons.HalfHeight + 1) / 2 * side - 0.5), -0.51, 0.51);
        }
    }

    [Fact]
    public void A_seed_decides_the_points_and_the_grid_needs_none()
    {
        Assert.Equal(new TwoMoons(seed: 1).X, new TwoMoons(seed: 1).X);
        Assert.NotEqual(new TwoMoons(seed: 1).X, new TwoMoons(seed: 2).X);
        Assert.Equal((15, -1.66, 2.05), (TwoMoons.Grid(5, 3).Labels.Length, Math.Round(TwoMoons.GridX(0, 5), 9), Math.Round(TwoMoons.GridY(2, 3), 9)));
    }
}

/// <summary>The generated loan decisions: the bias is where it was put, and nowhere else. Digits are held to an independent script in SoftWeightedStudyTests.</summary>
public sealed class LoanTableTests
{
    private const int Many = 4000;

    [Fact]
    public void A_seed_decides_more_applicants_leave_the_first_as_they_are_and_settings_out_of_range_are_refused()
    {
        Assert.Equal(new LoanTable().Applicants(20), [.. new LoanTable().Applicants(50).Take(20)]);
        Assert.NotEqual(new LoanTable(Seed: 1).Applicants(20), new LoanTable(Seed: 2).Applicants(20));
        Assert.Contains("from 0 to 1", Assert.Throws<Fault>(() => new LoanTable(Prejudice: 1.5).Applicants(1)).Message, StringComparison.Ordinal);
        Assert.Throws<Fault>(() => new LoanTable(IncomeGap: double.NaN).Applicants(1));
    }

    [Fact]
    public void Only_deserved_loans_of_group_0_are_refused_by_prejudice_which_changes_nobodys_income()
    {
        var deserving = new LoanTable().Applicants(Many).Where(a => a.Deserved).ToLookup(a => a.Group);
        Assert.All(deserving[1], a => Assert.True(a.Approved));
        // Four standard errors of a share of 0.25 among about 1,200.
        Assert.InRange(deserving[0].Average(a => a.Approved ? 0 : 1.0), 0.2, 0.3);
        Assert.DoesNotContain(new LoanTable().Applicants(Many), a => a.Approved && !a.Deserved);
        var (just, unjust) = (new LoanTable(Prejudice: 0).Applicants(200), new LoanTable(Prejudice: 1).Applicants(200));
        Assert.All(just.Zip(unjust), pair => Assert.Equal(pair.First with { Approved = false }, pair.Second with { Approved = false }));
        Assert.DoesNotContain(unjust, a => a.Group == 0 && a.Approved);
        Assert.All(just, a => Assert.Equal(a.Deserved, a.Approved));
    }

    [Fact]
    public void Groups_differ_by_the_gaps_and_in_nothing_else()
    {
        var groups = new LoanTable(IncomeGap: 0.3, DistrictGap: 0.7).Applicants(Many).ToLookup(a => a.Group);
        double Distance(Func<LoanApplicant, double> number) => groups[1].Average(number) - groups[0].Average(number);
        // The difference of two means over 2,000 has a standard error of 0.032.
        Assert.Equal(0.6, Distance(a => a.Income), 0.1);
        Assert.Equal(1.4, Distance(a => a.District), 0.1);
        Assert.Equal(0, Distance(a => a.Savings), 0.1);
    }
}
