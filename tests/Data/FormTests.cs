namespace FaLW.Tests.Data;

public sealed class CifarTests : IDisposable
{
    private readonly Miniature mini = new();

    public void Dispose() => mini.Dispose();

    [Fact]
    public void Binary_packed_and_archived_files_give_the_same_images()
    {
        mini.Write("train.bin", mini.TrainBytes);
        mini.Write("test.bin", mini.TestBytes);
        RawImages binary = Binary().Read(mini.Folder), packed = Packed().Read(mini.Folder), archived = Archive().Read(mini.Folder);
        byte[] first = mini.TrainBytes[2..Miniature.RecordBytes], last = mini.TestBytes[^3072..];
        foreach (var images in (RawImages[])[binary, packed, archived])
        {
            Assert.Equal((Miniature.Train, Miniature.Train + Miniature.Test), (images.TrainCount, images.Labels.Length));
            Assert.Equal(Enumerable.Range(0, 320).Select(row => row % 7), images.Labels);
            Assert.True(first.AsSpan().SequenceEqual(images.Pixels.AsSpan(0, 3072)));
            Assert.True(last.AsSpan().SequenceEqual(images.Pixels.AsSpan(319 * 3072)));
            Assert.True(binary.Pixels.AsSpan().SequenceEqual(images.Pixels));
        }
    }

    [Fact]
    public void A_cut_file_is_named_with_both_sizes()
    {
        mini.Write("train.bin", mini.TrainBytes[..^5]);
        mini.Write("test.bin", mini.TestBytes);
        AssertFault(Binary(), "train.bin has 922,195 bytes but the published file has 922,200");
        mini.Write("train.bin", []);
        AssertFault(Binary(), "has 0 bytes");
    }

    [Fact]
    public void A_changed_byte_is_found_by_its_checksum()
    {
        mini.Write("train.bin", [.. mini.TrainBytes[..^1], (byte)(mini.TrainBytes[^1] ^ 1)]);
        mini.Write("test.bin", mini.TestBytes);
        AssertFault(Binary(), $"but {mini.Layout.Parts[0].Digest} is published");
        mini.Write("train.bin.med.br", Miniature.Packed([.. mini.TrainBytes[..^1], (byte)(mini.TrainBytes[^1] ^ 1)]));
        AssertFault(Packed(write: false), "train.bin.med.br has checksum");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        mini.Write("train.bin", mini.TrainBytes);
        Assert.Null(Binary().FolderIn(mini.Folder));
        AssertFault(Binary(), "test.bin cannot be read");
    }

    [Fact]
    public void Packed_bytes_that_end_early_or_are_no_Brotli_are_sentences()
    {
        var form = Packed();
        var whole = File.ReadAllBytes(Path.Combine(mini.Folder, "train.bin.med.br"));
        mini.Write("train.bin.med.br", whole[..(whole.Length / 2)]);
        AssertFault(form, "train.bin.med.br");
        mini.Write("train.bin.med.br", Enumerable.Repeat((byte)255, 5000).ToArray());
        AssertFault(form, "cannot be decoded as image records");
        mini.Write("train.bin.med.br", Miniature.Packed([.. mini.TrainBytes, .. mini.TrainBytes[..3074]]));
        AssertFault(form, "holds more than the 922,200 bytes");
        mini.Write("train.bin.med.br", Miniature.Packed(mini.TrainBytes[..^3074]));
        AssertFault(form, "ends after 919,126 bytes of data but 922,200 were expected");
    }

    [Fact]
    public void An_archive_that_is_cut_changed_or_lacks_a_file_is_a_sentence()
    {
        var form = Archive();
        var path = Path.Combine(mini.Folder, "mini.tar.gz");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        AssertFault(form, "mini.tar.gz");
        File.WriteAllBytes(path, [.. whole, 0]);
        AssertFault(form, "mini.tar.gz has checksum");
        form = new CifarArchive(mini.Layout, [""], new DataFile("mini.tar.gz"));
        File.WriteAllBytes(path, Miniature.TarGz(("mini/train.bin", mini.TrainBytes)));
        AssertFault(form, "mini.tar.gz should hold train.bin, test.bin but holds no test.bin");
        File.WriteAllBytes(path, [1, 2, 3]);
        AssertFault(form, "mini.tar.gz cannot be decoded as a .tar.gz archive");
    }

