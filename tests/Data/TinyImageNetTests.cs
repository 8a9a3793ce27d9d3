using System.IO.Compression;
using SkiaSharp;

namespace FaLW.Tests.Data;

public sealed class TinyImageNetTests : InFolder
{
    private static readonly int[][] Colours = [[200, 30, 40], [20, 180, 60], [10, 40, 220], [240, 240, 10]];

    // Four plain quarters; the same grey everywhere, in one component.
    private static readonly byte[] Quarters = Jpeg(64, SKColorType.Rgba8888, (x, y) => Colours[y / 32 * 2 + x / 32]), Grey = Jpeg(64, SKColorType.Gray8, (_, _) => [90, 90, 90]);

    private static readonly Benchmark Two = Benchmark.TinyImageNet with { Classes = 2 };

    private string Folder => home["tiny-imagenet-200"];

    [Fact]
    public void Folder_and_archive_give_the_same_images_in_the_order_of_class_ids()
    {
        Write();
        var folder = new TinyImageNet(Two, 2, 3, zip: null);
        var images = folder.Read(folder.FolderIn(home.Path)!);
        Assert.Equal([0, 0, 1, 1, 1, 0, 1], images.Labels);
        Assert.Equal(4, images.TrainCount);
        AssertQuarters(images.Pixels.AsSpan(0, 12288));
        Assert.All(images.Pixels[12288..(2 * 12288)], pixel => Assert.InRange(pixel, 89, 91));

        ZipFile.CreateFromDirectory(Folder, home["tiny.zip"], CompressionLevel.Fastest, includeBaseDirectory: true);
        Assert.Equal(images.Pixels, new TinyImageNet(Two, 2, 3, new DataFile("tiny.zip")).Read(home.Path).Pixels);
    }

    /// <summary>Validation pictures sorted into a folder of each class, with the list or without, keep their official order.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("images")]
    public void A_sorted_validation_part_gives_the_same_images(string below)
    {
        Write();
        File.WriteAllBytes(Path.Combine(Folder, "val", "images", "val_1.JPEG"), Quarters);
        var form = new TinyImageNet(Two, 2, 3, zip: null);
        var official = form.Read(Folder);
        foreach (var (n, id) in new[] { "n02", "n01", "n02" }.Index())
        {
            var own = Directory.CreateDirectory(Path.Combine(Folder, "val", id, below)).FullName;
            File.Move(Path.Combine(Folder, "val", "images", FormattableString.Invariant($"val_{n}.JPEG")), Path.Combine(own, FormattableString.Invariant($"val_{n}.JPEG")));
        }

        File.Delete(Path.Combine(Folder, "val", "val_annotations.txt"));
        var sorted = form.Read(Folder);
        Assert.Equal(official.Labels, sorted.Labels);
        Assert.Equal(official.Pixels, sorted.Pixels);
        ZipFile.CreateFromDirectory(Folder, home["tiny.zip"], CompressionLevel.Fastest, includeBaseDirectory: true);
        Assert.Equal(official.Pixels, new TinyImageNet(Two, 2, 3, new DataFile("tiny.zip")).Read(home.Path).Pixels);
        AssertFault(() => File.Delete(Path.Combine(Folder, "val", "n01", below, "val_1.JPEG")), "val should hold 3 pictures of known classes but holds 2");
    }

    /// <summary>Pixels that Pillow makes of small pictures of our own in every subsampling (fixtures/jpeg.py); another build of the same decoder may round once.</summary>
    [Theory]
    [InlineData("4:4:4")]
    [InlineData("4:2:2")]
    [InlineData("4:2:0")]
    [InlineData("progressive")]
    [InlineData("grey")]
    public void Pictures_are_decoded_to_the_pixels_of_another_decoder(string kind)
    {
        var stored = Repository.Stored<Dictionary<string, Dictionary<string, byte[]>>>("Data", "fixtures", "jpeg.json")[kind];
        var planes = new byte[3 * 256];
        TinyImageNet.Decode(stored["jpeg"], Two with { Height = 16, Width = 16 }, planes);
        Assert.All(stored["pixels"].Index(), pixel => Assert.InRange(planes[pixel.Index % 3 * 256 + pixel.Index / 3] - pixel.Item, -1, 1));
    }

