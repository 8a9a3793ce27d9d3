using System.IO.Compression;
using FaLW.Data;

namespace FaLW.Tests.Data;

public sealed class TinyImageNetTests : IDisposable
{
    // 64x64, four plain quarters (200,30,40) (20,180,60) (10,40,220) (240,240,10), 4:4:4, quality 90; written by libjpeg-turbo's encoder.
    private const string Quarters =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB" +
        "YUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCABA" +
        "AEADAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhBy" +
        "JxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT" +
        "lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAA" +
        "AAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRom" +
        "JygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExc" +
        "bHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDwSvz8/uAKACgAoA9grxz/ABkCgAoAKAPH69g/2bCgAoAKAPYK" +
        "8c/xkCgAoAKAPH69g/2bCgAoAKAPYK8c/wAZAoAKACgDx+vYP9mwoAKACgD2CvHP8ZAoAKACgD5Pr/VU/awoAKACgD9sK/5zz+gwoAKACgD8T6" +
        "/6MD+fAoAKACgD9sK/5zz+gwoAKACgD8T6/wCjA/nwKACgAoA/bCv+c8/oMKACgAoA/E+v+jA/nwKACgAoA/bCv+c8/oMKACgAoA//2Q==";

    // 64x64, grey 90 everywhere, one component.
    private const string Grey =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB" +
        "YUGBIUFRT/wAALCABAAEABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIh" +
        "MUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhI" +
        "WGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APGq" +
        "KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK//9k=";

    // The same, 8x8.
    private const string Small =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB" +
        "YUGBIUFRT/wAALCAAIAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIh" +
        "MUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhI" +
        "WGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APGq" +
        "/9k=";

    private static readonly Benchmark Two = Benchmark.TinyImageNet with { Classes = 2 };

    private readonly string root = Directory.CreateTempSubdirectory("falw-tiny-").FullName;

    public TinyImageNetTests() => Assert.SkipUnless(TurboJpeg.IsInstalled, "libturbojpeg is not on this machine.");

    private string Folder => Path.Combine(root, "tiny-imagenet-200");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Folder_and_archive_give_the_same_images_in_the_order_of_class_ids()
    {
        Write();
        var folder = new TinyImageNet(Two, 2, 3, zip: null);
        var images = folder.Read(folder.FolderIn(root)!);
        Assert.Equal([0, 0, 1, 1, 1, 0, 1], images.Labels);
        Assert.Equal(4, images.TrainCount);
        AssertQuarters(images.Pixels.AsSpan(0, 12288));
        Assert.All(images.Pixels[12288..(2 * 12288)], pixel => Assert.InRange(pixel, 89, 91));

        ZipFile.CreateFromDirectory(Folder, Path.Combine(root, "tiny.zip"), CompressionLevel.Fastest, includeBaseDirectory: true);
        Assert.Equal(images.Pixels, new TinyImageNet(Two, 2, 3, new DataFile("tiny.zip")).Read(root).Pixels);
    }

    [Fact]
    public void Missing_cut_and_misshapen_pictures_are_sentences()
    {
        Write();
        var picture = Path.Combine(Folder, "train", "n01", "images", "n01_1.JPEG");
        AssertFault(() => File.WriteAllBytes(picture, Convert.FromBase64String(Small)), "n01_1.JPEG cannot be decoded as a JPEG picture (it is 8x8 pixels instead of 64x64)");
        AssertFault(() => File.WriteAllBytes(picture, Convert.FromBase64String(Quarters)[..700]), "n01_1.JPEG cannot be decoded as a JPEG picture (the picture is cut short or damaged)");
        AssertFault(() => File.WriteAllBytes(picture, [1, 2, 3]), "(it is not a JPEG picture)");
        AssertFault(() => File.Delete(picture), "n01_1.JPEG cannot be read");
    }

    [Fact]
    public void A_list_with_other_counts_is_a_sentence()
    {
        Write();
        AssertFault(() => File.AppendAllText(Path.Combine(Folder, "val", "val_annotations.txt"), "val_9.JPEG\tn07\t0\t0\t1\t1\n"), "should hold 3 pictures of known classes but holds 4");
        AssertFault(() => File.WriteAllText(Path.Combine(Folder, "wnids.txt"), "n01\n"), "wnids.txt should hold 2 class ids but holds 1");
    }

    [Fact]
    public void An_archive_that_is_no_archive_is_a_sentence()
    {
        File.WriteAllBytes(Path.Combine(root, "tiny.zip"), [1, 2, 3, 4]);
        var form = new TinyImageNet(Two, 2, 3, new DataFile("tiny.zip"));
        Assert.Contains("tiny.zip cannot be decoded as a .zip archive", Assert.Throws<Fault>(() => form.Read(root)).Message, StringComparison.Ordinal);
    }

    private static void AssertQuarters(ReadOnlySpan<byte> planes)
    {
        int[][] colours = [[200, 30, 40], [20, 180, 60], [10, 40, 220], [240, 240, 10]];
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var centre = (quarter / 2 * 32 + 16) * 64 + quarter % 2 * 32 + 16;
            for (var channel = 0; channel < 3; channel++) Assert.InRange(planes[channel * 4096 + centre] - colours[quarter][channel], -3, 3);
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
            Put($"train/{id}/images/{id}_0.JPEG", Convert.FromBase64String(Quarters));
            Put($"train/{id}/images/{id}_1.JPEG", Convert.FromBase64String(Grey));
        }

        for (var i = 0; i < 3; i++) Put(FormattableString.Invariant($"val/images/val_{i}.JPEG"), Convert.FromBase64String(Grey));
    }

    private void Put(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