    [Fact]
    public void A_label_outside_the_classes_is_a_sentence()
    {
        var bytes = (byte[])mini.TrainBytes.Clone();
        bytes[1] = 100;
        mini.Write("train.bin", bytes);
        mini.Write("test.bin", mini.TestBytes);
        var layout = mini.Layout with { Parts = [new CifarPart("train.bin", Miniature.Train), new CifarPart("test.bin", Miniature.Test)] };
        AssertFault(layout.Binary(""), "Image 0 of CIFAR-100 has label 100, but labels go from 0 to 99");
    }

    private CifarFiles Binary() => mini.Layout.Binary("");

    private CifarFiles Packed(bool write = true)
    {
        if (write) mini.Write("train.bin.med.br", Miniature.Packed(mini.TrainBytes));
        mini.Write("test.bin.med.br", Miniature.Packed(mini.TestBytes));
        return mini.Layout.Packed("");
    }

    private CifarArchive Archive()
    {
        var bytes = Miniature.TarGz(("mini/readme.txt", [65]), ("mini/test.bin", mini.TestBytes), ("mini/train.bin", mini.TrainBytes));
        mini.Write("mini.tar.gz", bytes);
        return new CifarArchive(mini.Layout, [""], new DataFile("mini.tar.gz", 0, Miniature.Digest(bytes)));
    }

    private void AssertFault(ImageForm form, string part) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => form.Read(mini.Folder)).Message, StringComparison.Ordinal);
}

public sealed class IdxTests : IDisposable
{
    private const int Train = 6, Test = 3, Side = 28;

    private readonly Miniature mini = new();
    private readonly byte[] trainImages = File(0x803, Train, Train * Side * Side), trainLabels = File(0x801, Train, Train);
    private readonly byte[] testImages = File(0x803, Test, Test * Side * Side), testLabels = File(0x801, Test, Test);

    public void Dispose() => mini.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Plain_and_gzipped_files_give_the_same_images(string ending)
    {
        var images = Form(ending, trainImages).Read(mini.Folder);
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2], images.Labels);
        Assert.Equal(Train, images.TrainCount);
        Assert.Equal([.. trainImages[16..], .. testImages[16..]], images.Pixels);
    }

    [Fact]
    public void A_header_of_another_shape_is_a_sentence_with_both()
    {
        var turned = (byte[])trainImages.Clone();
        turned[11] = 27;
        AssertFault(Form("", turned), "should hold the IDX header 2051 6 28 28 but holds 2051 6 27 28");
    }

    [Fact]
    public void Cut_long_and_broken_files_are_sentences()
    {
        AssertFault(Form("", trainImages[..^1]), "images ends after 4,719 bytes of data but 4,720 were expected");
        AssertFault(Form("", trainImages[..3]), "ends after 3 bytes");
        AssertFault(Form("", [.. trainImages, 0]), "holds more than the 4,720 bytes");
        AssertFault(Form("", []), "ends after 0 bytes");
        var form = Form(".gz", trainImages);
        var path = Path.Combine(mini.Folder, "images.gz");
        System.IO.File.WriteAllBytes(path, System.IO.File.ReadAllBytes(path)[..40]);
        AssertFault(form, "images.gz");
        System.IO.File.WriteAllBytes(path, [9, 9, 9, 9]);
        AssertFault(form, "images.gz cannot be decoded as an IDX file");
    }

    [Fact]
    public void A_wrong_checksum_is_a_sentence()
    {
        Form(".gz", trainImages);
        var form = new Idx(Benchmark.Mnist, [""], [new DataFile("images.gz", 0, "md5:00"), .. Names(".gz")[1..]], Train, Test);
        AssertFault(form, "images.gz has checksum md5:");
    }

    private Idx Form(string ending, byte[] firstFile)
    {
        byte[][] contents = [firstFile, trainLabels, testImages, testLabels];
        var files = Names(ending);
        foreach (var (file, content) in files.Zip(contents)) mini.Write(file.Name, ending.Length > 0 ? Miniature.GZip(content) : content);
        return new Idx(Benchmark.Mnist, [""], [.. files], Train, Test);
    }

    private static DataFile[] Names(string ending) =>
        [new("images" + ending), new("labels" + ending), new("test-images" + ending), new("test-labels" + ending)];

    private static byte[] File(int magic, int count, int bytes)
    {
        byte[] header = [0, 0, (byte)(magic >> 8), (byte)magic, 0, 0, 0, (byte)count];
        byte[] shape = magic == 0x803 ? [0, 0, 0, Side, 0, 0, 0, Side] : [];
        return [.. header, .. shape, .. Enumerable.Range(0, bytes).Select(i => (byte)i)];
    }

    private void AssertFault(Idx form, string part) =>
        Assert.Contains(part, Assert.Throws<Fault>(() => form.Read(mini.Folder)).Message, StringComparison.Ordinal);
}

