using FaLW.Data;

namespace FaLW.Cli;

/// <summary>The image sets: found where, and whether they are what they should be.</summary>
internal static class DataFindings
{
    public static IEnumerable<Finding> All(bool full)
    {
        var shelf = DataShelf.Default();
        return Benchmark.All.Where(benchmark => benchmark != Benchmark.Synthetic).Select(benchmark => Of(shelf, benchmark, full)).Append(Jpeg());
    }

    private static Finding Jpeg() => TurboJpeg.IsInstalled
        ? new Finding("JPEG decoder", "libturbojpeg")
        : new Finding("JPEG decoder", "no libturbojpeg", "Only Tiny-ImageNet's pictures need it; on Debian and Ubuntu: apt-get install libturbojpeg0.");

    private static Finding Of(DataShelf shelf, Benchmark benchmark, bool full)
    {
        if (shelf.Find(benchmark) is not { } place) return new Finding(benchmark.Name, "not found", Remedy(benchmark));
        var where = place.Folder.Length == 0 ? "travels with the kit" : place.Folder;
        // Files are hashed in a second; a folder of pictures would have to be read whole.
        if (!full && place.Form.Files.Count == 0 && place.Folder.Length > 0)
            return new Finding(benchmark.Name, $"{where}, not checked (falw doctor --full does)");
        return shelf.Verify(benchmark, read: full).FirstOrDefault(check => !check.Holds) is { } broken
            ? new Finding(benchmark.Name, where, broken.Finding, Blocks: benchmark == Benchmark.Cifar100)
            : new Finding(benchmark.Name, $"{where}, size and checksum hold");
    }

    private static string Remedy(Benchmark benchmark)
    {
        var isMain = benchmark == Benchmark.Cifar100 ? " The main study uses turned digits, which travel with the kit, until then." : "";
        return DataShelf.Remedy(benchmark).Replace("`falw", "`environment/falw", StringComparison.Ordinal) + isMain;
    }
}
