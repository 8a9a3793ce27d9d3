using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Tests.Training;

public class ComputeTests
{
    [Fact]
    public void Threads_are_set_as_asked_and_to_the_physical_cores_otherwise()
    {
        var before = get_num_threads();
        try
        {
            Assert.Equal(1, Compute.UseThreads(1));
            Assert.Equal(1, get_num_threads());
            Assert.Equal(Compute.PhysicalCores(), Compute.UseThreads());
            Assert.Equal(Compute.PhysicalCores(), get_num_threads());
            Assert.InRange(Compute.PhysicalCores(), 1, Environment.ProcessorCount);
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

    [Fact]
    public void No_thread_at_all_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Compute.UseThreads(0));
}