/// <summary>The real files, where they are at hand. What is read is compared with the published digests while reading.</summary>
public class OfficialSetsTests
{
    private static readonly DataShelf Shelf = DataShelf.Default();

    /// <summary>The first image of CIFAR-10 is a frog whose first red pixels are 59, 43, 50, widely quoted.</summary>
    [Theory]
    [InlineData("CIFAR-100", 50_000, 500, 100, new int[0], new byte[0])]
    [InlineData("CIFAR-10", 50_000, 5_000, 1_000, new[] { 6 }, new byte[] { 59, 43, 50 })]
    [InlineData("Fashion-MNIST", 60_000, 6_000, 1_000, new[] { 9, 0, 0, 3 }, new byte[0])]
    public void A_set_reads_with_its_published_checksums_counts_and_mean(string name, int train, int trainOfClass, int testOfClass, int[] labels, byte[] pixels)
    {
        var images = Read(Benchmark.Named(name));
        Assert.Equal(labels, images.Labels[..labels.Length]);
        Assert.Equal(pixels, images.Pixels[..pixels.Length]);
        Assert.Equal(train, images.TrainCount);
        Assert.All(Enumerable.Range(0, images.Benchmark.Classes), k => Assert.Equal((trainOfClass, testOfClass), (images.Labels.AsSpan(0, train).Count(k), images.Labels.AsSpan(train).Count(k))));
        var plane = images.Benchmark.Height * images.Benchmark.Width;
        for (var channel = 0; channel < images.Benchmark.Channels; channel++)
        {
            long sum = 0;
            for (var row = 0; row < train; row++)
                foreach (var pixel in images.Pixels.AsSpan((row * images.Benchmark.Channels + channel) * plane, plane)) sum += pixel;
            Assert.Equal(images.Benchmark.Mean[channel], sum / (255.0 * train * plane), tolerance: 1e-3);
        }
    }

    [Fact]
    public void The_sample_of_Cifar10_has_the_known_class_counts()
    {
        var images = Read(Benchmark.Cifar10Sample);
        Assert.Equal([396, 366, 420, 384, 422, 393, 414, 385, 407, 413], Enumerable.Range(0, 10).Select(k => images.Labels.Count(l => l == k)));
        Assert.Equal(6, images.Labels[0]);
        Assert.Equal([59, 43, 50], images.Pixels[..3]);
    }

    [Fact]
    public void Stored_files_hold_their_published_sizes_and_checksums()
    {
        Assert.SkipUnless(Shelf.Find(Benchmark.FashionMnist) is not null, "Fashion-MNIST is not on this machine.");
        Assert.All(Shelf.Verify(Benchmark.FashionMnist), check => Assert.True(check.Holds, check.Finding));
    }

    private static RawImages Read(Benchmark benchmark)
    {
        Assert.SkipUnless(Shelf.Find(benchmark) is not null, $"{benchmark.Name} is not on this machine.");
        return Shelf.Read(new DataSpec(benchmark, new ForgetRule(0.2, 1)));
    }
}
