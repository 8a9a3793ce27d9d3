namespace FaLW.Tests.Data;

public sealed class DataShelfTests : InFolder
{
    private static readonly string[] Idx = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private DataShelf Shelf => new([home.Path], home.Path);

    [Fact]
    public void The_chosen_folder_comes_before_the_shared_one_and_that_before_the_own_one()
    {
        var repository = Directory.CreateDirectory(home["repository"]).FullName;
        string chosen = home["chosen"], shared = Path.Combine(home.Path, "shared", "data"), own = Path.Combine(repository, "data");
        var before = Environment.GetEnvironmentVariable(DataShelf.Variable);
        try
        {
            Environment.SetEnvironmentVariable(DataShelf.Variable, null);
            Assert.Equal([shared, own], DataShelf.Default(repository).Folders);
            Environment.SetEnvironmentVariable(DataShelf.Variable, chosen);
            var shelf = DataShelf.Default(repository);
            Assert.Equal([chosen, shared, own], shelf.Folders);
            Assert.Equal(chosen, shelf.FetchInto);
            foreach (var folder in (string[])[own, shared, chosen])
            {
                foreach (var file in ImageForms.Of(Benchmark.Mnist)[0].Files) Put(folder, "mnist", file.Name);
                Assert.Equal(Path.Combine(folder, "mnist"), shelf.Find(Benchmark.Mnist)!.Folder);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(DataShelf.Variable, before);
        }
    }

    [Fact]
    public void A_set_is_found_only_when_all_its_files_are_there()
    {
        Put("cifar-100", "train.bin");
        Assert.Null(Shelf.Find(Benchmark.Cifar100));
        Assert.Contains($"{home["cifar-100"]} lacks test.bin.", Refusal(Benchmark.Cifar100), StringComparison.Ordinal);
        Put("cifar-100", "test.bin");
        Assert.Equal("official binary files", Shelf.Find(Benchmark.Cifar100)!.Form.Title);
        Put("cifar-10-binary.tar.gz");
        Assert.Equal("official archive", Shelf.Find(Benchmark.Cifar10)!.Form.Title);
    }

    [Theory]
    [InlineData("MNIST", "MNIST/raw", "-")]
    [InlineData("Fashion-MNIST", "FashionMNIST/raw", "-")]
    [InlineData("MNIST", "mnist", ".")]
    [InlineData("MNIST", "", "-")]
    [InlineData("MNIST", "sets/mnist/raw", ".")]
    [InlineData("CIFAR-10", "", "")]
    [InlineData("CIFAR-10", "cifar-10-batches-bin/cifar-10-batches-bin", "")]
    [InlineData("CIFAR-10", "cifar-10-binary/cifar-10-batches-bin", "")]
    [InlineData("CIFAR-10", "downloads/cifar-10-batches-bin", "")]
    public void Files_are_found_as_others_lay_them_in_their_own_folder_and_one_folder_too_deep(string name, string place, string mark)
    {
        foreach (var file in mark.Length > 0 ? Idx : CifarLayout.Cifar10.Parts.Select(part => part.Name)) Put(place, file.Replace("-idx", $"{mark}idx", StringComparison.Ordinal));
        Assert.Equal(Path.GetFullPath(home[place]), Path.GetFullPath(Shelf.Find(Benchmark.Named(name))!.Folder));
        Assert.Null(Shelf.Find(Benchmark.Cifar100));
    }

    [Fact]
    public void The_chosen_folder_may_be_the_set_s_own_and_a_file_may_lie_in_a_folder_of_its_name()
    {
        foreach (var file in Idx) Put("MNIST/raw", file);
        DataShelf own = new([home["MNIST"]], home.Path);
        Assert.Equal(Path.Combine(home.Path, "MNIST", "raw"), own.Find(Benchmark.Mnist)!.Folder);
        Assert.Null(own.Find(Benchmark.FashionMnist));
        Directory.Delete(home["MNIST"], recursive: true);
        foreach (var file in Idx) Put($"mnist/{file}", file);
        Assert.Equal(home["mnist"], Shelf.Find(Benchmark.Mnist)!.Folder);
        Assert.Contains(Path.Combine(Idx.First(), Idx.First()), Assert.Throws<Fault>(() => Shelf.Read(new DataSpec(Benchmark.Mnist, new ForgetRule(0.2, 1)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_not_taken_for_another_with_the_same_file_names()
    {
        Assert.SkipUnless(DataShelf.Default().Find(Benchmark.FashionMnist) is { Form.Title: "gzipped IDX files" }, "Fashion-MNIST is not on this machine.");
        var fashion = new DataShelf([DataShelf.Default().Find(Benchmark.FashionMnist)!.Folder], home.Path);
        Assert.NotNull(fashion.Find(Benchmark.FashionMnist));
        Assert.Null(fashion.Find(Benchmark.Mnist));
    }

    [Theory]
    [InlineData("CIFAR-10", "cifar-10-batches-py", "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch")]
    [InlineData("CIFAR-100", "", "train", "test", "meta")]
    [InlineData("CIFAR-100", "downloads/cifar-100", "cifar-100-python.tar.gz")]
    public void Cifar_as_pickles_is_named_as_such(string name, string place, params string[] files)
    {
        foreach (var file in files) Put(place, file);
        var message = Assert.Throws<Fault>(() => Shelf.Verify(Benchmark.Named(name))).Message;
        Assert.Contains($"is {name} for Python, as pickles", message, StringComparison.Ordinal);
        Assert.Contains($"falw data fetch {name}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CIFAR-10", "Cifar_10.zip", "unpack it there")]
    [InlineData("CIFAR-100", "downloads/cifar-100-binary.tar", "unpack it there", "downloads")]
    [InlineData("MNIST", "mnist/archive.7z", "unpack it there")]
    [InlineData("Fashion-MNIST", "fashion-mnist_train.csv", "this kit reads no other")]
    [InlineData("CIFAR-10", "CIFAR10/plain_text/train-00000.parquet", "this kit reads no other")]
    public void An_archive_or_a_table_of_another_site_is_named_as_such(string name, string file, string sentence, string shelf = "")
    {
        Put(Path.GetDirectoryName(file)!, Path.GetFileName(file));
        var near = new DataShelf([home[shelf]], home.Path).Near(Benchmark.Named(name));
        Assert.Contains($"{home[file]} is not", near, StringComparison.Ordinal);
        Assert.Contains(sentence, near, StringComparison.Ordinal);
        // Of no other set: the name of one begins with that of another.
        Assert.All(Benchmark.All.Where(set => set.Name != name), set => Assert.Null(new DataShelf([home[shelf]], home.Path).Near(set)));
    }

    [Theory]
    [InlineData("KMNIST/raw")]
    [InlineData("EMNIST/raw")]
    public void Files_of_the_same_names_in_the_folder_of_another_set_are_not_taken(string place)
    {
        foreach (var file in Idx) Put(place, file);
        Assert.Null(Shelf.Find(Benchmark.Mnist));
        foreach (var file in Idx) Put("MNIST/raw", file);
        Assert.Equal(Path.Combine(home.Path, "MNIST", "raw"), Shelf.Find(Benchmark.Mnist)!.Folder);
    }

    [Fact]
    public void A_missing_set_is_a_sentence_with_the_folders_and_the_command()
    {
        var missing = home["missing"];
        var message = Assert.Throws<Fault>(() => new DataShelf([home.Path, missing], home.Path).Read(Spec(Benchmark.Cifar10))).Message;
        Assert.Contains($"CIFAR-10 was not found; looked in {home.Path}, {missing} (not there)", message, StringComparison.Ordinal);
        Assert.Contains("falw data fetch CIFAR-10", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_set_is_readable_and_one_without_a_site_is_not_offered_for_fetching()
    {
        Assert.All(Benchmark.All, set => Assert.All(ImageForms.Of(set), form => Assert.Equal(set, form.Benchmark)));
        Assert.All((Benchmark[])[Benchmark.Cifar10, Benchmark.Cifar100, Benchmark.FashionMnist, Benchmark.Mnist, Benchmark.TinyImageNet], set =>
            Assert.Contains(ImageForms.Of(set), form => form.Files.Count > 0 && form.Files.All(f => f is { Url: not null, Digest: not null, Size: > 0 })));
        // A file whose checksum nobody publishes would pass verification unread.
        Assert.All(ImageForms.Of(Benchmark.Cifar10).Concat(ImageForms.Of(Benchmark.Mnist)), form => Assert.All(form.Files, file => Assert.NotNull(file.Digest)));
        Assert.DoesNotContain("fetch", Refusal(Benchmark.Cifar10Sample), StringComparison.Ordinal);
        Assert.All(Benchmark.All.Where(set => ImageForms.Of(set).All(form => form.Places.Count > 0)), set =>
            Assert.Equal(ImageForms.Offered(set) is not null, DataShelf.Remedy(set).Contains($"data fetch {set.Name}`", StringComparison.Ordinal)));
        Assert.Contains("cifar-10-official-sample", DataShelf.Remedy(Benchmark.Cifar10Sample), StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_files_are_refused_before_anything_is_read()
    {
        Put("cifar-100-binary.tar.gz");
        Assert.Contains("has 0 bytes but the published file has 168,513,733", Refusal(Benchmark.Cifar100), StringComparison.Ordinal);
        var check = Assert.Single(Shelf.Verify(Benchmark.Cifar100));
        Assert.False(check.Holds);
        Assert.Contains("0 bytes", check.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Digits")]
    [InlineData("Turned-Digits")]
    [InlineData("Synthetic")]
    public async Task Carried_sets_are_always_found_whole_and_never_fetched(string name)
    {
        var (shelf, benchmark) = (new DataShelf([], home.Path), Benchmark.Named(name));
        Assert.Equal(new FileCheck(name, Holds: true, "read whole"), Assert.Single(shelf.Verify(benchmark)));
        Assert.Equal(benchmark.Pixels * shelf.Read(Spec(benchmark)).Labels.Length, shelf.Read(Spec(benchmark)).Pixels.Length);
        var fault = await Assert.ThrowsAsync<Fault>(() => shelf.Fetch(benchmark, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("nothing to fetch", fault.Message, StringComparison.Ordinal);
    }

    private static DataSpec Spec(Benchmark benchmark) => new(benchmark, new ForgetRule(0.2, 1));

    private string Refusal(Benchmark benchmark) => Assert.Throws<Fault>(() => Shelf.Read(Spec(benchmark))).Message;

    private void Put(params string[] path)
    {
        var file = Path.Combine([home.Path, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, []);
    }
}
