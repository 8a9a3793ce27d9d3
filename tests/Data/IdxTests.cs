using FaLW.Data;

namespace FaLW.Tests.Data;

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