    [Fact]
    public void Missing_cut_and_misshapen_pictures_are_sentences()
    {
        Write();
        var picture = Path.Combine(Folder, "train", "n01", "images", "n01_1.JPEG");
        AssertFault(() => File.WriteAllBytes(picture, Jpeg(8, SKColorType.Gray8, (_, _) => [90, 90, 90])), "n01_1.JPEG cannot be decoded as a JPEG picture (it is 8x8 pixels instead of 64x64)");
        AssertFault(() => File.WriteAllBytes(picture, Quarters[..^20]), "n01_1.JPEG cannot be decoded as a JPEG picture (the picture is cut short or damaged)");
        AssertFault(() => File.WriteAllBytes(picture, [1, 2, 3]), "(it is not a JPEG picture)");
        AssertFault(() => File.Delete(picture), "n01_1.JPEG cannot be read");
    }

    [Fact]
    public void A_list_with_other_counts_is_a_sentence()
    {
        Write();
        AssertFault(() => File.AppendAllText(Path.Combine(Folder, "val", "val_annotations.txt"), "val_9.JPEG\tn07\t0\t0\t1\t1\n"), "should hold 3 pictures of known classes but holds 4");
        Write();
        AssertFault(() => File.WriteAllText(Path.Combine(Folder, "val", "val_annotations.txt"), "val_0.JPEG\tn02\nval_1.JPEG\tn01\nval_0.JPEG\tn01\n"), "should hold each picture once but holds val_0.JPEG 2 times");
        AssertFault(() => File.WriteAllText(Path.Combine(Folder, "wnids.txt"), "n01\n../n02\n"), "wnids.txt should hold one class id in each line, such as n01443537 but holds '../n02'");
        AssertFault(() => File.WriteAllText(Path.Combine(Folder, "wnids.txt"), "n01\n"), "wnids.txt should hold 2 class ids but holds 1");
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_a_class_id()
    {
        Write();
        var plain = new TinyImageNet(Two, 2, 3, zip: null).Read(Folder);
        File.WriteAllText(Path.Combine(Folder, "wnids.txt"), "n02\r\nn01\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(plain.Labels, new TinyImageNet(Two, 2, 3, zip: null).Read(Folder).Labels);
    }

    [Fact]
    public void An_archive_that_is_no_archive_is_a_sentence()
    {
        File.WriteAllBytes(home["tiny.zip"], [1, 2, 3, 4]);
        var form = new TinyImageNet(Two, 2, 3, new DataFile("tiny.zip"));
        Assert.Contains("tiny.zip cannot be decoded as a .zip archive", Assert.Throws<Fault>(() => form.Read(home.Path)).Message, StringComparison.Ordinal);
    }

    private static void AssertQuarters(ReadOnlySpan<byte> planes)
    {
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var centre = (quarter / 2 * 32 + 16) * 64 + quarter % 2 * 32 + 16;
            for (var channel = 0; channel < 3; channel++) Assert.InRange(planes[channel * 4096 + centre] - Colours[quarter][channel], -3, 3);
        }
    }

    private void AssertFault(Action damage, string part)
    {
        damage();
        var form = new TinyImageNet(Two, 2, 3, zip: null);
        Assert.Contains(part, Assert.Throws<Fault>(() => form.Read(Folder)).Message, StringComparison.Ordinal);
    }

    private void Write()
    {
        Put("wnids.txt", "n02\nn01\n"u8.ToArray());
        Put("val/val_annotations.txt", "val_0.JPEG\tn02\t0\t0\t9\t9\nval_1.JPEG\tn01\t0\t0\t9\t9\nval_2.JPEG\tn02\t0\t0\t9\t9\n"u8.ToArray());
        foreach (var id in (string[])["n01", "n02"])
        {
            Put($"train/{id}/images/{id}_0.JPEG", Quarters);
            Put($"train/{id}/images/{id}_1.JPEG", Grey);
        }

        for (var i = 0; i < 3; i++) Put(FormattableString.Invariant($"val/images/val_{i}.JPEG"), Grey);
    }

    private void Put(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static byte[] Jpeg(int side, SKColorType type, Func<int, int, int[]> colour)
    {
        using var picture = new SKBitmap(new SKImageInfo(side, side, type, SKAlphaType.Opaque));
        for (var i = 0; i < side * side; i++)
            if (colour(i % side, i / side) is [var red, var green, var blue]) picture.SetPixel(i % side, i / side, new SKColor((byte)red, (byte)green, (byte)blue));
        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
