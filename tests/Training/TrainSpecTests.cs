namespace FaLW.Tests.Training;

public class TrainSpecTests
{
    private static readonly TrainSpec Sound = new(Epochs: 15, BatchSize: 128, LearningRate: 0.1);

    [Fact]
    public void Defaults_are_SalUns_optimizer()
    {
        Assert.Equal((0.9, 5e-4, false), (Sound.Momentum, Sound.WeightDecay, Sound.Nesterov));
        Assert.Equal((Schedule.Constant, Augmentation.None), (Sound.Schedule, Sound.Augmentation));
        Assert.Equal((Precision.Float32, false, 0), (Sound.Precision, Sound.ChannelsLast, Sound.Milestones.Count));
        Sound.Check();
    }

    [Fact]
    public void Equal_settings_are_equal_and_survive_json()
    {
        var spec = Sound with { Schedule = Schedule.MultiStep, Milestones = [91, 136], Precision = Precision.BFloat16 };
        var json = JsonSerializer.Serialize(spec, CanonicalJson.Options);

        Assert.Equal(spec, spec with { Milestones = [91, 136] });
        Assert.Equal(spec, JsonSerializer.Deserialize<TrainSpec>(json, CanonicalJson.Options));
        Assert.Contains("\"Schedule\":\"MultiStep\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Precision\":\"BFloat16\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void One_sentence_lists_every_fault()
    {
        var spec = new TrainSpec(Epochs: -1, BatchSize: 0, LearningRate: double.NaN, Momentum: 1, WeightDecay: -1, Schedule: Schedule.MultiStep);
        var message = Assert.Throws<Fault>(spec.Check).Message;
        foreach (var word in new[] { "epochs", "batch size", "learning rate", "momentum", "weight decay", "milestones" })
            Assert.Contains(word, message, StringComparison.Ordinal);
        Assert.Throws<Fault>((Sound with { Nesterov = true, Momentum = 0 }).Check);
    }
}

public class SchedulesTests
{
    [Fact]
    public void Rates_are_those_of_Pythons_torch()
    {
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Training", "fixtures", "schedules.csv")))
        {
            var cells = line.Split(',');
            var (total, step) = (int.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture));
            var expected = double.Parse(cells[3], CultureInfo.InvariantCulture);
            var spec = Spec(Enum.Parse<Schedule>(cells[0]), epochs: cells[0] == "MultiStep" ? 10 : 1) with { Milestones = [4, 8] };

            var rate = Schedules.Rate(spec, step, total);

            Assert.True(Math.Abs(rate - expected) <= 1e-12 + (1e-9 * expected), $"{line}: we say {rate}");
        }
    }

    [Fact]
    public void One_cycle_climbs_to_the_rate_and_ends_near_zero()
    {
        var rates = Rates(Spec(Schedule.OneCycle), 1001);
        var peak = Array.IndexOf(rates, rates.Max());

        Assert.Equal(0.1 / 25, rates[0], 1e-15);
        Assert.InRange(peak, 298, 301);
        Assert.Equal(0.1, rates[peak], 1e-6);
        Assert.Equal(0.1 / 25 / 1e4, rates[^1], 1e-15);
        Assert.True(rates.Take(peak).Zip(rates.Skip(1)).All(pair => pair.First < pair.Second));
        Assert.True(rates.Skip(peak).Zip(rates.Skip(peak + 1)).All(pair => pair.First > pair.Second));
    }

    [Fact]
    public void Milestones_are_epochs_whatever_the_number_of_batches()
    {
        var spec = Spec(Schedule.MultiStep, epochs: 182) with { Milestones = [91, 136] };
        foreach (var batches in new[] { 1, 7, 352 })
        {
            Assert.Equal(0.1, Schedules.Rate(spec, (91 * batches) - 1, 182 * batches), 1e-15);
            Assert.Equal(0.01, Schedules.Rate(spec, 91 * batches, 182 * batches), 1e-15);
            Assert.Equal(0.01, Schedules.Rate(spec, (136 * batches) - 1, 182 * batches), 1e-15);
            Assert.Equal(0.001, Schedules.Rate(spec, 136 * batches, 182 * batches), 1e-15);
        }
    }

    [Fact]
    public void Every_rate_lies_between_zero_and_the_base_rate() =>
        Gen.Select(Gen.Enum<Schedule>(), Gen.Int[1, 3000]).Sample(
            (schedule, total) => Rates(Spec(schedule, epochs: 1) with { Milestones = [0] }, total).All(rate => rate is > 0 and <= 0.1 + 1e-15), iter: 100);

    private static TrainSpec Spec(Schedule schedule, int epochs = 1) => new(epochs, BatchSize: 1, LearningRate: 0.1, Schedule: schedule);

    private static double[] Rates(TrainSpec spec, int total) =>
        [.. Enumerable.Range(0, total).Select(step => Schedules.Rate(spec, step, total))];
}

public class ComputeTests
{
    [Fact]
    public void Threads_are_set_as_asked()
    {
        var before = get_num_threads();
        try
        {
            Assert.Equal(1, Compute.UseThreads(1));
            Assert.Equal(1, get_num_threads());
            Assert.InRange(Compute.PhysicalCores(), 1, Environment.ProcessorCount);
            Assert.Throws<ArgumentOutOfRangeException>(() => Compute.UseThreads(0));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Two_threads_of_one_core_count_once_and_cores_of_two_sockets_twice()
    {
        string[] listing =
        [
            "processor\t: 0", "physical id\t: 0", "core id\t\t: 0", "", "processor\t: 1", "physical id\t: 0", "core id\t\t: 0", "",
            "processor\t: 2", "physical id\t: 0", "core id\t\t: 1", "", "processor\t: 3", "physical id\t: 1", "core id\t\t: 0",
        ];
        Assert.Equal(3, Compute.Cores(listing));
        Assert.Equal(0, Compute.Cores(["model name\t: some other processor"]));
    }
}
