using FaLW.Data;

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
