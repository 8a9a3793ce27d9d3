using FaLW.Data;

namespace FaLW.Tests.Data;

public sealed class DataShelfTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("falw-shelf-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_chosen_folder_comes_before_the_shared_one_and_that_before_the_own_one()
    {
        var repository = Directory.CreateDirectory(Path.Combine(root, "repository")).FullName;
        string chosen = Path.Combine(root, "chosen"), shared = Path.Combine(root, "shared", "data"), own = Path.Combine(repository, "data");
        WithVariable(null, () => Assert.Equal([shared, own], DataShelf.Default(repository).Folders));
        WithVariable(chosen, () =>
        {
            var shelf = DataShelf.Default(repository);
            Assert.Equal([chosen, shared, own], shelf.Folders);
            Assert.Equal(chosen, shelf.FetchInto);
            foreach (var folder in (string[])[own, shared, chosen])
            {
                foreach (var file in ImageForms.Of(Benchmark.Mnist)[0].Files) Put(Path.Combine(folder, "mnist", file.Name));
                Assert.Equal(Path.Combine(folder, "mnist"), shelf.Find(Benchmark.Mnist)!.Folder);
            }
        });
    }

    [Fact]
    public void A_set_is_found_only_when_all_its_files_are_there()
    {
        Put(Path.Combine(root, "cifar-100", "train.bin"));
        var shelf = new DataShelf([root], root);
        Assert.Null(shelf.Find(Benchmark.Cifar100));
        Assert.Contains($"{Path.Combine(root, "cifar-100")} lacks test.bin.", Assert.Throws<Fault>(() => shelf.Read(Spec(Benchmark.Cifar100))).Message, StringComparison.Ordinal);
        Put(Path.Combine(root, "cifar-100", "test.bin"));
        Assert.Equal("official binary files", shelf.Find(Benchmark.Cifar100)!.Form.Title);
        Put(Path.Combine(root, "cifar-10-binary.tar.gz"));
        Assert.Equal("official archive", shelf.Find(Benchmark.Cifar10)!.Form.Title);
    }

    [Fact]
    public void A_missing_set_is_a_sentence_with_the_folders_and_the_command()
    {
        var missing = Path.Combine(root, "missing");
        var message = Assert.Throws<Fault>(() => new DataShelf([root, missing], root).Read(Spec(Benchmark.Cifar10))).Message;
        Assert.Contains($"CIFAR-10 was not found; looked in {root}, {missing} (not there)", message, StringComparison.Ordinal);
        Assert.Contains("falw data fetch CIFAR-10", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_files_are_refused_before_anything_is_read()
    {
        Put(Path.Combine(root, "cifar-100-binary.tar.gz"));
        var shelf = new DataShelf([root], root);
        Assert.Contains("has 0 bytes but the published file has 168,513,733", Assert.Throws<Fault>(() => shelf.Read(Spec(Benchmark.Cifar100))).Message, StringComparison.Ordinal);
        var check = Assert.Single(shelf.Verify(Benchmark.Cifar100));
        Assert.False(check.Holds);
        Assert.Contains("0 bytes", check.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Digits")]
    [InlineData("Synthetic")]
    public async Task Carried_sets_are_always_found_whole_and_never_fetched(string name)
    {
        var (shelf, benchmark) = (new DataShelf([], root), Benchmark.Named(name));
        Assert.True(Assert.Single(shelf.Verify(benchmark)).Holds);
        Assert.Equal(benchmark.Pixels * shelf.Read(Spec(benchmark)).Labels.Length, shelf.Read(Spec(benchmark)).Pixels.Length);
        var fault = await Assert.ThrowsAsync<Fault>(() => shelf.Fetch(benchmark, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("nothing to fetch", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetching_asks_the_official_site_and_keeps_nothing_that_is_not_the_official_file()
    {
        using var site = new Site([1, 2, 3]);
        using var client = new HttpClient(new Reroute(site.Address));
        var fault = await Assert.ThrowsAsync<Fault>(() => new DataShelf([root], root, client).Fetch(Benchmark.Mnist, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("ossci-datasets.s3.amazonaws.com", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(root, "*.gz", SearchOption.AllDirectories));
    }

    [Fact]
    public void Every_set_is_readable_and_every_official_set_can_be_fetched()
    {
        foreach (var benchmark in Benchmark.All) Assert.All(ImageForms.Of(benchmark), form => Assert.Equal(benchmark, form.Benchmark));
        Assert.All((Benchmark[])[Benchmark.Cifar10, Benchmark.Cifar100, Benchmark.FashionMnist, Benchmark.Mnist, Benchmark.TinyImageNet], benchmark =>
            Assert.Contains(ImageForms.Of(benchmark), form => form.Files.Count > 0 && form.Files.All(f => f is { Url: not null, Digest: not null, Size: > 0 })));
    }

    private static DataSpec Spec(Benchmark benchmark) => new(benchmark, new ForgetRule(0.2, 1));

    private static void Put(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
    }

    private static void WithVariable(string? value, Action check)
    {
        var before = Environment.GetEnvironmentVariable(DataShelf.Variable);
        Environment.SetEnvironmentVariable(DataShelf.Variable, value);
        try
        {
            check();
        }
        finally
        {
            Environment.SetEnvironmentVariable(DataShelf.Variable, before);
        }
    }

    private sealed class Reroute(string address) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
