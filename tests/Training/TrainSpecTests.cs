using System.Text.Json;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;

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
        var json = JsonSerializer.Serialize(spec);

        Assert.Equal(spec, spec with { Milestones = [91, 136] });
        Assert.Equal(spec, JsonSerializer.Deserialize<TrainSpec>(json));
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
    }

    [Fact]
    public void Nesterov_needs_a_momentum() =>
        Assert.Throws<Fault>((Sound with { Nesterov = true, Momentum = 0 }).Check);
}
