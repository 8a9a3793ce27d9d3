using FaLW.Cli;

namespace FaLW.Tests.Cli;

/// <summary>What the command says of image sets and of the machine.</summary>
public sealed class DataAndDoctor : InFolder
{
    [Fact]
    public async Task The_list_names_every_set_and_where_it_was_looked_for()
    {
        var (code, output, _) = await Typed.Run("data list");
        Assert.Equal(0, code);
        Assert.All(["CIFAR-10", "CIFAR-100", "Fashion-MNIST", "Tiny-ImageNet", "Digits", "Adult", "German Credit"], name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.Contains("travels with the kit", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digits_are_whole()
    {
        var (code, output, error) = await Typed.Run("data verify digits");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("ok", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void A_truncated_file_is_named_with_what_was_expected(int length)
    {
        Directory.CreateDirectory(home["data/cifar-100"]);
        foreach (var name in new[] { "train.bin.med.br", "test.bin.med.br" })
            File.WriteAllBytes(home[$"data/cifar-100/{name}"], new byte[length]);
        foreach (var arguments in new[] { "data verify CIFAR-100", "run main --scale small --data CIFAR-100" })
        {
            var (code, _, said) = Falw.Run(home, ["env", $"FALW_DATA={home["data"]}"], arguments.Split(' '));
            Assert.Equal(1, code);
            Assert.Contains("train.bin.med.br", said.First(line => line.Contains(".br", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.DoesNotContain(said, line => line.Contains("   at ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_job_says_what_it_fetches_and_goes_on_when_the_network_or_the_file_fails()
    {
        using var site = new Data.Site([1, 2, 3]);
        foreach (var (name, address, fault) in new[] { ("cut", site.Address, "www.cs.toronto.edu broke after 3 of"), ("far", "http://127.0.0.1:1/", "www.cs.toronto.edu cannot be reached") })
        {
            var place = home[name];
            using var client = new HttpClient(new Data.Elsewhere(address));
            using var said = new StringWriter();
            await Fetching.Missing(
                [Benchmark.Cifar100, Benchmark.TurnedDigits, Benchmark.Cifar100], new DataShelf([place], place, client),
                new Terminal(TextWriter.Null, said, IsLive: false), TestContext.Current.CancellationToken);
            Assert.Contains($"CIFAR-100 is not on this machine. It is fetched from www.cs.toronto.edu into {place}: 169 MB (161 MiB), about 2 min", said.ToString(), StringComparison.Ordinal);
            Assert.Contains(fault, said.ToString(), StringComparison.Ordinal);
            Assert.EndsWith($"The job goes on without CIFAR-100.{Environment.NewLine}", said.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(home[""], "*.gz", SearchOption.AllDirectories));
        Assert.Single(site.Asked);
    }

    [Fact]
    public Task What_travels_with_the_kit_need_not_be_fetched() => Typed.Refused("data fetch digits", 1, "nothing to fetch");

    [Fact]
    public async Task The_doctor_finds_libtorch_and_says_that_the_main_job_can_run()
    {
        var (code, output, error) = await Typed.Run("doctor");
        Assert.True(code == 0, error);
        Assert.All(["engine ", "TorchSharp 0.", "libtorch 2.", "C++ library", "processor", "threads", "bfloat16", "GPU", "CIFAR-100", "notebook kernel", "cache"], name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.Contains("The main job can run", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_refuses_a_cache_that_cannot_be_written_and_says_what_to_do()
    {
        File.WriteAllText(home["cache"], "not a folder");
        var (code, output, said) = Falw.Run(home, [], "doctor");
        Assert.Equal(1, code);
        Assert.Contains("Set FALW_CACHE to a folder you can write.", output, StringComparison.Ordinal);
        Assert.Contains("The main job cannot run here yet", said[^1], StringComparison.Ordinal);
    }
}
