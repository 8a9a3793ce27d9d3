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

/// <summary>
/// The same 1,797 digits, each turned by no, one, two or three quarters, round and round in file order: 40 classes, digit and turn,
/// of 35 to 37 images to train and 8 or 9 to test. A zero or an eight looks alike however it is turned and a nine is a six upside down, so
/// the turn of such an image must be learned by heart: there is something to forget, as there is not with upright digits. No image is
/// in the set twice, and no pixel is changed.
/// </summary>
public sealed class TurnedDigits() : ImageForm(Benchmark.TurnedDigits, "embedded", [], [])
{
    private const int Turns = 4;

    /// <summary>Reads the digits and turns them.</summary>
    /// <param name="folder">Not used; the digits are in the assembly.</param>
    public override RawImages Read(string folder)
    {
        var upright = new Digits().Read(folder);
        var seen = new int[Benchmark.Classes / Turns];
        int[] turns = [.. upright.Labels.Select(digit => seen[digit]++ % Turns)];
        byte[] pixels = [.. turns.SelectMany((turn, row) => Turned(upright.Pixels.AsSpan(row * Benchmark.Pixels, Benchmark.Pixels), turn))];
        return new RawImages(Benchmark, pixels, [.. turns.Select((turn, row) => Turns * upright.Labels[row] + turn)], upright.TrainCount);
    }

    private byte[] Turned(ReadOnlySpan<byte> image, int turn)
    {
        var (turned, side) = (image.ToArray(), Benchmark.Width);
        for (; turn > 0; turn--)
        {
            var before = (byte[])turned.Clone();
            for (var i = 0; i < turned.Length; i++) turned[i] = before[(side - 1 - i % side) * side + i / side];
        }

        return turned;
    }
}
