using System.Globalization;
using System.IO.Compression;

namespace FaLW.Data;

/// <summary>
/// The 1,797 handwritten digits of UCI Optdigits (Alpaydin and Kaynak 1998, CC BY 4.0), inside the
/// assembly and therefore always there. Of every class each fifth image (the 5th, 10th, ... in file
/// order) is the test part: 1,442 to train, 355 to test. Writers appear in both parts.
/// </summary>
public sealed class Digits() : ImageForm(Benchmark.Digits, "embedded", [], [])
{
    /// <summary>Number of images.</summary>
    public const int Count = 1797;

    private const string Resource = "digits.csv.gz";

    /// <summary>Reads the digits.</summary>
    /// <param name="folder">Not used; the digits are in the assembly.</param>
    public override RawImages Read(string folder)
    {
        int[][] rows = [.. Lines().Select(line => line.Split(',').Select(Number).ToArray())];
        if (rows.Length != Count || rows.Any(row => row.Length != Benchmark.Pixels + 1))
            throw new Fault($"The embedded digits are not the {Count} of UCI Optdigits; build the kit again from an unchanged data/digits folder.");
        var seen = new int[Benchmark.Classes];
        var parts = rows.ToLookup(row => ++seen[row[^1]] % 5 != 0);
        int[][] ordered = [.. parts[true], .. parts[false]];

        // Ink goes from 0 to 16; as a byte it goes from 0 to 255.
        byte[] pixels = [.. ordered.SelectMany(row => row[..^1]).Select(ink => (byte)((ink * 255 + 8) / 16))];
        return new RawImages(Benchmark, pixels, [.. ordered.Select(row => row[^1])], parts[true].Count());
    }

    private static int Number(string text) => (int)double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(Digits).Assembly.GetManifestResourceStream(Resource)
            ?? throw new Fault($"The resource {Resource} is not in the assembly; build the kit again from an unchanged data/digits folder.");
        using var text = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        while (text.ReadLine() is { } line) yield return line;
    }
}
