namespace FaLW.Tests.Experiments;

public sealed class MachineTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData("CPU")]
    public void The_processor_is_always_there(string name) => Assert.Equal("cpu", Machine.NameOf(Machine.DeviceNamed(name)));

    [Fact]
    public void Auto_takes_a_GPU_where_there_is_one() =>
        Assert.Equal(cuda.is_available() ? "cuda" : "cpu", Machine.NameOf(Machine.DeviceNamed("auto")));

    [Fact]
    public void Another_name_is_a_sentence() =>
        Assert.Contains("auto, cpu and cuda", Assert.Throws<Fault>(() => Machine.DeviceNamed("tpu")).Message, StringComparison.Ordinal);

    /// <summary>A name alone ("AMD EPYC") is many processors to a virtual machine, and their trainings differ by points.</summary>
    [Fact]
    public void A_processor_is_known_by_family_and_model_where_Linux_tells()
    {
        string[] lines = File.Exists("/proc/cpuinfo") ? File.ReadAllLines("/proc/cpuinfo") : [];
        Assert.SkipWhen(!lines.Any(line => line.StartsWith("cpu family", StringComparison.Ordinal)), "The system does not tell.");
        foreach (var name in new[] { "cpu family\t", "model\t" })
            Assert.Contains(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(": ")[1], Machine.ProcessorName(), StringComparison.Ordinal);
    }

    [Fact]
    public void Provenance_names_the_kit_libtorch_and_the_hour()
    {
        var provenance = Machine.Provenance(CPU, "hash");
        Assert.StartsWith("0.", provenance.Kit, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+", provenance.Libtorch);
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$", provenance.When);
        Assert.Equal(("cpu", "hash"), (provenance.Device, provenance.SplitsHash));
        Assert.True(provenance.Threads >= 1);
    }

    [Fact]
    public void How_a_processor_rounds_is_twelve_digits_that_stay_whatever_a_notebook_has_set()
    {
        var rounded = Machine.Rounding();
        Assert.Matches("^[0-9a-f]{12}$", rounded);
        var type = get_default_dtype();
        try
        {
            set_default_dtype(float64);
            using var untaped = no_grad();
            Assert.Equal(rounded, Machine.Rounding());
        }
        finally
        {
            set_default_dtype(type);
        }
    }
}
